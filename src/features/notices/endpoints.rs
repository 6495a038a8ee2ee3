//! HTTP of notices.

use actix_web::{get, post, web};
use chrono::Duration;

use super::{
    actions, store,
    wire::{NoticeFilter, NoticeOut, NoticesOut, SendingIn},
};
use crate::{
    domain::{id::Id, notice::Notice, time::Instant, vehicle::Vehicle},
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{FailNotice, ListNotices, ReadNotices, SendNotice},
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
        told::ReasonIn,
    },
};

type NoticePath = web::Path<(Id<Vehicle>, Id<Notice>)>;

/// Notices by state; without one the work list: those that failed, or are overdue by the dated setting.
#[utoipa::path(
    tag = "notices", params(NoticeFilter),
    responses((status = 200, description = "A page of notices", body = Page<NoticeOut>))
)]
#[get("/v1/notices")]
pub async fn list_notices(
    _caller: Allowed<ListNotices>,
    filter: web::Query<NoticeFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let page = PageQuery { cursor: filter.cursor.clone(), limit: filter.limit };
    let (size, after) = (page.size()?, page.after::<Id<Notice>>()?);
    let today = state.clock.now().local_day();
    let days: i64 = state.lawbook.get().settings.on("notice_overdue_days", today);
    let since = Instant::start_of(today).minus(Duration::days(days));
    let rows = state.db.read(move |conn| Ok(store::page(conn, filter.state, since, after, size)?)).await?;
    Answer::ok(&Page::cut(rows, size, |notice| notice.id, NoticeOut::from)?)
}

/// A vehicle's notices.
#[utoipa::path(
    tag = "notices", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 200, description = "The notices, the newest first", body = NoticesOut))
)]
#[get("/v1/vehicles/{vehicle_id}/notices")]
pub async fn read_notices(
    _caller: Allowed<ReadNotices>,
    path: web::Path<Id<Vehicle>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let notices = state.db.read(move |conn| Ok(store::of_vehicle(conn, *path)?)).await?;
    Answer::ok(&NoticesOut { items: notices.into_iter().map(NoticeOut::from).collect() })
}

/// The notice is on its way; one that failed is sent again, by the same channel or another.
#[utoipa::path(
    tag = "notices", request_body = SendingIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("notice_id" = uuid::Uuid, Path, description = "The notice")),
    responses((status = 200, description = "Sent", body = NoticeOut))
)]
#[post("/v1/vehicles/{vehicle_id}/notices/{notice_id}/sendings")]
pub async fn send_notice(
    caller: Allowed<SendNotice>,
    path: NoticePath,
    once: Once,
    body: Body<SendingIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&NoticeOut::from(actions::send_notice(tx, *path, told.channel)?))
        })
        .await
}

/// The notice has not reached the owner; it comes on the work list.
#[utoipa::path(
    tag = "notices", request_body = ReasonIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("notice_id" = uuid::Uuid, Path, description = "The notice")),
    responses((status = 200, description = "Failed", body = NoticeOut))
)]
#[post("/v1/vehicles/{vehicle_id}/notices/{notice_id}/failures")]
pub async fn fail_notice(
    caller: Allowed<FailNotice>,
    path: NoticePath,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&NoticeOut::from(actions::fail_notice(tx, *path, &told.reason)?))
        })
        .await
}
