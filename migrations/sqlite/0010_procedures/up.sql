CREATE TABLE notices (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    listing_id TEXT NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    state_at TEXT NOT NULL,
    letter TEXT NOT NULL,
    course TEXT NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);

CREATE INDEX notices_by_state ON notices (state, id);

CREATE TABLE appeals (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    listing_id TEXT NOT NULL,
    number TEXT NOT NULL,
    appellant TEXT NOT NULL,
    state TEXT NOT NULL,
    suspends BOOLEAN NOT NULL,
    decide_by DATE NOT NULL,
    plea TEXT NOT NULL,
    course TEXT NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);

CREATE UNIQUE INDEX appeals_one_open ON appeals (vehicle_id, listing_id) WHERE state = 'open';

CREATE INDEX appeals_by_state ON appeals (state, id);

CREATE TABLE penalties (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    listing_id TEXT NOT NULL,
    state TEXT NOT NULL,
    retest TEXT,
    course TEXT NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);

CREATE UNIQUE INDEX penalties_one_of_listing ON penalties (vehicle_id, listing_id) WHERE state <> 'dropped';

CREATE INDEX penalties_by_state ON penalties (state, id);

CREATE TABLE referrals (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    listing_id TEXT,
    case_id TEXT,
    addressee TEXT NOT NULL,
    state TEXT NOT NULL,
    answer_by DATE NOT NULL,
    brief TEXT NOT NULL,
    course TEXT NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);

CREATE INDEX referrals_by_addressee ON referrals (addressee, state, id);
