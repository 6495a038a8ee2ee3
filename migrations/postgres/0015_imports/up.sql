-- An import of a file, worked off chunk by chunk; a chunk's row is written in the transaction that took its rows.
CREATE TABLE imports (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    dry_run BOOLEAN NOT NULL,
    format TEXT,
    encoding TEXT,
    sha256 TEXT NOT NULL,
    map JSONB NOT NULL,
    understood JSONB,
    failure JSONB,
    requested_by UUID,
    organisation_id UUID,
    role TEXT,
    requested_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    leased_until TIMESTAMPTZ
);

CREATE INDEX imports_by_state ON imports (state);
CREATE INDEX imports_by_file ON imports (sha256);

CREATE TABLE import_chunks (
    import_id UUID NOT NULL REFERENCES imports (id),
    ordinal BIGINT NOT NULL,
    first_row BIGINT NOT NULL,
    last_row BIGINT NOT NULL,
    added BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    PRIMARY KEY (import_id, ordinal)
);

CREATE TABLE import_faults (
    import_id UUID NOT NULL REFERENCES imports (id),
    row_number BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    detail_en TEXT NOT NULL,
    detail_zh TEXT NOT NULL,
    PRIMARY KEY (import_id, row_number, ordinal)
);

-- The file of an import that was uploaded, in parts; forgotten when its import is.
CREATE TABLE import_parts (
    import_id UUID NOT NULL REFERENCES imports (id),
    ordinal BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (import_id, ordinal)
);
