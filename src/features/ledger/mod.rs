//! The log of the journal: one process at a time seals the committed rows into a hash tree and signs checkpoints of it;
//! anybody who holds an older checkpoint can have it proven that nothing of the past was changed.

mod actions;
mod endpoints;
mod store;
mod wire;

use std::sync::Arc;

use diesel::QueryResult;
use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{sign_checkpoint, tend};

use crate::{
    domain::ledger::Mark,
    platform::{db::AnyConnection, problem::Problem, state::State},
};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::read_checkpoint)
        .service(endpoints::list_checkpoints)
        .service(endpoints::prove_consistency)
        .service(endpoints::list_entries)
        .service(endpoints::prove_entry)
        .service(endpoints::export_journal)
        .service(endpoints::read_journal_keys);
}

/// Seals what waits, and signs a checkpoint when one is due.
///
/// # Errors
/// The database fails; what waits is sealed the next time.
pub async fn seal(state: &Arc<State>) -> Result<(), Problem> {
    actions::seal_waiting(&state.db, state.courier.process).await?;
    actions::sign_when_due(state).await
}

/// The state of the log that was signed last.
///
/// # Errors
/// The database fails.
pub fn last_mark(conn: &mut AnyConnection) -> QueryResult<Option<Mark>> {
    Ok(store::last_checkpoint(conn)?.map(|row| row.mark()))
}
