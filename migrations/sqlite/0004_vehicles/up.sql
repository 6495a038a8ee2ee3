CREATE TABLE vehicles (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    vin TEXT,
    plate TEXT,
    plate_kind TEXT,
    vehicle_type TEXT,
    use_nature TEXT,
    fuel TEXT,
    energy_kind TEXT NOT NULL,
    stage TEXT NOT NULL,
    registered_on DATE,
    area TEXT NOT NULL,
    facts TEXT NOT NULL,
    owner TEXT,
    merged_into TEXT,
    recorded_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
);

CREATE TABLE plate_bindings (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    plate TEXT NOT NULL,
    plate_kind TEXT NOT NULL,
    bound_on DATE NOT NULL,
    unbound_on DATE,
    PRIMARY KEY (vehicle_id, id)
);

CREATE TABLE vehicle_keys (
    key TEXT PRIMARY KEY,
    vehicle_id TEXT NOT NULL
);
