//! Messages that are due set out, each target on its own: one that hangs keeps nobody else waiting.

use std::{collections::BTreeMap, sync::Arc};

use chrono::Duration;

use crate::{
    domain::{
        id::Id,
        time::Instant,
        webhook::{DeliveryState, Webhook, next_attempt},
    },
    features::webhooks::store::{self, DeliveryRow, Due, Outcome},
    platform::{db::Tx, journal::Actor, problem::Problem, state::State},
};

/// Messages that are looked at together.
const ROUND: i64 = 64;
/// Messages of one target in one round.
const EACH: usize = 8;
/// After that long a message that a process had claimed and did not settle is tried again: longer than `EACH` slow
/// answers.
const CLAIM_S: i64 = 120;

/// Sends what is due, without waiting for the receivers.
///
/// # Errors
/// The database fails.
pub async fn send_due(state: &Arc<State>) -> Result<(), Problem> {
    let busy: Vec<Id<Webhook>> = state.courier.busy().into_iter().map(Id::from).collect();
    let now = state.clock.now();
    let due = state.db.read(move |conn| Ok(store::due(conn, now, &busy, ROUND)?)).await?;
    let mut targets = BTreeMap::<Id<Webhook>, Vec<Due>>::new();
    for message in due {
        let messages = targets.entry(message.row.webhook_id).or_default();
        if messages.len() < EACH {
            messages.push(message);
        }
    }
    for (target, messages) in targets {
        if !state.courier.take(target.uuid()) {
            continue;
        }
        let serving = Arc::clone(state);
        tokio::spawn(async move {
            if let Err(problem) = serve(&serving, messages).await {
                tracing::error!(%problem, "a message could not be claimed or settled");
            }
            serving.courier.give_back(target.uuid());
        });
    }
    Ok(())
}

/// Sends some messages to one target, one after another, until one fails.
async fn serve(state: &Arc<State>, messages: Vec<Due>) -> Result<(), Problem> {
    let Ok(_slot) = state.courier.slots.acquire().await else { return Ok(()) };
    let claiming = move |tx: &mut Tx<'_>| {
        let (at, until) = (tx.at(), tx.at().plus(Duration::seconds(CLAIM_S)));
        let mut mine = Vec::new();
        for message in &messages {
            if store::claim(tx.conn(), &message.row, at, until)? {
                mine.push(message.clone());
            }
        }
        Ok(mine)
    };
    let mut waiting = state.db.write("claim_deliveries", Actor::service(), claiming).await?.into_iter();
    while let Some(Due { row, url }) = waiting.next() {
        let outcome = attempt(state, &row, &url).await;
        let (failed, due_at) = (outcome.state != DeliveryState::Delivered, outcome.due_at);
        settle(state, row, outcome).await?;
        if failed {
            return put_off(state, waiting.map(|due| due.row).collect(), due_at).await;
        }
    }
    Ok(())
}

/// Tries one message.
async fn attempt(state: &State, row: &DeliveryRow, url: &str) -> Outcome {
    let (id, now) = (row.id.to_string(), state.clock.now());
    let timestamp = now.micros().div_euclid(1_000_000);
    let signature = state.keys.webhook_signature(&id, timestamp, &row.body);
    let headers =
        [("webhook-id", id), ("webhook-timestamp", timestamp.to_string()), ("webhook-signature", signature)];
    let answered = state.courier.post(url, headers, row.body.clone()).await;
    metrics::counter!("imfleet_webhook_attempts").increment(1);
    match answered {
        Ok(status @ 200..=299) => {
            Outcome { state: DeliveryState::Delivered, due_at: now, status: Some(i64::from(status)), fault: None }
        }
        // The receiver says that it is gone for good.
        Ok(410) => Outcome { state: DeliveryState::Dead, due_at: now, status: Some(410), fault: None },
        Ok(status) => again(row, now, Some(i64::from(status)), None),
        Err(fault) => again(row, now, None, Some(fault)),
    }
}

/// The message is tried again, or given up after enough attempts.
fn again(row: &DeliveryRow, now: Instant, status: Option<i64>, fault: Option<String>) -> Outcome {
    match next_attempt(row.attempts + 1, now) {
        Some(due_at) => Outcome { state: DeliveryState::Waiting, due_at, status, fault },
        None => Outcome { state: DeliveryState::Dead, due_at: now, status, fault },
    }
}

async fn settle(state: &State, row: DeliveryRow, outcome: Outcome) -> Result<(), Problem> {
    let settling = move |tx: &mut Tx<'_>| {
        let at = tx.at();
        Ok(store::settle(tx.conn(), &row, &outcome, at)?)
    };
    state.db.write("settle_delivery", Actor::service(), settling).await.map(drop)
}

async fn put_off(state: &State, rows: Vec<DeliveryRow>, until: Instant) -> Result<(), Problem> {
    if rows.is_empty() {
        return Ok(());
    }
    let putting_off = move |tx: &mut Tx<'_>| {
        rows.iter().try_for_each(|row| store::put_off(tx.conn(), row, until).map(drop)).map_err(Problem::from)
    };
    state.db.write("put_off_deliveries", Actor::service(), putting_off).await
}
