CREATE TABLE acceptances (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    station_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    nature TEXT NOT NULL,
    method TEXT NOT NULL,
    method_reason TEXT,
    sent TEXT NOT NULL,
    ground TEXT,
    accepted_at TEXT NOT NULL,
    accepted_on DATE NOT NULL,
    lapses_at TEXT NOT NULL,
    state TEXT NOT NULL,
    progress TEXT NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);

CREATE UNIQUE INDEX acceptances_one_open ON acceptances (vehicle_id)
    WHERE state IN ('registered', 'appearance_done', 'testing');

CREATE INDEX acceptances_open_by_lapse ON acceptances (lapses_at)
    WHERE state IN ('registered', 'appearance_done', 'testing');

CREATE TABLE acceptance_claims (
    station_id TEXT NOT NULL,
    number TEXT NOT NULL,
    vehicle_id TEXT NOT NULL,
    acceptance_id TEXT NOT NULL,
    PRIMARY KEY (station_id, number)
);

CREATE TABLE exemptions (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    granted_at TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (vehicle_id, id)
);

CREATE TABLE inspections (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    station_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    station_number TEXT NOT NULL,
    report_number TEXT NOT NULL,
    acceptance_id TEXT,
    kind TEXT NOT NULL,
    nature TEXT NOT NULL,
    method TEXT,
    limit_class TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    ended_on DATE NOT NULL,
    odometer_km BIGINT,
    verdict TEXT NOT NULL,
    station_verdict TEXT,
    rule_sensitive BOOLEAN NOT NULL,
    counted BOOLEAN NOT NULL,
    sent TEXT NOT NULL,
    effect TEXT NOT NULL,
    supersedes TEXT,
    superseded_by TEXT,
    superseded_at TEXT,
    superseded_reason TEXT,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT,
    PRIMARY KEY (vehicle_id, id)
);

CREATE TABLE inspection_items (
    vehicle_id TEXT NOT NULL,
    inspection_id TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    item TEXT NOT NULL,
    sent BIGINT,
    compared BIGINT,
    limit_low BIGINT,
    limit_high BIGINT,
    rule_id TEXT,
    rule_version BIGINT,
    margin BIGINT,
    outcome TEXT NOT NULL,
    other_rule_outcome TEXT NOT NULL,
    findings TEXT,
    PRIMARY KEY (vehicle_id, inspection_id, ordinal),
    FOREIGN KEY (vehicle_id, inspection_id) REFERENCES inspections (vehicle_id, id)
);

CREATE TABLE inspection_traces (
    vehicle_id TEXT NOT NULL,
    inspection_id TEXT NOT NULL,
    samples BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    gzip BLOB NOT NULL,
    PRIMARY KEY (vehicle_id, inspection_id),
    FOREIGN KEY (vehicle_id, inspection_id) REFERENCES inspections (vehicle_id, id)
);

CREATE TABLE inspection_claims (
    station_id TEXT NOT NULL,
    station_number TEXT NOT NULL,
    vehicle_id TEXT NOT NULL,
    inspection_id TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    verdict TEXT NOT NULL,
    report_number TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (station_id, station_number)
);

CREATE INDEX inspection_claims_by_time ON inspection_claims (station_id, inspection_id);

CREATE TABLE findings (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    inspection_id TEXT NOT NULL,
    finding TEXT NOT NULL,
    facts TEXT NOT NULL,
    found_at TEXT NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);
