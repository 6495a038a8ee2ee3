//! HTTP of a client's credentials.

use actix_web::{post, web};

use super::change;
use crate::{
    domain::{
        id::Id,
        party::{Client, Credential, Organisation},
    },
    features::access::{
        actions::{self, CredentialAt},
        wire::{CredentialIn, CredentialOut, IssuedOut, ReasonIn},
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed, Right,
            right::{RevokeCredential, RollCredential},
        },
        body::Body,
        db::Tx,
        idempotency::Once,
        problem::Problem,
        state::State,
    },
};

/// Gives a client a further credential: a secret, shown this once, or the public key of a pair that it keeps.
///
/// At most two hold at a time. Roll: make the second, put it into use, revoke the first. `Idempotency-Key` has no
/// effect here, because a stored answer would keep the secret readable.
#[utoipa::path(
    tag = "access",
    params(
        ("id" = uuid::Uuid, Path, description = "The organisation"),
        ("client_id" = uuid::Uuid, Path, description = "The client")
    ),
    request_body = CredentialIn,
    responses((status = 201, description = "Made", body = IssuedOut))
)]
#[post("/v1/organisations/{id}/clients/{client_id}/credentials")]
pub async fn roll_credential(
    caller: Allowed<RollCredential>,
    state: web::Data<State>,
    path: web::Path<(Id<Organisation>, Id<Client>)>,
    body: Body<CredentialIn>,
) -> Result<Answer, Problem> {
    let (at, actor, caller) = (path.into_inner(), caller.actor(), caller.clone());
    let roll = move |tx: &mut Tx<'_>| actions::roll_credential(tx, &caller, at, &body.value);
    state.db.write(RollCredential::OPERATION, actor, roll).await
}

/// Revokes a credential. Tokens that were issued for it run out within 15 minutes; revoke the client to stop them now.
#[utoipa::path(
    tag = "access",
    params(
        ("id" = uuid::Uuid, Path, description = "The organisation"),
        ("client_id" = uuid::Uuid, Path, description = "The client"),
        ("credential_id" = uuid::Uuid, Path, description = "The credential")
    ),
    request_body = ReasonIn,
    responses((status = 200, description = "Revoked", body = CredentialOut))
)]
#[post("/v1/organisations/{id}/clients/{client_id}/credentials/{credential_id}/revocations")]
pub async fn revoke_credential(
    caller: Allowed<RevokeCredential>,
    state: web::Data<State>,
    path: web::Path<(Id<Organisation>, Id<Client>, Id<Credential>)>,
    once: Once,
    body: Body<ReasonIn>,
) -> Result<Answer, Problem> {
    let (organisation, client, credential) = path.into_inner();
    let at = CredentialAt { organisation, client, credential };
    change(&state, &caller, once, body, move |tx, ground, why| actions::revoke_credential(tx, ground, at, why)).await
}
