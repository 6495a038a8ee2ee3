ALTER TABLE cases ADD COLUMN outstanding TEXT;

ALTER TABLE listings ADD COLUMN evidence TEXT;

ALTER TABLE listings ADD COLUMN expires_on DATE;

CREATE INDEX listings_expiring ON listings (expires_on) WHERE lifted_at IS NULL AND expires_on IS NOT NULL;

CREATE TABLE observations (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    organisation_id TEXT NOT NULL,
    device TEXT NOT NULL,
    device_number TEXT NOT NULL,
    observed_at TEXT NOT NULL,
    result TEXT NOT NULL,
    judged TEXT NOT NULL,
    review TEXT NOT NULL,
    review_facts TEXT NOT NULL,
    effect TEXT NOT NULL,
    listings TEXT NOT NULL,
    sent TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT,
    PRIMARY KEY (vehicle_id, id)
);

CREATE INDEX observations_by_kind ON observations (vehicle_id, kind, observed_at);

CREATE INDEX observations_waiting ON observations (id) WHERE review = 'waiting';

CREATE TABLE observation_claims (
    organisation_id TEXT NOT NULL,
    device TEXT NOT NULL,
    device_number TEXT NOT NULL,
    vehicle_id TEXT NOT NULL,
    observation_id TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    PRIMARY KEY (organisation_id, device, device_number)
);

CREATE TABLE sweeps (
    key TEXT NOT NULL,
    after_id TEXT,
    PRIMARY KEY (key)
);

CREATE TABLE tips (
    id TEXT NOT NULL,
    receipt_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    sighting TEXT NOT NULL,
    progress TEXT NOT NULL,
    received_at TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX tips_by_receipt ON tips (receipt_hash);

CREATE INDEX tips_received ON tips (id) WHERE state = 'received';

CREATE TABLE tip_reporters (
    tip_id TEXT NOT NULL REFERENCES tips (id),
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (tip_id)
);

CREATE INDEX tip_reporters_by_time ON tip_reporters (recorded_at);
