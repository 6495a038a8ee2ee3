-- What was signed of the copies that gates keep, and when.
CREATE TABLE snapshot_heads (
    feed TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    previous BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    root TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (feed, sequence, issued_at)
);

-- Work that one process does for all, until its lease ends.
CREATE TABLE leases (
    name TEXT NOT NULL,
    holder_id UUID NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE webhooks (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    url TEXT NOT NULL,
    events JSONB NOT NULL,
    registered_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    end_reason TEXT
);

-- One message to one webhook; its id is that of the journal row, so that an event is told once.
CREATE TABLE deliveries (
    webhook_id UUID NOT NULL REFERENCES webhooks (id),
    id UUID NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    attempted_at TIMESTAMPTZ,
    status BIGINT,
    fault TEXT,
    ended_at TIMESTAMPTZ,
    PRIMARY KEY (webhook_id, id)
);

CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'waiting';
