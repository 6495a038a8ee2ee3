//! The review of an order: what became of it at each gate.

use std::collections::BTreeMap;

use crate::{
    domain::{
        id::Id,
        party::Organisation,
        time::Instant,
        vehicle::area::AreaCode,
        zone::{Admission, Gate, Order, Outcome, Zone},
    },
    features::passes::{
        store,
        wire::{GateReviewOut, OrderReviewOut},
    },
    platform::{db::AnyConnection, problem::Problem, state::Ground},
};

type Gates = BTreeMap<(Id<Organisation>, String), GateReviewOut>;

/// Says per gate how many passes were refused and how many forbidden vehicles passed all the same, and which gates
/// were silent.
///
/// # Errors
/// No such order (404), or the database fails.
pub fn review_order(
    conn: &mut AnyConnection,
    on: &Ground,
    id: Id<Order>,
    now: Instant,
) -> Result<OrderReviewOut, Problem> {
    let order = on.controls.order(id).ok_or_else(Problem::not_found)?;
    let counted_until = order.ends_at.map_or(now, |end| end.min(now)).max(order.starts_at);
    let counted = store::counted(conn, order.starts_at, counted_until)?;
    let forbidden = store::forbidden(conn, id)?;

    let mut gates = reached(on, order, counted_until);
    for (organisation, entrance, admission, outcome, count) in counted {
        let Some(gate) = gate_of(on, order, &mut gates, &(organisation, entrance), counted_until) else { continue };
        gate.passes += count;
        gate.refused += if admission == Admission::Refused { count } else { 0 };
        let undecided = admission == Admission::Allowed && outcome == Outcome::Unknown;
        gate.undecided_passed += if undecided { count } else { 0 };
    }
    for (organisation, entrance, admission, count) in forbidden {
        let Some(gate) = gate_of(on, order, &mut gates, &(organisation, entrance), counted_until) else { continue };
        match admission {
            Admission::Allowed => gate.forbidden_passed += count,
            Admission::Refused => gate.forbidden_refused += count,
        }
    }
    Ok(page(order, counted_until, gates))
}

fn page(order: &Order, counted_until: Instant, gates: Gates) -> OrderReviewOut {
    let mut gates: Vec<GateReviewOut> = gates.into_values().collect();
    for gate in &mut gates {
        gate.silent = gate.passes == 0;
    }
    gates
        .sort_by_key(|gate| (-gate.forbidden_passed, !gate.silent, gate.organisation.clone(), gate.entrance.clone()));
    let sum = |of: fn(&GateReviewOut) -> i64| gates.iter().map(of).sum();
    OrderReviewOut {
        order_id: order.id,
        starts_at: order.starts_at,
        counted_until,
        refused: sum(|gate| gate.refused),
        forbidden_passed: sum(|gate| gate.forbidden_passed),
        silent_gates: sum(|gate| i64::from(gate.silent)),
        gates,
    }
}

/// The registered gates that the order reached, when it began or when it ended.
fn reached(on: &Ground, order: &Order, counted_until: Instant) -> Gates {
    let zones = on.controls.zones(order.starts_at).chain(on.controls.zones(counted_until));
    let gates = zones.filter(|zone| order.reaches(zone)).filter_map(|zone| zone.gate.as_ref());
    gates.map(|gate| ((gate.organisation_id, gate.entrance.clone()), blank(on, gate, true))).collect()
}

/// The counts of a gate; one that nobody registered is added when the order reaches its enterprise.
fn gate_of<'a>(
    on: &Ground,
    order: &Order,
    gates: &'a mut Gates,
    key: &(Id<Organisation>, String),
    at: Instant,
) -> Option<&'a mut GateReviewOut> {
    if !gates.contains_key(key) {
        let gate = Gate { organisation_id: key.0, entrance: key.1.clone() };
        if on.controls.gate(&gate, at).is_some() {
            return None;
        }
        let area = AreaCode::read(on.directory.area_of(key.0.uuid())).ok()?;
        let fresh = blank(on, &gate, false);
        if !order.reaches(&Zone::of_unregistered(gate, area, at)) {
            return None;
        }
        gates.insert(key.clone(), fresh);
    }
    gates.get_mut(key)
}

fn blank(on: &Ground, gate: &Gate, registered: bool) -> GateReviewOut {
    let organisation = on.directory.organisation(gate.organisation_id.uuid());
    GateReviewOut {
        organisation_id: gate.organisation_id,
        organisation: organisation.map(|found| found.name.clone()).unwrap_or_default(),
        entrance: gate.entrance.clone(),
        registered,
        passes: 0,
        refused: 0,
        forbidden_refused: 0,
        forbidden_passed: 0,
        undecided_passed: 0,
        silent: true,
    }
}
