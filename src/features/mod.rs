//! The areas of the service. Each is a folder of the same files: `endpoints` (HTTP), `wire` (JSON), `actions`
//! (changes), `store` (SQL); calls between areas are plain functions inside one transaction.

pub mod acceptances;
pub mod access;
pub mod cases;
pub mod findings;
pub mod health;
pub mod imports;
pub mod inspections;
pub mod jtt1132;
pub mod listings;
pub mod repairs;
pub mod reports;
pub mod rules;
pub mod vehicles;

use utoipa_actix_web::service_config::ServiceConfig;

pub use access::first_administrator;

use crate::platform::{db::Tx, idempotency, journal::Actor, lockout, problem::Problem, state::State};

/// The routes of every area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .configure(health::routes)
        .configure(access::routes)
        .configure(rules::routes)
        .configure(vehicles::routes)
        .configure(acceptances::routes)
        .configure(inspections::routes)
        .configure(cases::routes)
        .configure(repairs::routes)
        .configure(listings::routes)
        .configure(findings::routes)
        .configure(jtt1132::routes)
        .configure(imports::routes)
        .configure(reports::routes);
}

/// Delivers the dated law that the database lacks.
///
/// # Errors
/// The database cannot be written.
pub async fn deliver_law(state: &State) -> Result<(), Problem> {
    rules::deliver(state).await
}

/// Reads the directory and the law again when another process may have changed them.
///
/// # Errors
/// The database cannot be read.
pub async fn refresh(state: &State) -> Result<(), Problem> {
    access::refresh(state).await?;
    rules::refresh(state).await
}

/// Looks at deadlines: what lapses, what is overdue, what may be forgotten.
///
/// # Errors
/// The database cannot be written.
pub async fn tick(state: &State) -> Result<(), Problem> {
    let lawbook = state.lawbook.get();
    let watch = move |tx: &mut Tx<'_>| {
        acceptances::lapse_acceptances(tx)?;
        cases::lapse_claims(tx, &lawbook)?;
        cases::list_overdue(tx, &lawbook)?;
        access::sweep(tx)?;
        idempotency::sweep(tx)?;
        imports::sweep(tx)?;
        lockout::sweep(tx)
    };
    state.db.write("watch_deadlines", Actor::service(), watch).await
}

/// Works off what waits: imports that were uploaded.
///
/// # Errors
/// The database fails; what waits is tried again the next time.
pub async fn work(state: &State) -> Result<(), Problem> {
    imports::work_off(state).await
}
