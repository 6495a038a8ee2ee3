//! What a station tests with comes and goes.

use super::{line_of, must_concern};
use crate::{
    domain::{
        event::Event,
        id::Id,
        party::Organisation,
        station::{Asset, AssetError},
        time::Day,
        words::Word,
    },
    features::stations::{store, wire::AssetIn},
    platform::{
        db::Tx,
        problem::{Kind, Problem},
        state::Ground,
    },
};

/// Records an asset of a station. A renewed certificate is recorded anew; the asset with the old one is ended.
///
/// # Errors
/// No such station (404), not the caller's to tell (403), a member is missing or contradicts another (422), or it is
/// there already (409).
pub fn record_asset(
    tx: &mut Tx<'_>,
    on: &Ground,
    station: Id<Organisation>,
    told: &AssetIn,
) -> Result<Asset, Problem> {
    must_concern(&on.caller, &on.directory, station)?;
    if !told.kind.is_told_by(on.caller.role) {
        let zh = format!("“{}”须由主管部门登记", told.kind.zh());
        return Err(Problem::new(Kind::Forbidden).because("the offices record this kind", zh));
    }
    let line = told.line_code.as_deref().map(|code| line_of(&on.directory, station, code)).transpose()?;

    let asset = told.read(tx.mint(), station, line);
    asset.check().map_err(misfit)?;

    let at = tx.at();
    if !store::insert_asset(tx.conn(), &asset, at)? {
        return Err(Problem::new(Kind::AlreadyExists)
            .because("the station has one of this kind, name, number and first day", "该机构已登记同名同号的要素"));
    }
    tx.record(station, Event::StationAssetRecorded { asset: asset.id, kind: asset.kind });
    Ok(asset)
}

/// An asset serves no more after a day.
///
/// # Errors
/// No such asset (404), not the caller's to tell (403), it is ended (409), or the day lies before its first (422).
pub fn end_asset(
    tx: &mut Tx<'_>,
    on: &Ground,
    (station, id): (Id<Organisation>, Id<Asset>),
    last_on: Day,
) -> Result<Asset, Problem> {
    must_concern(&on.caller, &on.directory, station)?;
    let mut asset = store::find_asset(tx.conn(), station, id)?.ok_or_else(Problem::not_found)?;
    if !asset.kind.is_told_by(on.caller.role) {
        return Err(Problem::new(Kind::Forbidden));
    }

    if last_on < asset.valid_from {
        return Err(Problem::invalid("/last_on", "order", "before its first day", "早于起始日期"));
    }

    if !store::end_asset(tx.conn(), id, last_on)? {
        return Err(Problem::new(Kind::WrongState).because("it is ended already", "已停用"));
    }
    tx.record(station, Event::StationAssetEnded { asset: id });
    asset.ended_on = Some(last_on);
    Ok(asset)
}

fn misfit(error: AssetError) -> Problem {
    match error {
        AssetError::Missing(member) => {
            Problem::invalid(format!("/{member}"), "missing", error.to_string(), format!("此类要素须填写 {member}"))
        }
        AssetError::Order => Problem::invalid("/valid_to", "order", error.to_string(), "截止日期早于起始日期"),
    }
}
