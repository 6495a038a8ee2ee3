//! Where each table would lie if the database were spread over many machines: one list, from which
//! `imfleet migrate` distributes when PostgreSQL carries Citus, and which a test holds against the catalogue.

use Placement::{Claim, Ledger, Reference, Subject, Vehicle};

/// A table's placement; the string is its distribution key, the first column of its primary key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// With its vehicle.
    Vehicle(&'static str),
    /// With the vehicle, organisation or client that it is about; the same shards as the vehicles.
    Subject(&'static str),
    /// With the owner of a name that must be unique.
    Claim(&'static str),
    /// On one shard, so that there is one order.
    Ledger(&'static str),
    /// Copied to every node.
    Reference,
}

/// Every table, parents before children.
pub const TABLES: &[(&str, Placement)] = &[
    ("organisations", Reference),
    ("lines", Reference),
    ("people", Reference),
    ("clients", Reference),
    ("credentials", Reference),
    ("limit_rules", Reference),
    ("settings", Reference),
    ("charging_sites", Reference),
    ("tasks", Reference),
    ("task_entries", Reference),
    ("webhooks", Reference),
    ("control_versions", Reference),
    ("targets", Reference),
    ("station_assets", Reference),
    ("suspensions", Reference),
    ("supervision_cases", Reference),
    ("draws", Reference),
    ("vehicles", Vehicle("id")),
    ("plate_bindings", Vehicle("vehicle_id")),
    ("acceptances", Vehicle("vehicle_id")),
    ("exemptions", Vehicle("vehicle_id")),
    ("inspections", Vehicle("vehicle_id")),
    ("inspection_items", Vehicle("vehicle_id")),
    ("inspection_traces", Vehicle("vehicle_id")),
    ("supervision_facts", Vehicle("vehicle_id")),
    ("supervision_findings", Subject("organisation_id")),
    ("cases", Vehicle("vehicle_id")),
    ("repairs", Vehicle("vehicle_id")),
    ("listings", Vehicle("vehicle_id")),
    ("observations", Vehicle("vehicle_id")),
    ("tips", Subject("id")),
    ("tip_reporters", Subject("tip_id")),
    ("notices", Vehicle("vehicle_id")),
    ("appeals", Vehicle("vehicle_id")),
    ("penalties", Vehicle("vehicle_id")),
    ("referrals", Vehicle("vehicle_id")),
    ("removals", Vehicle("vehicle_id")),
    ("removal_contacts", Vehicle("vehicle_id")),
    ("memberships", Vehicle("vehicle_id")),
    ("movements", Vehicle("vehicle_id")),
    ("scrappages", Vehicle("vehicle_id")),
    ("fleet_findings", Vehicle("vehicle_id")),
    ("fleet_sightings", Vehicle("vehicle_id")),
    ("fleet_entries", Vehicle("vehicle_id")),
    ("journal", Subject("subject_id")),
    ("outbox", Subject("subject_id")),
    ("journal_unsealed", Subject("subject_id")),
    ("vehicle_keys", Claim("key")),
    ("trace_prints", Claim("key")),
    ("acceptance_claims", Claim("station_id")),
    ("inspection_claims", Claim("station_id")),
    ("repair_claims", Claim("shop_id")),
    ("repair_messages", Claim("shop_id")),
    ("observation_claims", Claim("organisation_id")),
    ("sweeps", Claim("key")),
    ("scrappage_claims", Claim("recycler_id")),
    ("idempotency_keys", Claim("client_id")),
    ("refresh_tokens", Claim("family_id")),
    ("portal_sessions", Claim("secret_hash")),
    ("client_seen", Claim("client_id")),
    ("check_usages", Claim("client_id")),
    ("check_findings", Subject("client_id")),
    ("failures", Claim("key")),
    ("nightly_walks", Ledger("work")),
    ("supervision_days", Ledger("work")),
    ("deliveries", Claim("webhook_id")),
    ("permit_claims", Claim("key")),
    ("line_checks", Claim("station_id")),
    ("supervision_evidence", Claim("case_id")),
    ("draw_items", Claim("draw_id")),
    ("gate_passes", Claim("organisation_id")),
    ("forbidden_passes", Claim("organisation_id")),
    ("imports", Claim("id")),
    ("import_chunks", Claim("import_id")),
    ("import_faults", Claim("import_id")),
    ("import_parts", Claim("import_id")),
    ("feed_heads", Ledger("feed")),
    ("feed_entries", Ledger("feed")),
    ("snapshot_heads", Ledger("feed")),
    ("leases", Ledger("name")),
    ("journal_logs", Ledger("log")),
    ("journal_leaves", Ledger("log")),
    ("journal_tiles", Ledger("log")),
    ("journal_checkpoints", Ledger("log")),
    ("fleet_deltas", Ledger("book")),
    ("addition_rollups", Ledger("grain")),
    ("stock_rollups", Ledger("grain")),
    ("fleet_progress", Ledger("name")),
    ("target_snapshots", Ledger("target_id")),
];

impl Placement {
    /// The distribution key; reference tables have none.
    #[must_use]
    pub const fn key(self) -> Option<&'static str> {
        match self {
            Vehicle(key) | Subject(key) | Claim(key) | Ledger(key) => Some(key),
            Reference => None,
        }
    }
}

/// Every table with the statement that places it on a Citus coordinator.
pub fn statements() -> impl Iterator<Item = (&'static str, String)> {
    TABLES.iter().map(|(table, placement)| (*table, statement(table, *placement)))
}

fn statement(table: &str, placement: Placement) -> String {
    match placement {
        Reference => format!("SELECT create_reference_table('{table}')"),
        Vehicle("id") => format!("SELECT create_distributed_table('{table}', 'id')"),
        Vehicle(key) | Subject(key) => {
            format!("SELECT create_distributed_table('{table}', '{key}', colocate_with => 'vehicles')")
        }
        Claim("key") => format!("SELECT create_distributed_table('{table}', 'key', colocate_with => 'none')"),
        Claim(key) => format!("SELECT create_distributed_table('{table}', '{key}', colocate_with => 'vehicles')"),
        Ledger(key) => {
            format!("SELECT create_distributed_table('{table}', '{key}', shard_count => 1, colocate_with => 'none')")
        }
    }
}
