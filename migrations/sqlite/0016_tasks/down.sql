DROP TABLE task_entries;

DROP TABLE tasks;

DROP TABLE charging_sites;

DROP TABLE nightly_walks;

DROP TABLE removal_contacts;

DROP TABLE removals;
