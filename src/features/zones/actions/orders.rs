//! Emergency orders: issued, and ended early.

use super::{newest, record, zones::not_in_the_past};
use crate::{
    domain::{
        id::Id,
        role::Role,
        zone::{Control, ControlKind, Order, OrderError},
    },
    features::zones::wire::{OrderIn, ZoneOrderOut},
    platform::{
        db::Tx,
        problem::{Kind, Problem},
        state::Ground,
        told::ReasonIn,
    },
};

/// Issues an order; it is in force in every decision from its start instant on.
///
/// # Errors
/// It would start before now or end before it starts, or an enterprise is not known (422).
pub fn issue_order(tx: &mut Tx<'_>, on: &Ground, told: &OrderIn) -> Result<ZoneOrderOut, Problem> {
    let is_enterprise =
        |id: uuid::Uuid| on.directory.organisation(id).is_some_and(|known| known.role == Role::EnterpriseGate);
    if let Some(stray) = told.enterprises.iter().position(|id| !is_enterprise(id.uuid())) {
        let pointer = format!("/enterprises/{stray}");
        return Err(Problem::invalid(pointer, "unknown_enterprise", "there is no such enterprise", "没有该企业"));
    }
    let order = Order {
        id: tx.mint(),
        level: told.level,
        response: told.response,
        measures: told.measures.clone(),
        area: told.area.clone(),
        zone_kinds: told.zone_kinds.clone(),
        enterprises: told.enterprises.clone(),
        starts_at: not_in_the_past(told.starts_at, tx.at(), "/starts_at")?,
        ends_at: told.ends_at,
        basis: told.basis.clone(),
        ordered_by: told.ordered_by.clone(),
    };
    order.check().map_err(misfit)?;

    let subject = (order.id.recast(), told.reason.as_str());
    let kept = record(tx, on, Control::Order(order.clone()), 1, subject)?;
    Ok(ZoneOrderOut { order, kept })
}

/// Ends an order now; one that has not started never does.
///
/// # Errors
/// No such order (404), or it has ended already (409).
pub fn end_order(tx: &mut Tx<'_>, on: &Ground, id: Id<Order>, told: &ReasonIn) -> Result<ZoneOrderOut, Problem> {
    let row = newest(tx, ControlKind::Order, &id.to_string())?;
    let Control::Order(order) = row.body.0 else { return Err(Problem::not_found()) };

    let order = order.end(tx.at()).map_err(misfit)?;

    let subject = (id.recast(), told.reason.as_str());
    let kept = record(tx, on, Control::Order(order.clone()), row.version + 1, subject)?;
    Ok(ZoneOrderOut { order, kept })
}

fn misfit(error: OrderError) -> Problem {
    match error {
        OrderError::Ended => Problem::new(Kind::WrongState).because(error.to_string(), "该管控令已结束"),
        OrderError::EndsBeforeItStarts => {
            Problem::invalid("/ends_at", "order", error.to_string(), "结束时间不晚于开始时间")
        }
    }
}
