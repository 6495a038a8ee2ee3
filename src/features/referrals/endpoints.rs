//! HTTP of referrals.

use actix_web::{get, post, web};

use super::{
    actions, store,
    wire::{MeasureIn, ReferralAnswerIn, ReferralFilter, ReferralIn, ReferralOut, ReferralsOut},
};
use crate::{
    domain::{
        id::Id,
        referral::{Addressee, Referral},
        vehicle::Vehicle,
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{AnswerReferral, ListReferrals, ReadReferrals, ReceiveReferral, RecordMeasure, ReferMatter},
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
        told::StepIn,
    },
};

type ReferralPath = web::Path<(Id<Vehicle>, Id<Referral>)>;

/// Referrals by office and state, and the unanswered past their last day; an office sees its own.
#[utoipa::path(
    tag = "referrals", params(ReferralFilter),
    responses((status = 200, description = "A page of referrals", body = Page<ReferralOut>))
)]
#[get("/v1/referrals")]
pub async fn list_referrals(
    caller: Allowed<ListReferrals>,
    filter: web::Query<ReferralFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let page = PageQuery { cursor: filter.cursor.clone(), limit: filter.limit };
    let (size, after) = (page.size()?, page.after::<Id<Referral>>()?);
    let (office, now) = (Addressee::of_role(caller.role), state.clock.now());
    let rows =
        state.db.read(move |conn| Ok(store::page(conn, &filter, office, now.local_day(), after, size)?)).await?;
    Answer::ok(&Page::cut(rows, size, |referral| referral.id, |referral| ReferralOut::at(referral, now))?)
}

/// A vehicle's referrals; an office sees its own.
#[utoipa::path(
    tag = "referrals", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 200, description = "The referrals, the newest first", body = ReferralsOut))
)]
#[get("/v1/vehicles/{vehicle_id}/referrals")]
pub async fn read_referrals(
    caller: Allowed<ReadReferrals>,
    path: web::Path<Id<Vehicle>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let now = state.clock.now();
    let referrals = state.db.read(move |conn| Ok(store::of_vehicle(conn, *path)?)).await?;
    let mine = referrals.into_iter().filter(|referral| actions::concerns(caller.role, referral.to));
    Answer::ok(&ReferralsOut { items: mine.map(|referral| ReferralOut::at(referral, now)).collect() })
}

/// Refers a listing, or the ruling upon a case, to the police, the transport bureau or the market regulator.
#[utoipa::path(
    tag = "referrals", request_body = ReferralIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 201, description = "Sent", body = ReferralOut))
)]
#[post("/v1/vehicles/{vehicle_id}/referrals")]
pub async fn refer_matter(
    caller: Allowed<ReferMatter>,
    path: web::Path<Id<Vehicle>>,
    once: Once,
    body: Body<ReferralIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let referral = actions::refer_matter(tx, &on.lawbook.settings, *path, told)?;
            Answer::created(&ReferralOut::at(referral, tx.at()), format!("/v1/vehicles/{}/referrals", *path))
        })
        .await
}

/// The office has received the referral.
#[utoipa::path(
    tag = "referrals", request_body = StepIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("referral_id" = uuid::Uuid, Path, description = "The referral")),
    responses((status = 200, description = "Received", body = ReferralOut))
)]
#[post("/v1/vehicles/{vehicle_id}/referrals/{referral_id}/receipts")]
pub async fn receive_referral(
    caller: Allowed<ReceiveReferral>,
    path: ReferralPath,
    once: Once,
    body: Body<StepIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, _| {
            let referral = actions::advance(tx, &on.caller, *path, Referral::receive)?;
            Answer::ok(&ReferralOut::at(referral, tx.at()))
        })
        .await
}

/// The office answers.
#[utoipa::path(
    tag = "referrals", request_body = ReferralAnswerIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("referral_id" = uuid::Uuid, Path, description = "The referral")),
    responses((status = 200, description = "Answered", body = ReferralOut))
)]
#[post("/v1/vehicles/{vehicle_id}/referrals/{referral_id}/answers")]
pub async fn answer_referral(
    caller: Allowed<AnswerReferral>,
    path: ReferralPath,
    once: Once,
    body: Body<ReferralAnswerIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let step = |referral: Referral, moment| referral.answer(told.answer.clone(), moment);
            Answer::ok(&ReferralOut::at(actions::advance(tx, &on.caller, *path, step)?, tx.at()))
        })
        .await
}

/// The office has taken a measure.
#[utoipa::path(
    tag = "referrals", request_body = MeasureIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("referral_id" = uuid::Uuid, Path, description = "The referral")),
    responses((status = 200, description = "Recorded", body = ReferralOut))
)]
#[post("/v1/vehicles/{vehicle_id}/referrals/{referral_id}/measures")]
pub async fn record_measure(
    caller: Allowed<RecordMeasure>,
    path: ReferralPath,
    once: Once,
    body: Body<MeasureIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let step = |referral: Referral, moment| referral.take_measure(told.measure.clone(), moment);
            Answer::ok(&ReferralOut::at(actions::advance(tx, &on.caller, *path, step)?, tx.at()))
        })
        .await
}
