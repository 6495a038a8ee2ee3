CREATE TABLE journal (
    subject_id UUID NOT NULL,
    id UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_on DATE NOT NULL,
    operation TEXT NOT NULL,
    event JSONB NOT NULL,
    actor_id UUID,
    organisation_id UUID,
    role TEXT,
    trace_id TEXT,
    PRIMARY KEY (subject_id, id)
);

CREATE TABLE outbox (
    subject_id UUID NOT NULL,
    journal_id UUID NOT NULL,
    PRIMARY KEY (subject_id, journal_id)
);
