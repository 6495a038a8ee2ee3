-- What restricts traffic, version after version: a row is never changed.
CREATE TABLE control_versions (
    control TEXT NOT NULL,
    key TEXT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT,
    PRIMARY KEY (control, key, version)
);

-- The number of a permit, and the one vehicle that one permit of construction waste is for.
CREATE TABLE permit_claims (
    key TEXT NOT NULL,
    permit_id TEXT NOT NULL,
    PRIMARY KEY (key)
);

CREATE TABLE gate_passes (
    organisation_id TEXT NOT NULL,
    entrance TEXT NOT NULL,
    pass_number TEXT NOT NULL,
    passed_at TEXT NOT NULL,
    direction TEXT NOT NULL,
    admission TEXT NOT NULL,
    outcome TEXT NOT NULL,
    zone_id TEXT,
    body_hash TEXT NOT NULL,
    body TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (organisation_id, entrance, pass_number)
);

CREATE INDEX gate_passes_by_time ON gate_passes (passed_at);

-- The passes of vehicles that an order forbade, whether the gate opened or not.
CREATE TABLE forbidden_passes (
    organisation_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    entrance TEXT NOT NULL,
    pass_number TEXT NOT NULL,
    admission TEXT NOT NULL,
    passed_at TEXT NOT NULL,
    PRIMARY KEY (organisation_id, order_id, entrance, pass_number)
);

CREATE INDEX forbidden_passes_by_order ON forbidden_passes (order_id);
