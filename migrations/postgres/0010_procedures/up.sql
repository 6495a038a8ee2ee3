CREATE TABLE notices (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    listing_id UUID NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    state_at TIMESTAMPTZ NOT NULL,
    letter JSONB NOT NULL,
    course JSONB NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);

CREATE INDEX notices_by_state ON notices (state, id);

CREATE TABLE appeals (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    listing_id UUID NOT NULL,
    number TEXT NOT NULL,
    appellant TEXT NOT NULL,
    state TEXT NOT NULL,
    suspends BOOLEAN NOT NULL,
    decide_by DATE NOT NULL,
    plea JSONB NOT NULL,
    course JSONB NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);

CREATE UNIQUE INDEX appeals_one_open ON appeals (vehicle_id, listing_id) WHERE state = 'open';

CREATE INDEX appeals_by_state ON appeals (state, id);

CREATE TABLE penalties (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    listing_id UUID NOT NULL,
    state TEXT NOT NULL,
    retest JSONB,
    course JSONB NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);

CREATE UNIQUE INDEX penalties_one_of_listing ON penalties (vehicle_id, listing_id) WHERE state <> 'dropped';

CREATE INDEX penalties_by_state ON penalties (state, id);

CREATE TABLE referrals (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    listing_id UUID,
    case_id UUID,
    addressee TEXT NOT NULL,
    state TEXT NOT NULL,
    answer_by DATE NOT NULL,
    brief JSONB NOT NULL,
    course JSONB NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);

CREATE INDEX referrals_by_addressee ON referrals (addressee, state, id);
