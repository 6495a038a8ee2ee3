DROP TABLE forbidden_passes;
DROP TABLE gate_passes;
DROP TABLE permit_claims;
DROP TABLE control_versions;
