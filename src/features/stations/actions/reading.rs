//! A station as its supervisors see it.

use crate::{
    domain::{
        id::Id,
        lawbook::Lawbook,
        party::Organisation,
        station::{
            line_check::LineCheckKind,
            readiness::{NewestCheck, holds_until},
        },
        time::Instant,
        words::Word,
    },
    features::stations::{
        store,
        wire::{AssetOut, NewestCheckOut, StationLineOut, StationOut, SuspensionOut},
    },
    platform::{auth::Directory, db::AnyConnection, problem::Problem},
};

/// The station with its lines, what it tests with, and what bars it.
///
/// # Errors
/// There is no such station (404), or the database fails.
pub fn read_station(
    conn: &mut AnyConnection,
    directory: &Directory,
    lawbook: &Lawbook,
    station: Id<Organisation>,
    at: Instant,
) -> Result<StationOut, Problem> {
    let known = directory.organisation(station.uuid()).ok_or_else(Problem::not_found)?;
    let day = at.local_day();
    let own = directory.lines.iter().filter(|((of, _), _)| *of == station.uuid());
    let mut lines = Vec::new();
    for ((_, code), line) in own {
        let line_id = line.id.into();
        let checks = store::newest_checks(conn, (station, line_id), LineCheckKind::ALL, at)?;
        let checks = checks.into_iter().map(|check| newest(lawbook, check)).collect();
        lines.push(StationLineOut { line_id, code: code.clone(), standing: line.standing, checks });
    }
    lines.sort_by(|one, other| one.code.cmp(&other.code));
    let assets = store::of_station(conn, station, day)?;
    let barred = store::not_over(conn, station, at)?.into_iter().filter(|suspension| suspension.end() > at);
    Ok(StationOut {
        station_id: station,
        code: known.code.clone(),
        name: known.name.clone(),
        area: known.area.clone(),
        standing: known.standing,
        lines,
        assets: assets.into_iter().map(|asset| AssetOut::on(asset, day)).collect(),
        suspensions: barred.map(SuspensionOut::from).collect(),
    })
}

fn newest(lawbook: &Lawbook, check: NewestCheck) -> NewestCheckOut {
    let holds_until = holds_until(&lawbook.settings, check.ended_at.local_day());
    NewestCheckOut { kind: check.kind, ended_at: check.ended_at, result: check.result, holds_until }
}
