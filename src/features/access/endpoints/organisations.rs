//! HTTP of organisations.

use actix_web::{get, post, web};

use super::change;
use crate::{
    domain::{id::Id, party::Organisation},
    features::access::{
        actions,
        wire::{OrganisationIn, OrganisationOut, OrganisationQuery, ReasonIn},
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{ListOrganisations, RegisterOrganisation, ReinstateOrganisation, SuspendOrganisation},
        },
        body::Body,
        idempotency::Once,
        page::Page,
        problem::Problem,
        state::State,
    },
};

/// Registers an organisation of a kind that the caller supervises.
///
/// The ecology bureau registers stations, gates, recyclers, fleets and authorities elsewhere, the transport bureau
/// repair shops, the administrator all.
#[utoipa::path(
    tag = "access",
    request_body = OrganisationIn,
    responses((status = 201, description = "Registered", body = OrganisationOut))
)]
#[post("/v1/organisations")]
pub async fn register_organisation(
    caller: Allowed<RegisterOrganisation>,
    state: web::Data<State>,
    once: Once,
    body: Body<OrganisationIn>,
) -> Result<Answer, Problem> {
    change(&state, &caller, once, body, actions::register_organisation).await
}

/// Lists organisations.
#[utoipa::path(
    tag = "access",
    params(OrganisationQuery),
    responses((status = 200, description = "A page, the first registered first", body = Page<OrganisationOut>))
)]
#[get("/v1/organisations")]
pub async fn list_organisations(
    caller: Allowed<ListOrganisations>,
    state: web::Data<State>,
    query: web::Query<OrganisationQuery>,
) -> Result<Answer, Problem> {
    let caller = caller.clone();
    let page = state.db.read(move |conn| actions::list_organisations(conn, &caller, &query)).await?;
    Answer::ok(&page)
}

/// Suspends an organisation: its people and clients are refused from the next request on.
#[utoipa::path(
    tag = "access",
    params(("id" = uuid::Uuid, Path, description = "The organisation")),
    request_body = ReasonIn,
    responses((status = 200, description = "Suspended", body = OrganisationOut))
)]
#[post("/v1/organisations/{id}/suspensions")]
pub async fn suspend_organisation(
    caller: Allowed<SuspendOrganisation>,
    state: web::Data<State>,
    id: web::Path<Id<Organisation>>,
    once: Once,
    body: Body<ReasonIn>,
) -> Result<Answer, Problem> {
    let id = id.into_inner();
    change(&state, &caller, once, body, move |tx, ground, why| actions::suspend_organisation(tx, ground, id, why))
        .await
}

/// Lets a suspended organisation act again.
#[utoipa::path(
    tag = "access",
    params(("id" = uuid::Uuid, Path, description = "The organisation")),
    request_body = ReasonIn,
    responses((status = 200, description = "Reinstated", body = OrganisationOut))
)]
#[post("/v1/organisations/{id}/reinstatements")]
pub async fn reinstate_organisation(
    caller: Allowed<ReinstateOrganisation>,
    state: web::Data<State>,
    id: web::Path<Id<Organisation>>,
    once: Once,
    body: Body<ReasonIn>,
) -> Result<Answer, Problem> {
    let id = id.into_inner();
    change(&state, &caller, once, body, move |tx, ground, why| actions::reinstate_organisation(tx, ground, id, why))
        .await
}
