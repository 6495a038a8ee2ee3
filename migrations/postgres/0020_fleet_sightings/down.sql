DROP TABLE fleet_sightings;

-- The version that waited is delivered by the program that knows it.
DELETE FROM targets WHERE id = 'T5' AND version = 1 AND recorded_by IS NULL
    AND NOT EXISTS (SELECT 1 FROM targets AS later WHERE later.id = 'T5' AND later.version > 1);
