-- What was signed of the copies that gates keep, and when.
CREATE TABLE snapshot_heads (
    feed TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    issued_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    previous BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    root TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (feed, sequence, issued_at)
);

-- Work that one process does for all, until its lease ends.
CREATE TABLE leases (
    name TEXT NOT NULL,
    holder_id TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    ended_at TEXT,
    end_reason TEXT
);

-- One message to one webhook; its id is that of the journal row, so that an event is told once.
CREATE TABLE deliveries (
    webhook_id TEXT NOT NULL REFERENCES webhooks (id),
    id TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    made_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    attempted_at TEXT,
    status BIGINT,
    fault TEXT,
    ended_at TEXT,
    PRIMARY KEY (webhook_id, id)
);

CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'waiting';
