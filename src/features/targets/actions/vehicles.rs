//! The vehicles behind a number, page by page.

use super::Question;
use crate::{
    domain::{
        fleet::{Entry, Trade},
        id::Id,
        target::{Merit, Reading},
        vehicle::{Vehicle, energy::EnergyKind, stage::Stage},
        words::Word,
    },
    features::{
        fleet::{self, EntryRow, Lookup},
        targets::wire::{Part, StandingVehicleOut},
        vehicles,
    },
    platform::{db::AnyConnection, problem::Problem},
};

/// Which of the vehicles.
pub struct Asked {
    /// The reading; the one to judge by when absent.
    pub reading: Option<String>,
    /// Of one trade alone.
    pub trade: Option<Trade>,
    /// The part.
    pub part: Part,
}

/// A place in the pages: an entry of a vehicle.
type Place = (Id<Vehicle>, Id<Entry>);

/// A page of the vehicles behind a number, one more than its size when there is a next page.
///
/// # Errors
/// No such reading or trade in the target (422), or the database cannot be read.
pub fn vehicles_behind(
    conn: &mut AnyConnection,
    question: &Question,
    asked: &Asked,
    (after, size): (Option<Place>, i64),
) -> Result<Vec<(StandingVehicleOut, Id<Entry>)>, Problem> {
    if question.target.readings.is_empty() {
        return Ok(Vec::new());
    }
    let reading = reading(question, asked)?;
    let mut lookup = narrow(question, &reading, asked.part);
    if let Some(trade) = asked.trade {
        if !reading.scope.trades.contains(&trade) {
            let (en, zh) = ("the reading does not count this trade", "该统计口径不含此行业");
            return Err(Problem::invalid("/trade", "not_counted", en, zh));
        }
        lookup.trades = vec![trade];
    }
    let rows = fleet::page(conn, &lookup, after, size)?;
    let ids: Vec<_> = rows.iter().map(|row| row.vehicle_id).collect();
    let known = vehicles::load_many(conn, &ids)?;
    Ok(rows.iter().map(|row| (out(row, known.get(&row.vehicle_id)), row.id)).collect())
}

fn reading(question: &Question, asked: &Asked) -> Result<Reading, Problem> {
    let judging = question.target.judging(&question.settings, question.as_of).0;
    let named = asked.reading.as_ref();
    let found = named.map_or(judging, |id| question.target.readings.iter().find(|reading| reading.id == *id));
    found.cloned().ok_or_else(|| {
        Problem::invalid("/reading", "unknown_reading", "the target has no such reading", "该目标没有此统计口径")
    })
}

/// The entries of one part of a reading.
fn narrow(question: &Question, reading: &Reading, part: Part) -> Lookup {
    let lookup = question.lookup(reading);
    let new = &question.new_energy.0;
    let drives =
        |keep: &dyn Fn(EnergyKind) -> bool| EnergyKind::ALL.iter().copied().filter(|kind| keep(*kind)).collect();
    let stages = |keep: &dyn Fn(Stage) -> bool| Stage::ALL.iter().copied().filter(|stage| keep(*stage)).collect();
    let clean = |stage: Stage| stage.number().is_some_and(|number| number >= 6);
    let old = |stage: Stage| reading.scope.stage_at_most.is_none_or(|limit| stage.at_most(limit));
    let not_new = |kind: EnergyKind| !new.contains(&kind);
    match (question.target.merit, part) {
        (_, Part::All) | (Merit::Connected | Merit::Served, _) => lookup,
        (Merit::NewEnergy, Part::Counted) => Lookup { energies: new.clone(), ..lookup },
        (Merit::NewEnergy, Part::Unknown) => Lookup { energies: vec![EnergyKind::Unknown], ..lookup },
        (Merit::NewEnergy, Part::Others) => {
            Lookup { energies: drives(&|kind| not_new(kind) && kind != EnergyKind::Unknown), ..lookup }
        }
        (Merit::NewEnergyOrChina6, Part::Counted) => Lookup { either: Some((new.clone(), stages(&clean))), ..lookup },
        (Merit::NewEnergyOrChina6, Part::Unknown) => Lookup {
            energies: drives(&not_new),
            stages: stages(&|stage| !clean(stage)),
            either: Some((vec![EnergyKind::Unknown], vec![Stage::Unknown])),
            ..lookup
        },
        (Merit::NewEnergyOrChina6, Part::Others) => Lookup {
            energies: drives(&|kind| not_new(kind) && kind != EnergyKind::Unknown),
            stages: stages(&|stage| !clean(stage) && stage != Stage::Unknown),
            ..lookup
        },
        (Merit::Remaining, Part::Counted) => Lookup { stages: stages(&old), ..lookup },
        (Merit::Remaining, Part::Unknown) => Lookup { stages: vec![Stage::Unknown], ..lookup },
        (Merit::Remaining, Part::Others) => {
            Lookup { stages: stages(&|stage| !old(stage) && stage != Stage::Unknown), ..lookup }
        }
    }
}

fn out(row: &EntryRow, vehicle: Option<&Vehicle>) -> StandingVehicleOut {
    let entry = row.entry();
    let (plate, plate_kind) = vehicle.and_then(|vehicle| vehicle.plate.clone()).unzip();
    StandingVehicleOut {
        vehicle_id: row.vehicle_id,
        plate,
        plate_kind,
        operator_id: entry.operator,
        trades: entry.trades.iter().collect(),
        area: entry.area,
        way_in: entry.way_in,
        from: entry.from,
        until: entry.until,
        energy: entry.build.energy,
        stage: entry.build.stage,
        fuel: entry.build.fuel,
        truck: entry.build.truck,
    }
}
