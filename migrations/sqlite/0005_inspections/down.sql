DROP TABLE findings;
DROP TABLE inspection_claims;
DROP TABLE inspection_traces;
DROP TABLE inspection_items;
DROP TABLE inspections;
DROP TABLE exemptions;
DROP TABLE acceptance_claims;
DROP TABLE acceptances;
