//! Recording passes: the batch is loaded with few queries, each pass decided, and all stored with few statements.

use std::collections::HashMap;

use chrono::Duration;

use crate::{
    domain::{
        event::Event,
        fleet::SightedBy,
        id::Id,
        vehicle::{Vehicle, area::AreaCode, fuel::Fuel, vehicle_type::VehicleType},
        zone::{Admission, Decision, Gate, Order, Outcome, Subject, Zone, decide_in},
    },
    features::{
        decisions, fleet,
        passes::{
            store::{self, ForbiddenRow, PassRow},
            wire::{PassIn, PassOut},
        },
        vehicles::IdentityIn,
    },
    platform::{
        db::{Json, Tx},
        problem::{Kind, Problem},
        state::Ground,
    },
};

/// A pass that is kept: now, or by the same pass before.
pub struct Recorded {
    /// The pass.
    pub pass: PassOut,
    /// Whether it was there before.
    pub again: bool,
}

/// Records an enterprise's passes, each with its own outcome, in order.
///
/// # Errors
/// The database fails; then nothing of the batch is stored.
pub fn record_gate_passes(
    tx: &mut Tx<'_>,
    on: &Ground,
    sent: &[PassIn],
) -> Result<Vec<Result<Recorded, Problem>>, Problem> {
    let numbers: Vec<&str> = sent.iter().map(|pass| pass.pass_number.as_str()).collect();
    let mut known = store::known(tx.conn(), on.caller.home(), &numbers)?;

    let (mut rows, mut forbidden, mut seen) = (Vec::new(), Vec::new(), Vec::new());
    let mut outcomes = Vec::with_capacity(sent.len());
    for pass in sent {
        match decide(tx, on, &mut known, pass) {
            Ok(Decided::Again(row)) => outcomes.push(Ok(Recorded { pass: row.out(), again: true })),
            Ok(Decided::New(row, decision, vehicle)) => {
                seen.extend(vehicle.map(|vehicle| (vehicle, row.passed_at.local_day())));
                forbidden.extend(decision.forbidden_by.iter().map(|order| row.forbidden(*order)));
                outcomes.push(Ok(Recorded { pass: row.out(), again: false }));
                rows.push(*row);
            }
            // The database failed: that is no answer for one pass.
            Err(fault) if fault.kind().status() >= 500 => return Err(fault),
            Err(problem) => outcomes.push(Err(problem)),
        }
    }

    if store::insert(tx.conn(), &rows, &forbidden)? != rows.len() {
        // Another request kept one of them at the same moment; this one looks again.
        return Err(Problem::run_again());
    }
    fleet::note_seen(tx, SightedBy::GatePass, &seen)?;
    let count = |admission| rows.iter().filter(|row| row.admission == admission).count();
    let refused = i64::try_from(count(Admission::Refused)).unwrap_or_default();
    let recorded = i64::try_from(rows.len()).unwrap_or_default();
    tx.record(on.caller.home(), Event::GatePassesRecorded { recorded, refused });
    Ok(outcomes)
}

enum Decided {
    Again(Box<PassRow>),
    New(Box<PassRow>, Decision, Option<Id<Vehicle>>),
}

fn decide(
    tx: &mut Tx<'_>,
    on: &Ground,
    known: &mut HashMap<(String, String), PassRow>,
    pass: &PassIn,
) -> Result<Decided, Problem> {
    let hash = store::hash(pass)?;
    let key = (pass.entrance.clone(), pass.pass_number.clone());
    if let Some(first) = known.get(&key) {
        if first.body_hash == hash {
            return Ok(Decided::Again(Box::new(first.clone())));
        }
        return Err(Problem::new(Kind::AlreadyExists)
            .because("this pass number is kept with another content", "该通行编号已上报，且数据不一致"));
    }
    must_not_be_in_the_future(tx, on, pass)?;
    let (subject, vehicle) = subject(tx, pass)?;
    let (zone, decision) = judge(on, pass, &subject)?;
    let row = PassRow {
        organisation_id: on.caller.home(),
        entrance: pass.entrance.clone(),
        pass_number: pass.pass_number.clone(),
        passed_at: pass.passed_at,
        direction: pass.direction,
        admission: pass.admission,
        outcome: decision.outcome,
        zone_id: zone,
        body_hash: hash,
        body: Json(pass.clone()),
        recorded_at: tx.at(),
        recorded_by: on.caller.id.into(),
    };
    known.insert(key, row.clone());
    Ok(Decided::New(Box::new(row), decision, vehicle))
}

