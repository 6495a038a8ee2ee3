DROP TABLE listings;
DROP TABLE repair_messages;
DROP TABLE repair_claims;
DROP TABLE repairs;
DROP TABLE cases;
