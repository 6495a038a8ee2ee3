CREATE TABLE limit_rules (
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    rule JSONB NOT NULL,
    reason TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID,
    PRIMARY KEY (id, version)
);

CREATE TABLE settings (
    key TEXT NOT NULL,
    effective_from DATE NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    confidence TEXT NOT NULL,
    note TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_by UUID,
    PRIMARY KEY (key, effective_from, recorded_at)
);
