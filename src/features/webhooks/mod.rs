//! Webhooks: organisations subscribe to events, and get each as a signed message (Standard Webhooks) that is tried again
//! until it is taken or given up.
//!
//! To let another event out: its word in `domain::webhook::EventKind`, and who hears it in `EventKind::heard_by`.

mod actions;
mod endpoints;
mod store;
mod wire;

use std::sync::Arc;

use chrono::Duration;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    domain::lawbook::Lawbook,
    platform::{db::Tx, problem::Problem, state::State},
};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::register_webhook)
        .service(endpoints::list_webhooks)
        .service(endpoints::end_webhook)
        .service(endpoints::list_deliveries)
        .service(endpoints::replay_deliveries)
        .service(endpoints::read_webhook_keys);
}

/// Turns new journal rows into messages, and sends those that are due. Nothing here waits for a receiver.
///
/// # Errors
/// The database fails.
pub async fn deliver(state: &Arc<State>) -> Result<(), Problem> {
    actions::sequence(state).await?;
    actions::send_due(state).await
}

/// Forgets messages that ended long ago.
///
/// # Errors
/// The database cannot be written.
pub fn sweep(tx: &mut Tx<'_>, lawbook: &Lawbook) -> Result<(), Problem> {
    let days: i64 = lawbook.settings.on("webhook_messages_kept_days", tx.at().local_day());
    let before = tx.at().minus(Duration::days(days));
    store::sweep(tx.conn(), before)?;
    Ok(())
}
