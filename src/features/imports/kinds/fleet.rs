//! What rows of the fleet register have in common: they name a vehicle, and are recorded one after another.

use super::{Column, Taken};
use crate::{
    domain::{
        id::Id,
        import::Effect,
        party::Organisation,
        role::Role,
        vehicle::{Vehicle, plate::PlateKind},
        words::Word as _,
    },
    features::vehicles::{self, IdentityIn},
    import::{Row, cells},
    platform::{
        db::{AnyConnection, Tx},
        problem::{Fault, Kind, Problem, text},
        state::Ground,
    },
};

/// The columns by which a row names its vehicle.
pub const VEHICLE: [Column; 3] = [
    Column { field: "vin", zh: "车辆识别代号", also: &["车架号", "VIN码", "车辆识别代码"] },
    Column { field: "plate", zh: "号牌号码", also: &["车牌号", "车牌", "车牌号码", "号牌"] },
    Column { field: "plate_kind", zh: "号牌种类", also: &["车牌种类", "车牌类型"] },
];

/// The vehicle that a row names.
pub fn vehicle(row: &mut Row<'_>) -> IdentityIn {
    let named = IdentityIn {
        vin: row.text("vin").map(str::to_owned),
        plate: row.text("plate").map(str::to_owned),
        plate_kind: row.read("plate_kind", |cell| cells::coded(cell, PlateKind::from_code)),
    };
    if named.vin.is_none() && named.plate.is_none() {
        row.wrong("vin", "missing", "tell the VIN, or the plate with its kind", "请填写车架号或号牌及种类");
    }
    named
}

/// The cells by which an exported row names its vehicle.
pub fn name_of(vehicle: &Vehicle) -> [String; 3] {
    let (plate, kind) =
        vehicle.plate.as_ref().map_or((String::new(), ""), |(plate, kind)| (plate.to_string(), kind.zh()));
    [vehicle.vin.as_ref().map(ToString::to_string).unwrap_or_default(), plate, kind.to_owned()]
}

/// The next vehicles of the register, whose things are exported together, and the key after which the next begin.
pub fn next_vehicles(
    conn: &mut AnyConnection,
    after: Option<&str>,
    size: i64,
) -> Result<(Vec<Vehicle>, Option<String>), Problem> {
    let after = after.map(str::parse).transpose().map_err(|_| Problem::not_found())?;
    let found = vehicles::walk(conn, after, size)?;
    let next = found.last().map(|(vehicle, _)| vehicle.id.to_string());
    Ok((found.into_iter().map(|(vehicle, _)| vehicle).collect(), next))
}

/// An organisation by its code or its name.
pub fn organisation(
    on: &Ground,
    role: Role,
    told: Option<&String>,
    field: &str,
) -> Result<Option<Id<Organisation>>, Problem> {
    let Some(told) = told else { return Ok(None) };
    let active = on.directory.active(role);
    let found = active.iter().find(|known| known.code == *told || known.name == *told);
    found.map(|known| Some(known.id.into())).ok_or_else(|| {
        let en = format!("no {role} has the code or the name {told}");
        Problem::invalid(format!("/{field}"), "unknown_organisation", en, format!("未找到编号或名称为“{told}”的单位"))
    })
}

/// Records each row; what the register refuses is a fault of the row.
///
/// # Errors
/// The database fails, or another change was faster.
pub fn take_each<T>(
    tx: &mut Tx<'_>,
    rows: &[T],
    mut record: impl FnMut(&mut Tx<'_>, &T) -> Result<Effect, Problem>,
) -> Result<Taken, Problem> {
    let (mut effects, mut faults) = (Vec::with_capacity(rows.len()), Vec::new());
    for (place, row) in rows.iter().enumerate() {
        match record(tx, row) {
            Ok(effect) => effects.push(effect),
            Err(problem) if is_of_the_row(&problem) => {
                faults.extend(faults_of(&problem).into_iter().map(|fault| (place, fault)));
            }
            Err(problem) => return Err(problem),
        }
    }
    Ok(if faults.is_empty() { Ok(effects) } else { Err(faults) })
}

fn is_of_the_row(problem: &Problem) -> bool {
    matches!(problem.kind(), Kind::Invalid | Kind::NotFound | Kind::WrongState | Kind::AlreadyExists)
}

fn faults_of(problem: &Problem) -> Vec<Fault> {
    let kind = problem.kind();
    if problem.errors().is_empty() {
        let detail = problem.detail().cloned().unwrap_or_else(|| text(kind.title_en(), kind.title_zh()));
        return vec![Fault { pointer: String::new(), code: kind.code().replace('-', "_").into(), detail }];
    }
    problem.errors().to_vec()
}
