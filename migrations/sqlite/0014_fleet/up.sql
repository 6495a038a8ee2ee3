-- Facts with two times each: when they held, and when they were learned. A correction supersedes.
CREATE TABLE memberships (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    trade TEXT NOT NULL,
    operator_id TEXT REFERENCES organisations (id),
    permit TEXT,
    area TEXT NOT NULL,
    held_from DATE NOT NULL,
    held_to DATE,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT,
    supersedes TEXT,
    superseded_at TEXT,
    reason TEXT,
    PRIMARY KEY (vehicle_id, id)
);

CREATE TABLE movements (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    held_on DATE NOT NULL,
    area TEXT NOT NULL,
    replaces_id TEXT,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT,
    supersedes TEXT,
    superseded_at TEXT,
    reason TEXT,
    PRIMARY KEY (vehicle_id, id)
);

CREATE TABLE scrappages (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    recycler_id TEXT NOT NULL REFERENCES organisations (id),
    certificate TEXT NOT NULL,
    scrapped_on DATE NOT NULL,
    dismantled_on DATE,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT,
    supersedes TEXT,
    superseded_at TEXT,
    reason TEXT,
    PRIMARY KEY (vehicle_id, id)
);

CREATE TABLE scrappage_claims (
    recycler_id TEXT NOT NULL,
    certificate TEXT NOT NULL,
    vehicle_id TEXT NOT NULL,
    scrappage_id TEXT NOT NULL,
    PRIMARY KEY (recycler_id, certificate)
);

CREATE TABLE fleet_findings (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    oddity TEXT NOT NULL,
    facts TEXT NOT NULL,
    found_at TEXT NOT NULL,
    PRIMARY KEY (vehicle_id, id)
);

-- What each vehicle adds to the books, worked out from the facts; closed when something better is known, never edited.
CREATE TABLE fleet_entries (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    book TEXT NOT NULL,
    held_from DATE NOT NULL,
    held_until DATE,
    way_in TEXT NOT NULL,
    way_out TEXT,
    area TEXT NOT NULL,
    operator_id TEXT,
    trades TEXT NOT NULL,
    truck TEXT NOT NULL,
    fuel TEXT NOT NULL,
    stage TEXT NOT NULL,
    energy TEXT NOT NULL,
    known_from TEXT NOT NULL,
    known_until TEXT,
    PRIMARY KEY (vehicle_id, id)
);

-- Changes of the counts that no worker has folded into the rollups yet.
CREATE TABLE fleet_deltas (
    book TEXT NOT NULL,
    id TEXT NOT NULL,
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
    target TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT,
    PRIMARY KEY (id, version)
);

-- What was found on a day that matters: at the baseline and at the deadline.
CREATE TABLE target_snapshots (
    target_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    as_of DATE NOT NULL,
    readings TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    PRIMARY KEY (target_id, kind, as_of)
);

CREATE INDEX memberships_by_operator ON memberships (operator_id);

CREATE INDEX movements_by_replaced ON movements (replaces_id);

CREATE INDEX fleet_entries_by_day ON fleet_entries (book, held_from);

CREATE INDEX fleet_entries_by_fuel ON fleet_entries (book, fuel, stage);

CREATE INDEX fleet_entries_by_operator ON fleet_entries (operator_id, book);
