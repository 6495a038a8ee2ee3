//! Organisations subscribe, end what they subscribed to, and have messages sent once more.

use crate::{
    domain::{
        event::Event,
        id::Id,
        webhook::{Hears, Webhook},
        words::Word,
    },
    features::webhooks::{
        store::{self, WebhookRow},
        wire::{ReplayIn, WebhookIn},
    },
    platform::{
        auth::Caller,
        courier::{Courier, Unreachable},
        db::{Json, Tx},
        problem::{Fault, Kind, Problem, text},
    },
};

/// Subscriptions that go on, for each organisation at most.
const MOST: usize = 20;

/// Subscribes the caller's organisation to events.
///
/// # Errors
/// The address may not be reached, or an event is not the role's to hear (422); too many subscriptions (409).
pub fn register_webhook(
    tx: &mut Tx<'_>,
    caller: &Caller,
    courier: &Courier,
    told: &WebhookIn,
) -> Result<WebhookRow, Problem> {
    courier.may_reach(&told.url).map_err(unreachable)?;
    must_hear(caller, told)?;
    let own = store::active(tx.conn())?.iter().filter(|row| row.organisation_id == caller.home()).count();
    if own >= MOST {
        let (en, zh) = (format!("at most {MOST} webhooks"), format!("最多 {MOST} 个订阅"));
        return Err(Problem::new(Kind::WrongState).because(en, zh));
    }
    let mut events = told.events.clone();
    events.sort_unstable();
    events.dedup();

    let row = WebhookRow {
        id: tx.mint(),
        organisation_id: caller.home(),
        url: told.url.clone(),
        events: Json(events),
        registered_at: tx.at(),
        ended_at: None,
        end_reason: None,
    };

    store::insert(tx.conn(), &row)?;
    tx.record(caller.home(), Event::WebhookRegistered { webhook: row.id });
    Ok(row)
}

fn must_hear(caller: &Caller, told: &WebhookIn) -> Result<(), Problem> {
    let deaf = told.events.iter().enumerate().filter(|(_, kind)| kind.heard_by(caller.role) == Hears::Nothing);
    let faults: Vec<_> = deaf
        .map(|(at, kind)| Fault {
            pointer: format!("/events/{at}"),
            code: "not_yours".into(),
            detail: text(
                format!("your role does not hear `{}`", kind.word()),
                format!("您的角色不能订阅：{}", kind.zh()),
            ),
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Problem::new(Kind::Invalid).with_errors(faults)) }
}

fn unreachable(refusal: Unreachable) -> Problem {
    let zh = match refusal {
        Unreachable::Address => "须为不含用户名的 https 地址",
        Unreachable::Plain => "仅本机地址可用 http",
        Unreachable::Network => "该网络未开放给 Webhook",
    };
    Problem::invalid("/url", "unreachable", refusal.to_string(), zh)
}

/// Ends a subscription; what still waits is given up.
///
/// # Errors
/// No such subscription of the organisation (404), or it has ended (409).
pub fn end_webhook(tx: &mut Tx<'_>, caller: &Caller, id: Id<Webhook>, reason: &str) -> Result<WebhookRow, Problem> {
    let mut row = store::find(tx.conn(), caller.home(), id)?.ok_or_else(Problem::not_found)?;
    let at = tx.at();
    if !store::end(tx.conn(), id, reason, at)? {
        return Err(Problem::new(Kind::WrongState).because("it has ended already", "该订阅已终止"));
    }
    store::give_up_of(tx.conn(), id, at)?;
    tx.record(caller.home(), Event::WebhookEnded { webhook: id, reason: reason.to_owned() });
    (row.ended_at, row.end_reason) = (Some(at), Some(reason.to_owned()));
    Ok(row)
}

/// Has one message sent once more, or every dead one.
///
/// # Errors
/// No such subscription or message (404), or the subscription has ended (409).
pub fn replay_deliveries(tx: &mut Tx<'_>, caller: &Caller, id: Id<Webhook>, told: &ReplayIn) -> Result<i64, Problem> {
    let row = store::find(tx.conn(), caller.home(), id)?.ok_or_else(Problem::not_found)?;
    if row.ended_at.is_some() {
        return Err(Problem::new(Kind::WrongState).because("it has ended", "该订阅已终止"));
    }
    let at = tx.at();
    let count = store::replay(tx.conn(), id, told.delivery_id, at)?;
    if told.delivery_id.is_some() && count == 0 {
        return Err(Problem::not_found());
    }
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    tx.record(caller.home(), Event::DeliveriesReplayed { webhook: id, count });
    Ok(count)
}
