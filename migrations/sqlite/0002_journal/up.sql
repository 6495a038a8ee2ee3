CREATE TABLE journal (
    subject_id TEXT NOT NULL,
    id TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_on DATE NOT NULL,
    operation TEXT NOT NULL,
    event TEXT NOT NULL,
    actor_id TEXT,
    organisation_id TEXT,
    role TEXT,
    trace_id TEXT,
    PRIMARY KEY (subject_id, id)
);

CREATE TABLE outbox (
    subject_id TEXT NOT NULL,
    journal_id TEXT NOT NULL,
    PRIMARY KEY (subject_id, journal_id)
);
