//! The tables, one shape for both engines, one file for each step of the migrations; a test compares them with the
//! catalogue of each engine.
#![allow(missing_docs, reason = "the migrations and docs/architecture.md say what the tables hold")]

mod access_tables;
mod case_tables;
mod check_tables;
mod feed_tables;
mod fleet_tables;
mod import_tables;
mod inspection_tables;
mod journal_tables;
mod law_tables;
mod ledger_tables;
mod observation_tables;
mod offline_tables;
mod portal_tables;
mod procedure_tables;
mod station_tables;
mod supervision_tables;
mod target_tables;
mod task_tables;
mod vehicle_tables;
mod zone_tables;

pub use access_tables::*;
pub use case_tables::*;
pub use check_tables::*;
pub use feed_tables::*;
pub use fleet_tables::*;
pub use import_tables::*;
pub use inspection_tables::*;
pub use journal_tables::*;
pub use law_tables::*;
pub use ledger_tables::*;
pub use observation_tables::*;
pub use offline_tables::*;
pub use portal_tables::*;
pub use procedure_tables::*;
pub use station_tables::*;
pub use supervision_tables::*;
pub use target_tables::*;
pub use task_tables::*;
pub use vehicle_tables::*;
pub use zone_tables::*;

diesel::allow_tables_to_appear_in_same_query!(
    organisations,
    lines,
    people,
    clients,
    credentials,
    refresh_tokens,
    portal_sessions,
    client_seen,
    failures,
    idempotency_keys,
    journal,
    outbox,
    journal_unsealed,
    journal_logs,
    journal_leaves,
    journal_tiles,
    journal_checkpoints,
    feed_heads,
    feed_entries,
    limit_rules,
    settings,
    vehicles,
    plate_bindings,
    vehicle_keys,
    acceptances,
    acceptance_claims,
    exemptions,
    inspections,
    inspection_items,
    inspection_traces,
    inspection_claims,
    supervision_findings,
    supervision_facts,
    trace_prints,
    supervision_days,
    cases,
    repairs,
    repair_claims,
    repair_messages,
    listings,
    notices,
    appeals,
    penalties,
    referrals,
    check_usages,
    check_findings,
    removals,
    removal_contacts,
    nightly_walks,
    charging_sites,
    tasks,
    task_entries,
    snapshot_heads,
    leases,
    webhooks,
    deliveries,
    observations,
    observation_claims,
    sweeps,
    tips,
    tip_reporters,
    control_versions,
    permit_claims,
    gate_passes,
    forbidden_passes,
    imports,
    import_chunks,
    import_faults,
    import_parts,
    memberships,
    movements,
    scrappages,
    scrappage_claims,
    fleet_findings,
    fleet_sightings,
    fleet_entries,
    fleet_deltas,
    addition_rollups,
    stock_rollups,
    fleet_progress,
    targets,
    target_snapshots,
    station_assets,
    line_checks,
    suspensions,
    supervision_cases,
    supervision_evidence,
    draws,
    draw_items,
);
