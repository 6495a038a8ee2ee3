//! Admitting a result: the acceptance that it names and what the gate says, or else the vehicle that it tells of.

use std::collections::hash_map::Entry;

use super::recording::Known;
use crate::{
    domain::{
        acceptance::Acceptance,
        case::Ground,
        gate,
        id::Id,
        inspection::{InspectionKind, Nature},
        party::Line,
        standard::Readings,
        vehicle::Vehicle,
    },
    features::{
        acceptances::{self, AcceptanceIn},
        cases,
        inspections::wire::InspectionIn,
        stations, vehicles,
    },
    platform::{
        db::Tx,
        problem::{Kind, Problem},
        state::Ground as Standpoint,
    },
};

/// A result in the light of its acceptance.
pub(super) struct Admission {
    pub vehicle: Id<Vehicle>,
    pub kind: InspectionKind,
    pub nature: Nature,
    pub acceptance: Option<(Acceptance, AcceptanceIn)>,
    pub ground: Option<Ground>,
}

/// Finds the acceptance that the result names; without one, meets the vehicle and asks the gate for its own time.
pub(super) fn admit(
    tx: &mut Tx<'_>,
    on: &Standpoint,
    known: &mut Known,
    sent: &InspectionIn,
) -> Result<Admission, Problem> {
    let Some(number) = &sent.acceptance_number else { return admit_without(tx, on, known, sent) };
    let (acceptance, told) = known.acceptances.get(number).cloned().ok_or_else(|| {
        Problem::invalid(
            "/acceptance_number",
            "unknown_acceptance",
            "no such acceptance of this station",
            "本机构没有该受理编号",
        )
    })?;
    let method = sent.readings.as_ref().map(Readings::method);
    if method.is_some_and(|method| method != acceptance.method) {
        return Err(Problem::invalid(
            "/readings/method",
            "method_not_accepted",
            format!("the vehicle was accepted for `{}`", acceptance.method),
            "检测方法与受理时不一致",
        ));
    }
    let open = acceptance.is_open() && sent.started_at < acceptance.lapses_at;
    if !open && acceptance.has_result() {
        return Err(
            Problem::new(Kind::WrongState).because("the acceptance has a result already", "该受理编号已有检测结果")
        );
    }
    Ok(Admission {
        vehicle: acceptance.vehicle,
        kind: acceptance.kind,
        nature: acceptance.nature,
        ground: acceptance.ground.filter(|_| open),
        acceptance: open.then_some((acceptance, told)),
    })
}

/// A retest that began while its line or station was suspended, and was not on the line before, stands on no ground: it
/// is recorded and judged, and closes no case until the bureau confirms it.
pub(super) fn unless_suspended(
    tx: &mut Tx<'_>,
    on: &Standpoint,
    line: Id<Line>,
    sent: &InspectionIn,
    mut admission: Admission,
) -> Result<Admission, Problem> {
    let was_testing = admission.acceptance.as_ref().is_some_and(|(acceptance, _)| acceptance.is_testing());
    let place = (on.caller.home(), line);
    if admission.ground.is_some() && !was_testing && stations::barring(tx.conn(), place, sent.started_at)?.is_some() {
        admission.ground = None;
    }
    Ok(admission)
}

fn admit_without(
    tx: &mut Tx<'_>,
    on: &Standpoint,
    known: &mut Known,
    sent: &InspectionIn,
) -> Result<Admission, Problem> {
    let (Some(told), Some(kind), Some(nature)) = (&sent.vehicle, sent.kind, sent.nature) else {
        return Err(Problem::invalid(
            "/acceptance_number",
            "missing",
            "name the acceptance, or else the vehicle with kind and nature",
            "请填写受理编号；无受理编号时须填写车辆、检验类别和检验性质",
        ));
    };
    let (vehicle, _) = vehicles::meet(tx, told)?;
    if let Entry::Vacant(place) = known.cases.entry(vehicle.id)
        && let Some(case) = cases::open_case(tx.conn(), vehicle.id)?
    {
        place.insert(case);
    }
    let request = gate::Request { station: on.caller.organisation.into(), kind, nature, at: sent.started_at };
    let ground = acceptances::check_gate(tx, &on.lawbook, vehicle.id, &request)?.ok().flatten();
    let admission = Admission { vehicle: vehicle.id, kind, nature, acceptance: None, ground };
    known.vehicles.insert(vehicle.id, vehicle);
    Ok(admission)
}
