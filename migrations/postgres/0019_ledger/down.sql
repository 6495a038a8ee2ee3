DROP TABLE journal_checkpoints;
DROP TABLE journal_tiles;
DROP TABLE journal_leaves;
DROP TABLE journal_logs;
DROP TABLE journal_unsealed;
