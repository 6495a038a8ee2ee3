DROP TABLE outbox;
DROP TABLE journal;
