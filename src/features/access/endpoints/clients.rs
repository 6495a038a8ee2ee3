//! HTTP of machine clients.

use actix_web::{get, post, web};

use super::change;
use crate::{
    domain::{
        id::Id,
        party::{Client, Organisation},
    },
    features::access::{
        actions,
        wire::{ClientIn, ClientOut, IssuedOut, ReasonIn},
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed, Right,
            right::{ListClients, RegisterClient, RevokeClient},
        },
        body::Body,
        db::Tx,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
    },
};

/// Registers a machine client and answers its first secret, which is shown this once.
///
/// `Idempotency-Key` has no effect here, because a stored answer would keep the secret readable. When the answer is
/// lost, revoke the client that the list shows and register another.
#[utoipa::path(
    tag = "access",
    params(("id" = uuid::Uuid, Path, description = "The organisation")),
    request_body = ClientIn,
    responses((status = 201, description = "Registered", body = IssuedOut))
)]
#[post("/v1/organisations/{id}/clients")]
pub async fn register_client(
    caller: Allowed<RegisterClient>,
    state: web::Data<State>,
    id: web::Path<Id<Organisation>>,
    body: Body<ClientIn>,
) -> Result<Answer, Problem> {
    let (id, actor, caller) = (id.into_inner(), caller.actor(), caller.clone());
    let register = move |tx: &mut Tx<'_>| actions::register_client(tx, &caller, id, &body.value);
    state.db.write(RegisterClient::OPERATION, actor, register).await
}

/// Lists the machine clients of an organisation, when each last got a token, and the standing of its credentials.
#[utoipa::path(
    tag = "access",
    params(("id" = uuid::Uuid, Path, description = "The organisation"), PageQuery),
    responses((status = 200, description = "A page, the first registered first", body = Page<ClientOut>))
)]
#[get("/v1/organisations/{id}/clients")]
pub async fn list_clients(
    caller: Allowed<ListClients>,
    state: web::Data<State>,
    id: web::Path<Id<Organisation>>,
    page: web::Query<PageQuery>,
) -> Result<Answer, Problem> {
    let (id, caller) = (id.into_inner(), caller.clone());
    let page = state.db.read(move |conn| actions::list_clients(conn, &caller, id, &page)).await?;
    Answer::ok(&page)
}

/// Revokes a machine client for good: refused from the next request on.
#[utoipa::path(
    tag = "access",
    params(
        ("id" = uuid::Uuid, Path, description = "The organisation"),
        ("client_id" = uuid::Uuid, Path, description = "The client")
    ),
    request_body = ReasonIn,
    responses((status = 200, description = "Revoked", body = ClientOut))
)]
#[post("/v1/organisations/{id}/clients/{client_id}/revocations")]
pub async fn revoke_client(
    caller: Allowed<RevokeClient>,
    state: web::Data<State>,
    path: web::Path<(Id<Organisation>, Id<Client>)>,
    once: Once,
    body: Body<ReasonIn>,
) -> Result<Answer, Problem> {
    let at = path.into_inner();
    change(&state, &caller, once, body, move |tx, ground, why| actions::revoke_client(tx, ground, at, why)).await
}
