-- Rows of the journal that are not in its log yet; what was there before the log is queued as well.
CREATE TABLE journal_unsealed (
    subject_id TEXT NOT NULL,
    journal_id TEXT NOT NULL,
    PRIMARY KEY (subject_id, journal_id)
);

INSERT INTO journal_unsealed (subject_id, journal_id) SELECT subject_id, id FROM journal;

-- The log: how many leaves it has, and before which leaf the contents are erased.
CREATE TABLE journal_logs (
    log TEXT NOT NULL,
    size BIGINT NOT NULL,
    erased BIGINT NOT NULL,
    PRIMARY KEY (log)
);

INSERT INTO journal_logs (log, size, erased) VALUES ('journal', 0, 0);

CREATE TABLE journal_leaves (
    log TEXT NOT NULL,
    leaf BIGINT NOT NULL,
    journal_id TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    content_hash BLOB NOT NULL,
    salt BLOB,
    PRIMARY KEY (log, leaf)
);

CREATE UNIQUE INDEX journal_leaves_by_row ON journal_leaves (log, journal_id);

-- 256 hashes in a row: of leaves on level 0, over 256 of the level below on the others.
CREATE TABLE journal_tiles (
    log TEXT NOT NULL,
    level BIGINT NOT NULL,
    number BIGINT NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (log, level, number)
);

CREATE TABLE journal_checkpoints (
    log TEXT NOT NULL,
    size BIGINT NOT NULL,
    issued_at TEXT NOT NULL,
    issued_on DATE NOT NULL,
    root BLOB NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (log, size)
);
