//! HTTP of exemptions and permits.

use actix_web::{get, post, web};

use super::{LARGE, change, page};
use crate::{
    domain::{
        id::Id,
        zone::{Control, ControlKind, Exemption, Permit},
    },
    features::zones::{
        actions,
        wire::{PermitIn, PermitOut, ZoneExemptionIn, ZoneExemptionOut},
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{
                GrantZoneExemption, IssuePermit, ListPermits, ListZoneExemptions, RevokePermit, RevokeZoneExemption,
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

/// Enters a vehicle in the register of exempt vehicles.
#[utoipa::path(
    tag = "zones", request_body = ZoneExemptionIn,
    responses((status = 201, description = "Exempt from its day on", body = ZoneExemptionOut))
)]
#[post("/v1/zone-exemptions")]
pub async fn grant_zone_exemption(
    caller: Allowed<GrantZoneExemption>,
    once: Once,
    body: Body<ZoneExemptionIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    change(&state, &caller, once, body, |tx, on, told| {
        let out = actions::grant_exemption(tx, on, told)?;
        Answer::created(&out, format!("/v1/zone-exemptions/{}", out.exemption.id))
    })
    .await
}

/// Lists the register of exempt vehicles, also those revoked.
#[utoipa::path(
    tag = "zones", params(PageQuery),
    responses((status = 200, description = "A page", body = Page<ZoneExemptionOut>))
)]
#[get("/v1/zone-exemptions")]
pub async fn list_zone_exemptions(
    _caller: Allowed<ListZoneExemptions>,
    query: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let out = |control, kept| match control {
        Control::Exemption(exemption) => Some(ZoneExemptionOut { exemption, kept }),
        _ => None,
    };
    Answer::ok(&page(&state, ControlKind::Exemption, &query, out).await?)
}

/// Revokes an exemption at once; it stays in the register.
#[utoipa::path(
    tag = "zones", request_body = ReasonIn,
    params(("exemption_id" = uuid::Uuid, Path, description = "The exemption")),
    responses((status = 200, description = "Revoked", body = ZoneExemptionOut))
)]
#[post("/v1/zone-exemptions/{exemption_id}/revocations")]
pub async fn revoke_zone_exemption(
    caller: Allowed<RevokeZoneExemption>,
    path: web::Path<Id<Exemption>>,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    change(&state, &caller, once, body, move |tx, on, told| {
        Answer::ok(&actions::revoke_exemption(tx, on, *path, told)?)
    })
    .await
}

/// Issues a permit to one vehicle; of construction waste a vehicle has one, with its limits, its card and both sites.
#[utoipa::path(
    tag = "zones", request_body = PermitIn,
    responses((status = 201, description = "Issued", body = PermitOut))
)]
#[post("/v1/permits")]
pub async fn issue_permit(
    caller: Allowed<IssuePermit>,
    once: Once,
    body: Body<PermitIn, LARGE>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    change(&state, &caller, once, body, |tx, on, told| {
        let out = actions::issue_permit(tx, on, told)?;
        Answer::created(&out, format!("/v1/permits/{}", out.permit.id))
    })
    .await
}

/// Lists the permits, also those revoked.
#[utoipa::path(
    tag = "zones", params(PageQuery),
    responses((status = 200, description = "A page", body = Page<PermitOut>))
)]
#[get("/v1/permits")]
pub async fn list_permits(
    _caller: Allowed<ListPermits>,
    query: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let out = |control, kept| match control {
        Control::Permit(permit) => Some(PermitOut { permit, kept }),
        _ => None,
    };
    Answer::ok(&page(&state, ControlKind::Permit, &query, out).await?)
}

/// Revokes a permit at once; it stays in the register.
#[utoipa::path(
    tag = "zones", request_body = ReasonIn,
    params(("permit_id" = uuid::Uuid, Path, description = "The permit")),
    responses((status = 200, description = "Revoked", body = PermitOut))
)]
#[post("/v1/permits/{permit_id}/revocations")]
pub async fn revoke_permit(
    caller: Allowed<RevokePermit>,
    path: web::Path<Id<Permit>>,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    change(&state, &caller, once, body, move |tx, on, told| Answer::ok(&actions::revoke_permit(tx, on, *path, told)?))
        .await
}
