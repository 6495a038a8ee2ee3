CREATE TABLE removals (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    ground TEXT NOT NULL,
    standing TEXT NOT NULL,
    facts TEXT NOT NULL,
    progress TEXT NOT NULL,
    area TEXT NOT NULL,
    owner_kind TEXT NOT NULL,
    size TEXT,
    stage TEXT NOT NULL,
    last_seen_on DATE,
    contact TEXT NOT NULL,
    promised_until DATE,
    deadline_on DATE,
    found_on DATE NOT NULL,
    left_on DATE,
    PRIMARY KEY (vehicle_id, ground)
);

CREATE INDEX removals_by_ground ON removals (ground, standing, area);

CREATE TABLE removal_contacts (
    vehicle_id TEXT NOT NULL REFERENCES vehicles (id),
    id TEXT NOT NULL,
    contact TEXT NOT NULL,
    promised_until DATE,
    note TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT,
    organisation_id TEXT,
    PRIMARY KEY (vehicle_id, id)
);

CREATE TABLE nightly_walks (
    work TEXT NOT NULL,
    walked_on DATE NOT NULL,
    after_id TEXT,
    seen BIGINT NOT NULL,
    started_at TEXT NOT NULL,
    done_at TEXT,
    PRIMARY KEY (work, walked_on)
);

CREATE TABLE charging_sites (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    operator TEXT NOT NULL,
    area TEXT NOT NULL,
    power_kw BIGINT NOT NULL,
    connectors BIGINT NOT NULL,
    swaps_a_day BIGINT NOT NULL,
    in_service_from DATE NOT NULL,
    in_service_to DATE,
    recorded_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
);

CREATE UNIQUE INDEX charging_sites_once ON charging_sites (operator, name, in_service_from);

CREATE TABLE tasks (
    id TEXT PRIMARY KEY,
    target TEXT NOT NULL,
    year BIGINT NOT NULL,
    area TEXT NOT NULL,
    title TEXT NOT NULL,
    department TEXT NOT NULL,
    post TEXT NOT NULL,
    organisation_id TEXT,
    aim TEXT NOT NULL,
    wanted BIGINT NOT NULL,
    unit TEXT NOT NULL,
    deadline_on DATE NOT NULL,
    source TEXT NOT NULL,
    withdrawn TEXT,
    recorded_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
);

CREATE UNIQUE INDEX tasks_once ON tasks (target, year, area, department, title) WHERE withdrawn IS NULL;

CREATE INDEX tasks_of_year ON tasks (year, area, target);

CREATE TABLE task_entries (
    task_id TEXT NOT NULL REFERENCES tasks (id),
    id TEXT NOT NULL,
    as_of DATE NOT NULL,
    said TEXT NOT NULL,
    figure BIGINT,
    stated BIGINT,
    evidence TEXT NOT NULL,
    entered_by TEXT,
    entered_at TEXT NOT NULL,
    standing TEXT NOT NULL,
    review TEXT,
    PRIMARY KEY (task_id, id)
);
