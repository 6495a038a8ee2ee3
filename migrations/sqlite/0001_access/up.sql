CREATE TABLE organisations (
    id TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    area TEXT NOT NULL,
    credit_code TEXT,
    legal_person TEXT,
    standing TEXT NOT NULL,
    standing_reason TEXT,
    registered_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (role, code)
);

CREATE TABLE lines (
    id TEXT PRIMARY KEY,
    station_id TEXT NOT NULL REFERENCES organisations (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    standing TEXT NOT NULL,
    standing_reason TEXT,
    registered_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (station_id, code)
);

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    position TEXT NOT NULL,
    standing TEXT NOT NULL,
    standing_reason TEXT,
    registered_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
);

CREATE TABLE clients (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    lines TEXT NOT NULL,
    networks TEXT NOT NULL,
    standing TEXT NOT NULL,
    standing_reason TEXT,
    registered_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
);

CREATE TABLE credentials (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES clients (id),
    secret_hash TEXT,
    public_key TEXT,
    standing TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
);

CREATE INDEX credentials_of_client ON credentials (client_id);

CREATE TABLE refresh_tokens (
    family_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    person_id TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (family_id, token_hash)
);

CREATE TABLE client_seen (
    client_id TEXT PRIMARY KEY,
    seen_at TEXT NOT NULL
);

CREATE TABLE failures (
    key TEXT PRIMARY KEY,
    count BIGINT NOT NULL,
    last_at TEXT NOT NULL,
    locked_until TEXT
);

CREATE TABLE idempotency_keys (
    client_id TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    location TEXT,
    answer TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    PRIMARY KEY (client_id, key)
);

CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
