DROP TABLE deliveries;
DROP TABLE webhooks;
DROP TABLE leases;
DROP TABLE snapshot_heads;
