CREATE TABLE organisations (
    id UUID PRIMARY KEY,
    role TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    area TEXT NOT NULL,
    credit_code TEXT,
    legal_person TEXT,
    standing TEXT NOT NULL,
    standing_reason TEXT,
    registered_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    UNIQUE (role, code)
);

CREATE TABLE lines (
    id UUID PRIMARY KEY,
    station_id UUID NOT NULL REFERENCES organisations (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    standing TEXT NOT NULL,
    standing_reason TEXT,
    registered_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    UNIQUE (station_id, code)
);

CREATE TABLE people (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    position TEXT NOT NULL,
    standing TEXT NOT NULL,
    standing_reason TEXT,
    registered_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE clients (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    lines JSONB NOT NULL,
    networks JSONB NOT NULL,
    standing TEXT NOT NULL,
    standing_reason TEXT,
    registered_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE credentials (
    id UUID PRIMARY KEY,
    client_id UUID NOT NULL REFERENCES clients (id),
    secret_hash TEXT,
    public_key TEXT,
    standing TEXT NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX credentials_of_client ON credentials (client_id);

CREATE TABLE refresh_tokens (
    family_id UUID NOT NULL,
    token_hash TEXT NOT NULL,
    person_id UUID NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (family_id, token_hash)
);

CREATE TABLE client_seen (
    client_id UUID PRIMARY KEY,
    seen_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE failures (
    key TEXT PRIMARY KEY,
    count BIGINT NOT NULL,
    last_at TIMESTAMPTZ NOT NULL,
    locked_until TIMESTAMPTZ
);

CREATE TABLE idempotency_keys (
    client_id UUID NOT NULL,
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    location TEXT,
    answer TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (client_id, key)
);

CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
