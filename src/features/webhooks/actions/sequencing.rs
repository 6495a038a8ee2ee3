//! One process at a time looks through the outbox, and makes a message of each event for each webhook that hears it.

use std::sync::Arc;

use chrono::Duration;
use serde_json::json;
use uuid::Uuid;

use crate::{
    domain::{
        time::Instant,
        webhook::{DeliveryState, EventKind, Hears},
    },
    features::webhooks::store::{self, DeliveryRow, WebhookRow},
    platform::{
        auth::Directory,
        db::Tx,
        journal::Actor,
        outbox::{self, Told},
        problem::Problem,
        state::State,
    },
};

/// Rows in one transaction: few enough that others do not wait.
const BATCH: i64 = 256;
/// How long a process that fell silent keeps the others waiting.
const LEASE_S: i64 = 30;

/// Looks through all that waits in the outbox.
///
/// # Errors
/// The database fails.
pub async fn sequence(state: &Arc<State>) -> Result<(), Problem> {
    while state.db.read(|conn| Ok(outbox::is_any_waiting(conn)?)).await? {
        let (directory, process) = (state.directory.get(), state.courier.process);
        let work = move |tx: &mut Tx<'_>| sequence_some(tx, &directory, process);
        if state.db.write("sequence_outbox", Actor::service(), work).await? < BATCH {
            break;
        }
    }
    Ok(())
}

/// Looks through some rows; tells how many.
fn sequence_some(tx: &mut Tx<'_>, directory: &Directory, process: Uuid) -> Result<i64, Problem> {
    if !outbox::hold(tx, "outbox", process, Duration::seconds(LEASE_S))? {
        return Ok(0);
    }
    let (told, webhooks) = (outbox::waiting(tx.conn(), BATCH)?, store::active(tx.conn())?);

    let at = tx.at();
    let messages: Vec<_> = told.iter().flat_map(|told| messages(told, &webhooks, directory, at)).collect();

    store::insert_deliveries(tx.conn(), &messages)?;
    outbox::done(tx.conn(), &told)?;
    Ok(i64::try_from(told.len()).unwrap_or(i64::MAX))
}

/// The messages of one event.
fn messages(told: &Told, webhooks: &[WebhookRow], directory: &Directory, at: Instant) -> Vec<DeliveryRow> {
    let Some(kind) = EventKind::of(&told.event) else { return Vec::new() };
    let hearing = webhooks.iter().filter(|webhook| hears(webhook, kind, told, directory));
    hearing.map(|webhook| message(webhook, kind, told, at)).collect()
}

fn hears(webhook: &WebhookRow, kind: EventKind, told: &Told, directory: &Directory) -> bool {
    let home = webhook.organisation_id.uuid();
    let Some(role) = directory.organisation(home).map(|found| found.role) else { return false };
    let own = told.organisation.is_some_and(|organisation| organisation.uuid() == home);
    let in_reach = match kind.heard_by(role) {
        Hears::All => true,
        Hears::Own => own,
        Hears::Nothing => false,
    };
    // A webhook hears what happens after it was registered.
    in_reach && webhook.events.0.contains(&kind) && webhook.registered_at <= told.at
}

fn message(webhook: &WebhookRow, kind: EventKind, told: &Told, at: Instant) -> DeliveryRow {
    let mut data = told.event.clone();
    if let Some(members) = data.as_object_mut() {
        members.remove("event");
        members.insert("subject_id".to_owned(), json!(told.subject));
        members.insert("organisation_id".to_owned(), json!(told.organisation));
    }
    DeliveryRow {
        webhook_id: webhook.id,
        id: told.id.recast(),
        event: kind,
        body: json!({ "type": kind, "timestamp": told.at, "data": data }).to_string(),
        state: DeliveryState::Waiting,
        attempts: 0,
        made_at: at,
        due_at: at,
        attempted_at: None,
        status: None,
        fault: None,
        ended_at: None,
    }
}
