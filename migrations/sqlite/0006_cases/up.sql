CREATE TABLE cases (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    cause TEXT NOT NULL,
    state TEXT NOT NULL,
    round BIGINT NOT NULL,
    opened_at TEXT NOT NULL,
    deadline_on DATE NOT NULL,
    failing TEXT NOT NULL,
    progress TEXT NOT NULL,
    shop_id TEXT,
    closed_at TEXT,
    PRIMARY KEY (vehicle_id, id)
);

CREATE UNIQUE INDEX cases_one_open ON cases (vehicle_id) WHERE state <> 'closed';

CREATE INDEX cases_open_by_deadline ON cases (deadline_on) WHERE state <> 'closed';

CREATE INDEX cases_of_shop ON cases (shop_id, id);

CREATE TABLE repairs (
    vehicle_id TEXT NOT NULL,
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    shop_id TEXT NOT NULL,
    state TEXT NOT NULL,
    record TEXT NOT NULL,
    progress TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (vehicle_id, id),
    FOREIGN KEY (vehicle_id, case_id) REFERENCES cases (vehicle_id, id)
);

CREATE TABLE repair_claims (
    shop_id TEXT NOT NULL,
    settlement_number TEXT NOT NULL,
    vehicle_id TEXT NOT NULL,
    repair_id TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    PRIMARY KEY (shop_id, settlement_number)
);

CREATE TABLE repair_messages (
    shop_id TEXT NOT NULL,
    id TEXT NOT NULL,
    settlement_number TEXT NOT NULL,
    vin TEXT NOT NULL,
    message TEXT NOT NULL,
    received_at TEXT NOT NULL,
    repair_id TEXT,
    PRIMARY KEY (shop_id, id),
    UNIQUE (shop_id, settlement_number)
);

CREATE INDEX repair_messages_by_vin ON repair_messages (vin) WHERE repair_id IS NULL;

CREATE TABLE listings (
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

CREATE UNIQUE INDEX listings_once_a_case ON listings (vehicle_id, case_id)
    WHERE lifted_at IS NULL AND reason = 'overdue_case';
