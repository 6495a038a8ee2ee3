CREATE TABLE station_assets (
    id TEXT PRIMARY KEY,
    station_id TEXT NOT NULL REFERENCES organisations (id),
    line_id TEXT,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    number TEXT NOT NULL,
    certificate TEXT,
    maker TEXT,
    model TEXT,
    device TEXT,
    method TEXT,
    signatory BOOLEAN NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    ended_on DATE,
    recorded_at TEXT NOT NULL
);

CREATE UNIQUE INDEX station_assets_once ON station_assets (station_id, kind, name, number, valid_from);

CREATE TABLE line_checks (
    station_id TEXT NOT NULL,
    number TEXT NOT NULL,
    id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    checked_on DATE NOT NULL,
    result TEXT NOT NULL,
    station_result TEXT NOT NULL,
    sent TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (station_id, number)
);

CREATE INDEX line_checks_newest ON line_checks (station_id, line_id, kind, ended_at);

CREATE TABLE suspensions (
    id TEXT PRIMARY KEY,
    station_id TEXT NOT NULL REFERENCES organisations (id),
    line_id TEXT,
    case_id TEXT NOT NULL,
    from_at TEXT NOT NULL,
    until_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    ended TEXT,
    recorded_at TEXT NOT NULL
);

CREATE INDEX suspensions_of_station ON suspensions (station_id, until_at);

CREATE TABLE supervision_cases (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    line_id TEXT,
    finding TEXT NOT NULL,
    facts TEXT NOT NULL,
    state TEXT NOT NULL,
    explain_by DATE,
    course TEXT NOT NULL
);

CREATE INDEX supervision_cases_of ON supervision_cases (organisation_id, id);

CREATE TABLE supervision_evidence (
    case_id TEXT NOT NULL REFERENCES supervision_cases (id),
    ordinal BIGINT NOT NULL,
    vehicle_id TEXT NOT NULL,
    inspection_id TEXT NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    trace BLOB,
    trace_sha256 TEXT,
    frozen_at TEXT NOT NULL,
    PRIMARY KEY (case_id, ordinal)
);

CREATE TABLE draws (
    id TEXT PRIMARY KEY,
    seed TEXT NOT NULL,
    tested_from DATE NOT NULL,
    tested_to DATE NOT NULL,
    size BIGINT NOT NULL,
    frame BIGINT NOT NULL,
    risks TEXT NOT NULL,
    drawn_at TEXT NOT NULL
);

CREATE TABLE draw_items (
    draw_id TEXT NOT NULL REFERENCES draws (id),
    ordinal BIGINT NOT NULL,
    risk TEXT NOT NULL,
    vehicle_id TEXT NOT NULL,
    inspection_id TEXT NOT NULL,
    station_id TEXT NOT NULL,
    PRIMARY KEY (draw_id, ordinal)
);

CREATE INDEX draw_items_of_station ON draw_items (station_id);

ALTER TABLE acceptances ADD COLUMN line_lacks TEXT;
