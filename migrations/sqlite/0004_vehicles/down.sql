DROP TABLE vehicle_keys;
DROP TABLE plate_bindings;
DROP TABLE vehicles;
