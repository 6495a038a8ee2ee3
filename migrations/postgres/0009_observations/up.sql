ALTER TABLE cases ADD COLUMN outstanding JSONB;

ALTER TABLE listings ADD COLUMN evidence JSONB;

ALTER TABLE listings ADD COLUMN expires_on DATE;

CREATE INDEX listings_expiring ON listings (expires_on) WHERE lifted_at IS NULL AND expires_on IS NOT NULL;

CREATE TABLE observations (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    organisation_id UUID NOT NULL,
    device TEXT NOT NULL,
    device_number TEXT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    result TEXT NOT NULL,
    judged JSONB NOT NULL,
    review TEXT NOT NULL,
    review_facts JSONB NOT NULL,
    effect JSONB NOT NULL,
    listings JSONB NOT NULL,
    sent JSONB NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID,
    PRIMARY KEY (vehicle_id, id)
);

CREATE INDEX observations_by_kind ON observations (vehicle_id, kind, observed_at);

CREATE INDEX observations_waiting ON observations (id) WHERE review = 'waiting';

CREATE TABLE observation_claims (
    organisation_id UUID NOT NULL,
    device TEXT NOT NULL,
    device_number TEXT NOT NULL,
    vehicle_id UUID NOT NULL,
    observation_id UUID NOT NULL,
    body_hash TEXT NOT NULL,
    PRIMARY KEY (organisation_id, device, device_number)
);

CREATE TABLE sweeps (
    key TEXT NOT NULL,
    after_id UUID,
    PRIMARY KEY (key)
);

CREATE TABLE tips (
    id UUID NOT NULL,
    receipt_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    sighting JSONB NOT NULL,
    progress JSONB NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX tips_by_receipt ON tips (receipt_hash);

CREATE INDEX tips_received ON tips (id) WHERE state = 'received';

CREATE TABLE tip_reporters (
    tip_id UUID NOT NULL REFERENCES tips (id),
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tip_id)
);

CREATE INDEX tip_reporters_by_time ON tip_reporters (recorded_at);
