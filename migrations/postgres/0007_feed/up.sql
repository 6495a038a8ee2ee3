-- One order of changes, given at commit: a reader who has seen n never meets a smaller number later.
CREATE TABLE feed_heads (
    feed TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (feed)
);

INSERT INTO feed_heads (feed, sequence) VALUES ('gate', 0);

CREATE TABLE feed_entries (
    feed TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    subject_id UUID NOT NULL,
    changed TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (feed, sequence)
);
