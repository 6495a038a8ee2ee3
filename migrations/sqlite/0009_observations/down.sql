DROP TABLE tip_reporters;

DROP TABLE tips;

DROP TABLE sweeps;

DROP TABLE observation_claims;

DROP TABLE observations;

DROP INDEX listings_expiring;

ALTER TABLE listings DROP COLUMN expires_on;

ALTER TABLE listings DROP COLUMN evidence;

ALTER TABLE cases DROP COLUMN outstanding;
