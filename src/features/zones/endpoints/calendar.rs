//! HTTP of holidays and of the emergency measures.

use actix_web::{get, post, web};

use super::{LARGE, change, page};
use crate::{
    domain::zone::{Control, ControlKind},
    features::zones::{
        actions,
        wire::{MeasureIn, MeasureOut, SpecialDayIn, SpecialDayOut},
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{AmendMeasure, AmendSpecialDay, ListMeasures, ListSpecialDays},
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
    },
};

/// Enters a day in the table of holidays; a later entry for the same day takes its place.
#[utoipa::path(
    tag = "zones", request_body = SpecialDayIn,
    responses((status = 201, description = "Entered", body = SpecialDayOut))
)]
#[post("/v1/special-days")]
pub async fn amend_special_day(
    caller: Allowed<AmendSpecialDay>,
    once: Once,
    body: Body<SpecialDayIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    change(&state, &caller, once, body, |tx, on, told| {
        let (day, kept) = actions::amend_special_day(tx, on, told)?;
        Answer::created(&SpecialDayOut { day, kept }, "/v1/special-days".to_owned())
    })
    .await
}

/// Lists the table of holidays.
#[utoipa::path(
    tag = "zones", params(PageQuery),
    responses((status = 200, description = "A page, by day", body = Page<SpecialDayOut>))
)]
#[get("/v1/special-days")]
pub async fn list_special_days(
    _caller: Allowed<ListSpecialDays>,
    query: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let out = |control, kept| match control {
        Control::SpecialDay(day) => Some(SpecialDayOut { day, kept }),
        _ => None,
    };
    Answer::ok(&page(&state, ControlKind::SpecialDay, &query, out).await?)
}

/// Gives an emergency measure another content from a day on; orders name measures, and the day tells their content.
#[utoipa::path(
    tag = "zones", request_body = MeasureIn,
    responses((status = 201, description = "Holds from its day on", body = MeasureOut))
)]
#[post("/v1/measures")]
pub async fn amend_measure(
    caller: Allowed<AmendMeasure>,
    once: Once,
    body: Body<MeasureIn, LARGE>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    change(&state, &caller, once, body, |tx, on, told| {
        let (measure, kept) = actions::amend_measure(tx, on, told)?;
        Answer::created(&MeasureOut { measure, kept }, "/v1/measures".to_owned())
    })
    .await
}

/// Lists what every measure bans, by measure and first day.
#[utoipa::path(
    tag = "zones", params(PageQuery),
    responses((status = 200, description = "A page", body = Page<MeasureOut>))
)]
#[get("/v1/measures")]
pub async fn list_measures(
    _caller: Allowed<ListMeasures>,
    query: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let out = |control, kept| match control {
        Control::Measure(measure) => Some(MeasureOut { measure, kept }),
        _ => None,
    };
    Answer::ok(&page(&state, ControlKind::Measure, &query, out).await?)
}
