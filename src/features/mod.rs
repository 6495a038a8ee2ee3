//! The areas of the service. Each is a folder of the same files: `endpoints` (HTTP), `wire` (JSON), `actions`
//! (changes), `store` (SQL); calls between areas are plain functions inside one transaction.

pub mod acceptances;
pub mod access;
pub mod appeals;
pub mod cases;
pub mod charging;
pub mod checks;
pub mod decisions;
pub mod draws;
pub mod feeds;
pub mod findings;
pub mod fleet;
pub mod forecasts;
pub mod health;
pub mod imports;
pub mod inspections;
pub mod jtt1132;
pub mod ledger;
pub mod listings;
pub mod notices;
pub mod observations;
pub mod owners;
pub mod passes;
pub mod penalties;
pub mod portal;
pub mod referrals;
pub mod removals;
pub mod repairs;
pub mod reports;
pub mod rules;
pub mod scores;
pub mod stations;
pub mod supervision;
pub mod targets;
pub mod tasks;
pub mod tips;
pub mod vehicles;
pub mod webhooks;
pub mod zones;

use std::sync::Arc;

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

pub use access::first_administrator;

use crate::platform::{
    clock::Clock,
    db::{DatabaseUrl, Db, Tx},
    idempotency,
    journal::Actor,
    lockout,
    problem::{Kind, Problem},
    state::State,
};

/// The routes of every area. They are tried in this order, each by a regular expression: what gates ask all day is first.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .configure(health::routes)
        .configure(checks::routes)
        .configure(decisions::routes)
        .configure(access::routes)
        .configure(rules::routes)
        .configure(vehicles::routes)
        .configure(stations::routes)
        .configure(supervision::routes)
        .configure(draws::routes)
        .configure(scores::routes)
        .configure(acceptances::routes)
        .configure(inspections::routes)
        .configure(cases::routes)
        .configure(repairs::routes)
        .configure(listings::routes)
        .configure(notices::routes)
        .configure(appeals::routes)
        .configure(owners::routes)
        .configure(penalties::routes)
        .configure(referrals::routes)
        .configure(forecasts::routes)
        .configure(removals::routes)
        .configure(charging::routes)
        .configure(tasks::routes)
        .configure(feeds::routes)
        .configure(ledger::routes)
        .configure(tips::routes)
        .configure(observations::routes)
        .configure(findings::routes)
        .configure(webhooks::routes)
        .configure(jtt1132::routes)
        .configure(fleet::routes)
        .configure(targets::routes)
        .configure(zones::routes)
        .configure(passes::routes)
        .configure(imports::routes)
        .configure(reports::routes);
}

/// The pages for people, which are no part of the contract.
pub fn pages(config: &mut web::ServiceConfig) {
    portal::routes(config);
}

/// Delivers the dated law that the database lacks.
///
/// # Errors
/// The database cannot be written.
pub async fn deliver_law(state: &State) -> Result<(), Problem> {
    rules::deliver(state).await?;
    zones::deliver(state).await?;
    targets::deliver(state).await
}

/// Reads the directory, the law and the controls again when another process may have changed them.
///
/// # Errors
/// The database cannot be read.
pub async fn refresh(state: &State) -> Result<(), Problem> {
    access::refresh(state).await?;
    rules::refresh(state).await?;
    zones::refresh(state).await?;
    feeds::refresh(state).await
}

/// Seals what happened, makes messages of it, and sends those that are due.
///
/// # Errors
/// The database cannot be written.
pub async fn deliver(state: &Arc<State>) -> Result<(), Problem> {
    // Neither keeps the other from being done.
    let sealed = ledger::seal(state).await;
    webhooks::deliver(state).await.and(sealed)
}

/// Looks at deadlines, and once a day walks through all vehicles and the tests of the days that are over.
///
/// # Errors
/// The database cannot be written.
pub async fn tick(state: &State) -> Result<(), Problem> {
    watch(state).await?;
    removals::walk_fleet(state).await?;
    findings::sweep(&state.db, state.lawbook.get(), state.clock.now().local_day()).await
}

/// Looks at deadlines: what lapses, what is overdue, what may be forgotten.
///
/// # Errors
/// The database cannot be written.
pub async fn watch(state: &State) -> Result<(), Problem> {
    let lawbook = state.lawbook.get();
    let watch = move |tx: &mut Tx<'_>| {
        acceptances::lapse_acceptances(tx)?;
        cases::lapse_claims(tx, &lawbook)?;
        cases::list_overdue(tx, &lawbook)?;
        observations::list_overdue_inspections(tx, &lawbook)?;
        observations::expire_evidence(tx)?;
        tips::forget_reporters(tx, &lawbook)?;
        access::sweep(tx)?;
        idempotency::sweep(tx)?;
        webhooks::sweep(tx, &lawbook)?;
        ledger::tend(tx, &lawbook)?;
        passes::sweep(tx, &lawbook)?;
        imports::sweep(tx)?;
        lockout::sweep(tx)
    };
    state.db.write("watch_deadlines", Actor::service(), watch).await?;
    checks::tend(state).await?;
    fleet::keep_books(&state.db).await?;
    targets::keep_snapshots(&state.db).await
}

/// Follows what other processes have changed of vehicles and listings.
///
/// # Errors
/// The database cannot be read.
pub async fn follow(state: &State) -> Result<(), Problem> {
    checks::follow(state).await
}

/// Counts the rollups of the fleet register again from the movements, and reports every difference.
///
/// # Errors
/// The database cannot be read, or there is a difference.
pub async fn verify_rollups(url: &DatabaseUrl, clock: Clock) -> Result<(), Problem> {
    let db = Db::open(url, clock)?;
    fleet::keep_books(&db).await?;
    let differences = db.read_at_once(fleet::verify).await?;
    for difference in &differences {
        tracing::error!(%difference, "the recount differs");
    }
    if differences.is_empty() {
        tracing::info!("the rollups are the recount");
        return Ok(());
    }
    Err(Problem::new(Kind::Internal).because(format!("{} differences", differences.len()), "汇总与逐车账目不一致"))
}

/// Works off what waits: imports that were uploaded.
///
/// # Errors
/// The database fails; what waits is tried again the next time.
pub async fn work(state: &State) -> Result<(), Problem> {
    imports::work_off(state).await
}