/// What the service decides for the vehicle, the gate and the time of a pass. At a gate that nobody has registered
/// only orders can be asked: what they do not forbid stays open.
fn judge(on: &Ground, pass: &PassIn, subject: &Subject) -> Result<(Option<Id<Zone>>, Decision), Problem> {
    let gate = Gate { organisation_id: on.caller.home(), entrance: pass.entrance.clone() };
    if let Some(zone) = on.controls.gate(&gate, pass.passed_at) {
        return Ok((Some(zone.id), decide_in(subject, &[zone], None, &on.controls, pass.passed_at)));
    }
    let area = AreaCode::read(on.directory.area_of(on.caller.organisation));
    let area = area.map_err(|error| Problem::internal(&error))?;
    let zone = Zone::of_unregistered(gate, area, pass.passed_at);
    let mut decision = decide_in(subject, &[&zone], None, &on.controls, pass.passed_at);
    if decision.outcome == Outcome::Allow {
        decision.outcome = Outcome::Unknown;
    }
    Ok((None, decision))
}

/// What the registry knows of the vehicle, and what the gate's own ledger adds.
fn subject(tx: &mut Tx<'_>, pass: &PassIn) -> Result<(Subject, Option<Id<Vehicle>>), Problem> {
    let read = |pointer, zh| move |error: String| Problem::invalid(pointer, "unreadable", error, zh);
    let vehicle_type = pass.vehicle_type.as_deref().map(VehicleType::read).transpose();
    let fuel = pass.fuel.as_deref().map(Fuel::read).transpose();
    let ledger = Subject {
        plate: None,
        vehicle_type: vehicle_type
            .map_err(|error| read("/vehicle_type", "无法识别的车辆类型")(error.to_string()))?,
        use_nature: pass.use_nature,
        stage: pass.stage,
        fuel: fuel.map_err(|error| read("/fuel", "无法识别的燃料种类")(error.to_string()))?,
        energy: pass.energy,
        gvm_kg: None,
        listed: None,
    };
    // A plate without its kind names no vehicle for sure.
    let plate = pass.plate.clone().filter(|_| pass.plate_kind.is_some());
    if plate.is_none() && pass.vin.is_none() {
        return Ok((ledger, None));
    }
    let plate_kind = pass.plate_kind.filter(|_| plate.is_some());
    let identity = IdentityIn { plate, plate_kind, vin: pass.vin.clone() };
    let (known, vehicle) = decisions::facts(tx.conn(), &identity, pass.passed_at)?;
    Ok((known.or(&ledger), vehicle))
}

fn must_not_be_in_the_future(tx: &Tx<'_>, on: &Ground, pass: &PassIn) -> Result<(), Problem> {
    let minutes: i64 = on.lawbook.settings.on("future_tolerance_minutes", tx.at().local_day());
    if pass.passed_at <= tx.at().plus(Duration::minutes(minutes)) {
        return Ok(());
    }
    Err(Problem::invalid("/passed_at", "in_the_future", "lies after now; set the clock", "晚于当前时间，请校时"))
}

impl PassRow {
    /// The pass as it is answered.
    pub fn out(&self) -> PassOut {
        PassOut {
            entrance: self.entrance.clone(),
            pass_number: self.pass_number.clone(),
            zone_id: self.zone_id,
            direction: self.direction,
            passed_at: self.passed_at,
            admission: self.admission,
            outcome: self.outcome,
        }
    }

    fn forbidden(&self, order_id: Id<Order>) -> ForbiddenRow {
        ForbiddenRow {
            organisation_id: self.organisation_id,
            order_id,
            entrance: self.entrance.clone(),
            pass_number: self.pass_number.clone(),
            admission: self.admission,
            passed_at: self.passed_at,
        }
    }
}
