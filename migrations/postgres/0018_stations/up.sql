CREATE TABLE station_assets (
    id UUID PRIMARY KEY,
    station_id UUID NOT NULL REFERENCES organisations (id),
    line_id UUID,
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
    recorded_at TIMESTAMPTZ NOT NULL
);

CREATE UNIQUE INDEX station_assets_once ON station_assets (station_id, kind, name, number, valid_from);

CREATE TABLE line_checks (
    station_id UUID NOT NULL,
    number TEXT NOT NULL,
    id UUID NOT NULL,
    line_id UUID NOT NULL,
    kind TEXT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ NOT NULL,
    checked_on DATE NOT NULL,
    result TEXT NOT NULL,
    station_result TEXT NOT NULL,
    sent JSONB NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (station_id, number)
);

CREATE INDEX line_checks_newest ON line_checks (station_id, line_id, kind, ended_at);

CREATE TABLE suspensions (
    id UUID PRIMARY KEY,
    station_id UUID NOT NULL REFERENCES organisations (id),
    line_id UUID,
    case_id UUID NOT NULL,
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ NOT NULL,
    reason TEXT NOT NULL,
    ended JSONB,
    recorded_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX suspensions_of_station ON suspensions (station_id, until_at);

CREATE TABLE supervision_cases (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    line_id UUID,
    finding TEXT NOT NULL,
    facts TEXT NOT NULL,
    state TEXT NOT NULL,
    explain_by DATE,
    course JSONB NOT NULL
);

CREATE INDEX supervision_cases_of ON supervision_cases (organisation_id, id);

CREATE TABLE supervision_evidence (
    case_id UUID NOT NULL REFERENCES supervision_cases (id),
    ordinal BIGINT NOT NULL,
    vehicle_id UUID NOT NULL,
    inspection_id UUID NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    trace BYTEA,
    trace_sha256 TEXT,
    frozen_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (case_id, ordinal)
);

CREATE TABLE draws (
    id UUID PRIMARY KEY,
    seed TEXT NOT NULL,
    tested_from DATE NOT NULL,
    tested_to DATE NOT NULL,
    size BIGINT NOT NULL,
    frame BIGINT NOT NULL,
    risks JSONB NOT NULL,
    drawn_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE draw_items (
    draw_id UUID NOT NULL REFERENCES draws (id),
    ordinal BIGINT NOT NULL,
    risk TEXT NOT NULL,
    vehicle_id UUID NOT NULL,
    inspection_id UUID NOT NULL,
    station_id UUID NOT NULL,
    PRIMARY KEY (draw_id, ordinal)
);

CREATE INDEX draw_items_of_station ON draw_items (station_id);

ALTER TABLE acceptances ADD COLUMN line_lacks JSONB;
