CREATE TABLE acceptances (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    station_id UUID NOT NULL,
    line_id UUID NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    nature TEXT NOT NULL,
    method TEXT NOT NULL,
    method_reason TEXT,
    sent JSONB NOT NULL,
    ground JSONB,
    accepted_at TIMESTAMPTZ NOT NULL,
    accepted_on DATE NOT NULL,
    lapses_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL,
    progress JSONB NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);

CREATE UNIQUE INDEX acceptances_one_open ON acceptances (vehicle_id)
    WHERE state IN ('registered', 'appearance_done', 'testing');

CREATE INDEX acceptances_open_by_lapse ON acceptances (lapses_at)
    WHERE state IN ('registered', 'appearance_done', 'testing');

CREATE TABLE acceptance_claims (
    station_id UUID NOT NULL,
    number TEXT NOT NULL,
    vehicle_id UUID NOT NULL,
    acceptance_id UUID NOT NULL,
    PRIMARY KEY (station_id, number)
);

CREATE TABLE exemptions (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    reason TEXT NOT NULL,
    granted_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (vehicle_id, id)
);

CREATE TABLE inspections (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    station_id UUID NOT NULL,
    line_id UUID NOT NULL,
    station_number TEXT NOT NULL,
    report_number TEXT NOT NULL,
    acceptance_id UUID,
    kind TEXT NOT NULL,
    nature TEXT NOT NULL,
    method TEXT,
    limit_class TEXT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ NOT NULL,
    ended_on DATE NOT NULL,
    odometer_km BIGINT,
    verdict TEXT NOT NULL,
    station_verdict TEXT,
    rule_sensitive BOOLEAN NOT NULL,
    counted BOOLEAN NOT NULL,
    sent JSONB NOT NULL,
    effect JSONB NOT NULL,
    supersedes UUID,
    superseded_by UUID,
    superseded_at TIMESTAMPTZ,
    superseded_reason TEXT,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID,
    PRIMARY KEY (vehicle_id, id)
);

CREATE TABLE inspection_items (
    vehicle_id UUID NOT NULL,
    inspection_id UUID NOT NULL,
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
    vehicle_id UUID NOT NULL,
    inspection_id UUID NOT NULL,
    samples BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    gzip BYTEA NOT NULL,
    PRIMARY KEY (vehicle_id, inspection_id),
    FOREIGN KEY (vehicle_id, inspection_id) REFERENCES inspections (vehicle_id, id)
);

CREATE TABLE inspection_claims (
    station_id UUID NOT NULL,
    station_number TEXT NOT NULL,
    vehicle_id UUID NOT NULL,
    inspection_id UUID NOT NULL,
    body_hash TEXT NOT NULL,
    ended_at TIMESTAMPTZ NOT NULL,
    verdict TEXT NOT NULL,
    report_number TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (station_id, station_number)
);

CREATE INDEX inspection_claims_by_time ON inspection_claims (station_id, inspection_id);

CREATE TABLE findings (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    inspection_id UUID NOT NULL,
    finding TEXT NOT NULL,
    facts JSONB NOT NULL,
    found_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);
