ALTER TABLE acceptances DROP COLUMN line_lacks;
DROP TABLE draw_items;
DROP TABLE draws;
DROP TABLE supervision_evidence;
DROP TABLE supervision_cases;
DROP TABLE suspensions;
DROP TABLE line_checks;
DROP TABLE station_assets;
