//! HTTP of people.

use actix_web::{post, web};

use super::change;
use crate::{
    domain::{
        id::Id,
        party::{Organisation, Person},
    },
    features::access::{
        actions,
        wire::{PersonIn, PersonOut, ReasonIn},
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed, Password,
            right::{RegisterPerson, RevokePerson},
        },
        body::Body,
        idempotency::Once,
        problem::Problem,
        state::State,
    },
};

/// Registers a person of an organisation that the caller manages or supervises.
#[utoipa::path(
    tag = "access",
    params(("id" = uuid::Uuid, Path, description = "The organisation")),
    request_body = PersonIn,
    responses((status = 201, description = "Registered", body = PersonOut))
)]
#[post("/v1/organisations/{id}/people")]
pub async fn register_person(
    caller: Allowed<RegisterPerson>,
    state: web::Data<State>,
    id: web::Path<Id<Organisation>>,
    once: Once,
    body: Body<PersonIn>,
) -> Result<Answer, Problem> {
    let id = id.into_inner();
    let hash = Password::hash_aside(body.value.password.clone()).await?;
    change(&state, &caller, once, body, move |tx, ground, new| actions::register_person(tx, ground, id, new, &hash))
        .await
}

/// Revokes a person for good: refused from the next request on.
#[utoipa::path(
    tag = "access",
    params(
        ("id" = uuid::Uuid, Path, description = "The organisation"),
        ("person_id" = uuid::Uuid, Path, description = "The person")
    ),
    request_body = ReasonIn,
    responses((status = 200, description = "Revoked", body = PersonOut))
)]
#[post("/v1/organisations/{id}/people/{person_id}/revocations")]
pub async fn revoke_person(
    caller: Allowed<RevokePerson>,
    state: web::Data<State>,
    path: web::Path<(Id<Organisation>, Id<Person>)>,
    once: Once,
    body: Body<ReasonIn>,
) -> Result<Answer, Problem> {
    let at = path.into_inner();
    change(&state, &caller, once, body, move |tx, ground, why| actions::revoke_person(tx, ground, at, why)).await
}
