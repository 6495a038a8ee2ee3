CREATE TABLE listings_before (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    case_id TEXT,
    reason TEXT NOT NULL,
    basis TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    effective_at TEXT NOT NULL,
    lifted_at TEXT,
    lift TEXT,
    PRIMARY KEY (vehicle_id, id)
);
INSERT INTO listings_before
SELECT vehicle_id, id, case_id, reason, basis, recorded_at, coalesce(effective_at, recorded_at), lifted_at, lift FROM listings;
DROP TABLE listings;
ALTER TABLE listings_before RENAME TO listings;
CREATE UNIQUE INDEX listings_once_a_case ON listings (vehicle_id, case_id)
    WHERE lifted_at IS NULL AND reason = 'overdue_case';
