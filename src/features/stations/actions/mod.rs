//! Changes of stations: load · ask the domain · store and record.

mod assets;
mod line_checks;
mod reading;
mod suspending;

pub use assets::{end_asset, record_asset};
pub use line_checks::{answer, line_lacks, record_line_check};
pub use reading::read_station;
pub use suspending::{NewSuspension, end_if_not_over, end_suspension, suspend};

use crate::{
    domain::{
        id::Id,
        party::{Line, Organisation},
        role::Role,
    },
    platform::{
        auth::{Caller, Directory},
        problem::Problem,
    },
};

/// The station, for itself and for the offices that supervise it.
///
/// # Errors
/// There is no such station, or it is not the caller's to know (404).
pub fn must_concern(caller: &Caller, directory: &Directory, station: Id<Organisation>) -> Result<(), Problem> {
    let known = directory.organisation(station.uuid()).is_some_and(|found| found.role == Role::InspectionStation);
    let own = caller.role != Role::InspectionStation || caller.organisation == station.uuid();
    if known && own { Ok(()) } else { Err(Problem::not_found()) }
}

fn line_of(directory: &Directory, station: Id<Organisation>, code: &str) -> Result<Id<Line>, Problem> {
    let line = directory.line(station.uuid(), code);
    line.map(|line| line.id.into()).ok_or_else(|| {
        Problem::invalid("/line_code", "unknown_line", "no such line of this station", "本机构没有该检测线")
    })
}
