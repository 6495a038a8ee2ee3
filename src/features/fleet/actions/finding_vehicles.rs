//! The vehicle that a row of a batch means: VIN and plate must name the same one.

use crate::{
    domain::{id::Id, vehicle::Vehicle},
    features::vehicles::{self, IdentityIn},
    platform::{
        db::AnyConnection,
        problem::{Fault, Kind, Problem, text},
    },
};

/// The vehicle of an identity.
///
/// # Errors
/// No vehicle has it (404), its plate belongs to another than its VIN (422), or it cannot be read (422).
pub fn vehicle_of(conn: &mut AnyConnection, told: &IdentityIn, at: &str) -> Result<Id<Vehicle>, Problem> {
    let by_vin = told.vin.as_ref().map(|_| IdentityIn { plate: None, plate_kind: None, vin: told.vin.clone() });
    let by_plate = told.plate.as_ref().map(|_| IdentityIn { vin: None, ..told.clone() });
    if by_vin.is_none() && by_plate.is_none() {
        return vehicles::find(conn, told).and(Err(Problem::not_found()));
    }
    let with_vin = by_vin.as_ref().map(|identity| vehicles::find(conn, identity)).transpose()?;
    let with_plate = by_plate.as_ref().map(|identity| vehicles::find(conn, identity)).transpose()?;
    match (with_vin.flatten(), with_plate.flatten()) {
        (Some(one), Some(other)) if one.id != other.id => Err(plate_of_another(at)),
        // The plate is known, and its vehicle has another VIN than the one that was told.
        (None, Some(other)) if by_vin.is_some() && other.vin.is_some() => Err(plate_of_another(at)),
        (Some(vehicle), _) | (None, Some(vehicle)) => Ok(vehicle.id),
        (None, None) => Err(unknown_vehicle(at)),
    }
}

fn plate_of_another(at: &str) -> Problem {
    Problem::invalid(
        format!("{at}/plate"),
        "plate_of_another",
        "the plate belongs to another vehicle than the VIN",
        "该号牌属于另一车辆，与车架号不符",
    )
}

fn unknown_vehicle(at: &str) -> Problem {
    let detail = text("no vehicle of this identity is known", "未找到该车辆");
    let fault = Fault { pointer: at.to_owned(), code: "unknown_vehicle".into(), detail };
    Problem::new(Kind::NotFound).with_errors(vec![fault])
}
