DROP TABLE settings;
DROP TABLE limit_rules;
