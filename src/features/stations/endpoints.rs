//! HTTP of stations.

use actix_web::{get, post, web};

use super::{
    actions, store,
    wire::{
        AssetEndIn, AssetIn, AssetOut, LineCheckFilter, LineCheckIn, LineCheckOut, StationOut, SuspensionFilter,
        SuspensionOut,
    },
};
use crate::{
    domain::{id::Id, party::Organisation, role::Role, station::Asset, suspension::Suspension},
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{
                EndAsset, LiftSuspension, ListLineChecks, ListSuspensions, ReadStation, RecordAsset, RecordLineCheck,
            },
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
        told::ReasonIn,
    },
};

/// A station with its lines and their newest checks, what it tests with, and what bars it.
#[utoipa::path(
    tag = "stations", params(("station_id" = uuid::Uuid, Path, description = "The station")),
    responses((status = 200, description = "The station", body = StationOut))
)]
#[get("/v1/stations/{station_id}")]
pub async fn read_station(
    caller: Allowed<ReadStation>,
    path: web::Path<Id<Organisation>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (directory, lawbook, at) = (state.directory.get(), state.lawbook.get(), state.clock.now());
    actions::must_concern(&caller, &directory, *path)?;
    let look = move |conn: &mut _| actions::read_station(conn, &directory, &lawbook, *path, at);
    Answer::ok(&state.db.read(look).await?)
}

/// Records what a station tests with; a station tells of its own devices and people.
#[utoipa::path(
    tag = "stations", request_body = AssetIn,
    params(("station_id" = uuid::Uuid, Path, description = "The station")),
    responses((status = 201, description = "Recorded", body = AssetOut))
)]
#[post("/v1/stations/{station_id}/assets")]
pub async fn record_asset(
    caller: Allowed<RecordAsset>,
    path: web::Path<Id<Organisation>>,
    once: Once,
    body: Body<AssetIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let asset = actions::record_asset(tx, on, *path, told)?;
            Answer::created(&AssetOut::on(asset, tx.at().local_day()), format!("/v1/stations/{path}"))
        })
        .await
}

/// A device, person, version, method or qualification serves no more after a day.
#[utoipa::path(
    tag = "stations", request_body = AssetEndIn,
    params(("station_id" = uuid::Uuid, Path, description = "The station"), ("asset_id" = uuid::Uuid, Path, description = "The asset")),
    responses((status = 200, description = "Ended", body = AssetOut))
)]
#[post("/v1/stations/{station_id}/assets/{asset_id}/ends")]
pub async fn end_asset(
    caller: Allowed<EndAsset>,
    path: web::Path<(Id<Organisation>, Id<Asset>)>,
    once: Once,
    body: Body<AssetEndIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let asset = actions::end_asset(tx, on, *path, told.last_on)?;
            Answer::ok(&AssetOut::on(asset, tx.at().local_day()))
        })
        .await
}

/// A daily check or a calibration of a line; the same number again is harmless.
#[utoipa::path(
    tag = "stations", request_body = LineCheckIn,
    responses((status = 201, description = "Recorded and judged", body = LineCheckOut))
)]
#[post("/v1/line-checks")]
pub async fn record_line_check(
    caller: Allowed<RecordLineCheck>,
    once: Once,
    body: Body<LineCheckIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, |tx, on, sent| {
            let (check, again) = actions::record_line_check(tx, on, sent)?;
            let answer = Answer::created(&check, format!("/v1/stations/{}/line-checks", on.caller.organisation))?;
            Ok(if again { answer.again() } else { answer })
        })
        .await
}

/// The checks of a station's lines, the newest first.
#[utoipa::path(
    tag = "stations", params(("station_id" = uuid::Uuid, Path, description = "The station"), LineCheckFilter),
    responses((status = 200, description = "A page of checks", body = Page<LineCheckOut>))
)]
#[get("/v1/stations/{station_id}/line-checks")]
pub async fn list_line_checks(
    caller: Allowed<ListLineChecks>,
    path: web::Path<Id<Organisation>>,
    filter: web::Query<LineCheckFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    actions::must_concern(&caller, &state.directory.get(), *path)?;
    let page = PageQuery { cursor: filter.cursor.clone(), limit: filter.limit };
    let (size, before) = (page.size()?, page.after()?);
    let rows = state.db.read(move |conn| Ok(store::page_of_checks(conn, *path, &filter, before, size)?)).await?;
    let lawbook = state.lawbook.get();
    Answer::ok(&Page::cut(rows, size, |row| row.id, |row| actions::answer(&lawbook, row))?)
}

/// Suspensions, the newest first; a station sees its own.
#[utoipa::path(
    tag = "stations", params(SuspensionFilter),
    responses((status = 200, description = "A page of suspensions", body = Page<SuspensionOut>))
)]
#[get("/v1/suspensions")]
pub async fn list_suspensions(
    caller: Allowed<ListSuspensions>,
    filter: web::Query<SuspensionFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let page = PageQuery { cursor: filter.cursor.clone(), limit: filter.limit };
    let (size, before) = (page.size()?, page.after()?);
    let own = caller.role == Role::InspectionStation;
    let station = if own { Some(caller.home()) } else { filter.station_id };
    let look = move |conn: &mut _| Ok(store::page_of_suspensions(conn, station, before, size)?);
    let rows = state.db.read(look).await?;
    Answer::ok(&Page::cut(rows, size, |row: &Suspension| row.id, SuspensionOut::from)?)
}

/// The bureau ends a suspension before its time.
#[utoipa::path(
    tag = "stations", request_body = ReasonIn,
    params(("suspension_id" = uuid::Uuid, Path, description = "The suspension")),
    responses((status = 200, description = "Ended", body = SuspensionOut))
)]
#[post("/v1/suspensions/{suspension_id}/ends")]
pub async fn lift_suspension(
    caller: Allowed<LiftSuspension>,
    path: web::Path<Id<Suspension>>,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&SuspensionOut::from(actions::end_suspension(tx, *path, &told.reason)?))
        })
        .await
}
