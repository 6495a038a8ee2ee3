-- A finding is of an organisation; it may name a line, a person, a vehicle and a test.
CREATE TABLE supervision_findings (
    organisation_id UUID NOT NULL,
    id UUID NOT NULL,
    finding TEXT NOT NULL,
    natural_key TEXT NOT NULL,
    state TEXT NOT NULL,
    line_id UUID,
    person TEXT,
    vehicle_id UUID,
    inspection_id UUID,
    numerator BIGINT NOT NULL,
    denominator BIGINT NOT NULL,
    peers JSONB,
    chance BIGINT,
    low BIGINT,
    high BIGINT,
    facts JSONB NOT NULL,
    window_from DATE,
    window_to DATE,
    found_on DATE NOT NULL,
    found_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation_id, id)
);

CREATE UNIQUE INDEX supervision_findings_once ON supervision_findings (organisation_id, natural_key);

CREATE INDEX supervision_findings_by_time ON supervision_findings (id);

CREATE INDEX supervision_findings_by_vehicle ON supervision_findings (vehicle_id);

INSERT INTO supervision_findings (
    organisation_id, id, finding, natural_key, state, line_id, vehicle_id, inspection_id,
    numerator, denominator, facts, found_on, found_at
)
SELECT
    inspections.station_id, findings.id, findings.finding, findings.finding || '/' || findings.id, 'noted',
    inspections.line_id, findings.vehicle_id, findings.inspection_id,
    1, 1, findings.facts, inspections.ended_on, findings.found_at
FROM findings
INNER JOIN inspections
    ON inspections.vehicle_id = findings.vehicle_id AND inspections.id = findings.inspection_id;

DROP TABLE findings;

-- What supervision has to know of a test or a repair, kept as it was on that day.
CREATE TABLE supervision_facts (
    vehicle_id UUID NOT NULL,
    id UUID NOT NULL,
    recorded_on DATE NOT NULL,
    ended_at TIMESTAMPTZ,
    verdict TEXT,
    rated_power BIGINT,
    facts JSONB NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);

CREATE INDEX supervision_facts_by_day ON supervision_facts (recorded_on);

-- The first test that showed a per-second record, by the record's fingerprint.
CREATE TABLE trace_prints (
    key TEXT NOT NULL,
    vehicle_id UUID NOT NULL,
    inspection_id UUID NOT NULL,
    station_id UUID NOT NULL,
    PRIMARY KEY (key)
);

-- How far the nightly sweep has come, and what each day leaves to be added to others.
CREATE TABLE supervision_days (
    work TEXT NOT NULL,
    swept_on DATE NOT NULL,
    counted BIGINT NOT NULL,
    fold JSONB NOT NULL,
    done_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (work, swept_on)
);
