CREATE TABLE cases (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    cause TEXT NOT NULL,
    state TEXT NOT NULL,
    round BIGINT NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    deadline_on DATE NOT NULL,
    failing JSONB NOT NULL,
    progress JSONB NOT NULL,
    shop_id UUID,
    closed_at TIMESTAMPTZ,
    PRIMARY KEY (vehicle_id, id)
);

CREATE UNIQUE INDEX cases_one_open ON cases (vehicle_id) WHERE state <> 'closed';

CREATE INDEX cases_open_by_deadline ON cases (deadline_on) WHERE state <> 'closed';

CREATE INDEX cases_of_shop ON cases (shop_id, id);

CREATE TABLE repairs (
    vehicle_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    state TEXT NOT NULL,
    record JSONB NOT NULL,
    progress JSONB NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (vehicle_id, id),
    FOREIGN KEY (vehicle_id, case_id) REFERENCES cases (vehicle_id, id)
);

CREATE TABLE repair_claims (
    shop_id UUID NOT NULL,
    settlement_number TEXT NOT NULL,
    vehicle_id UUID NOT NULL,
    repair_id UUID NOT NULL,
    body_hash TEXT NOT NULL,
    PRIMARY KEY (shop_id, settlement_number)
);

CREATE TABLE repair_messages (
    shop_id UUID NOT NULL,
    id UUID NOT NULL,
    settlement_number TEXT NOT NULL,
    vin TEXT NOT NULL,
    message JSONB NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    repair_id UUID,
    PRIMARY KEY (shop_id, id),
    UNIQUE (shop_id, settlement_number)
);

CREATE INDEX repair_messages_by_vin ON repair_messages (vin) WHERE repair_id IS NULL;

CREATE TABLE listings (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    case_id UUID,
    reason TEXT NOT NULL,
    basis TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    effective_at TIMESTAMPTZ NOT NULL,
    lifted_at TIMESTAMPTZ,
    lift JSONB,
    PRIMARY KEY (vehicle_id, id)
);

CREATE UNIQUE INDEX listings_once_a_case ON listings (vehicle_id, case_id)
    WHERE lifted_at IS NULL AND reason = 'overdue_case';
