DROP TABLE import_parts;
DROP TABLE import_faults;
DROP TABLE import_chunks;
DROP TABLE imports;
