-- Facts with two times each: when they held, and when they were learned. A correction supersedes.
CREATE TABLE memberships (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    trade TEXT NOT NULL,
    operator_id UUID REFERENCES organisations (id),
    permit TEXT,
    area TEXT NOT NULL,
    held_from DATE NOT NULL,
    held_to DATE,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID,
    supersedes UUID,
    superseded_at TIMESTAMPTZ,
    reason TEXT,
    PRIMARY KEY (vehicle_id, id)
);

CREATE TABLE movements (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    held_on DATE NOT NULL,
    area TEXT NOT NULL,
    replaces_id UUID,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID,
    supersedes UUID,
    superseded_at TIMESTAMPTZ,
    reason TEXT,
    PRIMARY KEY (vehicle_id, id)
);

CREATE TABLE scrappages (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    recycler_id UUID NOT NULL REFERENCES organisations (id),
    certificate TEXT NOT NULL,
    scrapped_on DATE NOT NULL,
    dismantled_on DATE,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID,
    supersedes UUID,
    superseded_at TIMESTAMPTZ,
    reason TEXT,
    PRIMARY KEY (vehicle_id, id)
);

CREATE TABLE scrappage_claims (
    recycler_id UUID NOT NULL,
    certificate TEXT NOT NULL,
    vehicle_id UUID NOT NULL,
    scrappage_id UUID NOT NULL,
    PRIMARY KEY (recycler_id, certificate)
);

CREATE TABLE fleet_findings (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    oddity TEXT NOT NULL,
    facts JSONB NOT NULL,
    found_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);

-- What each vehicle adds to the books, worked out from the facts; closed when something better is known, never edited.
CREATE TABLE fleet_entries (
    vehicle_id UUID NOT NULL REFERENCES vehicles (id),
    id UUID NOT NULL,
    book TEXT NOT NULL,
    held_from DATE NOT NULL,
    held_until DATE,
    way_in TEXT NOT NULL,
    way_out TEXT,
    area TEXT NOT NULL,
    operator_id UUID,
    trades TEXT NOT NULL,
    truck TEXT NOT NULL,
    fuel TEXT NOT NULL,
    stage TEXT NOT NULL,
    energy TEXT NOT NULL,
    known_from TIMESTAMPTZ NOT NULL,
    known_until TIMESTAMPTZ,
    PRIMARY KEY (vehicle_id, id)
);

-- Changes of the counts that no worker has folded into the rollups yet.
CREATE TABLE fleet_deltas (
    book TEXT NOT NULL,
    id UUID NOT NULL,
    day DATE NOT NULL,
    area TEXT NOT NULL,
    trades TEXT NOT NULL,
    way_in TEXT NOT NULL,
    truck TEXT NOT NULL,
    fuel TEXT NOT NULL,
    stage TEXT NOT NULL,
    energy TEXT NOT NULL,
    change BIGINT NOT NULL,
    PRIMARY KEY (book, id)
);

CREATE TABLE addition_rollups (
    grain TEXT NOT NULL,
    period TEXT NOT NULL,
    area TEXT NOT NULL,
    trades TEXT NOT NULL,
    way_in TEXT NOT NULL,
    bev BIGINT NOT NULL,
    fcev BIGINT NOT NULL,
    phev BIGINT NOT NULL,
    erev BIGINT NOT NULL,
    hybrid BIGINT NOT NULL,
    ice BIGINT NOT NULL,
    unknown BIGINT NOT NULL,
    PRIMARY KEY (grain, period, area, trades, way_in)
);

CREATE TABLE stock_rollups (
    grain TEXT NOT NULL,
    period TEXT NOT NULL,
    area TEXT NOT NULL,
    trades TEXT NOT NULL,
    truck TEXT NOT NULL,
    fuel TEXT NOT NULL,
    stage TEXT NOT NULL,
    energy TEXT NOT NULL,
    vehicles BIGINT NOT NULL,
    PRIMARY KEY (grain, period, area, trades, truck, fuel, stage, energy)
);

CREATE TABLE fleet_progress (
    name TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    looked_on DATE NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE targets (
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    effective_from DATE NOT NULL,
    target JSONB NOT NULL,
    reason TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID,
    PRIMARY KEY (id, version)
);

-- What was found on a day that matters: at the baseline and at the deadline.
CREATE TABLE target_snapshots (
    target_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    as_of DATE NOT NULL,
    readings JSONB NOT NULL,
    taken_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (target_id, kind, as_of)
);

CREATE INDEX memberships_by_operator ON memberships (operator_id);

CREATE INDEX movements_by_replaced ON movements (replaces_id);

CREATE INDEX fleet_entries_by_day ON fleet_entries (book, held_from);

CREATE INDEX fleet_entries_by_fuel ON fleet_entries (book, fuel, stage);

CREATE INDEX fleet_entries_by_operator ON fleet_entries (operator_id, book);
