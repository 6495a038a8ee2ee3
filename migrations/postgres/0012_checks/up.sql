ALTER TABLE clients ADD COLUMN sandbox BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE clients ALTER COLUMN sandbox DROP DEFAULT;

-- What each client asked on a legal day, by all processes.
CREATE TABLE check_usages (
    client_id UUID NOT NULL,
    day DATE NOT NULL,
    checks BIGINT NOT NULL,
    PRIMARY KEY (client_id, day)
);

CREATE INDEX check_usages_by_day ON check_usages (day);

CREATE TABLE check_findings (
    client_id UUID NOT NULL,
    id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    finding TEXT NOT NULL,
    facts JSONB NOT NULL,
    found_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (client_id, id)
);

CREATE INDEX check_findings_by_time ON check_findings (id);
