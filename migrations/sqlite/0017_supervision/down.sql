DROP TABLE supervision_days;

DROP TABLE trace_prints;

DROP TABLE supervision_facts;

CREATE TABLE findings (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    inspection_id TEXT NOT NULL,
    finding TEXT NOT NULL,
    facts TEXT NOT NULL,
    found_at TEXT NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);

INSERT INTO findings (vehicle_id, id, inspection_id, finding, facts, found_at)
SELECT vehicle_id, id, inspection_id, finding, facts, found_at FROM supervision_findings
WHERE inspection_id IS NOT NULL AND vehicle_id IS NOT NULL;

DROP TABLE supervision_findings;
