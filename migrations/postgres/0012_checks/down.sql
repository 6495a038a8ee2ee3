DROP TABLE check_findings;

DROP TABLE check_usages;

ALTER TABLE clients DROP COLUMN sandbox;
