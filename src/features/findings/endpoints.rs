//! HTTP of findings: confidential to the offices that supervise; an organisation sees its own once it was asked.

use actix_web::{get, web};

use super::{
    store,
    wire::{FindingFilter, FindingKindOut, FindingKindsOut, FindingOut, FindingsOut},
};
use crate::{
    domain::{id::Id, role::Role, supervision::FINDINGS, vehicle::Vehicle},
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{ListFindingKinds, ListFindings, ReadFindings},
        },
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
    },
};

/// The findings, the newest first. A station or a shop sees its own, and only those that it was asked to explain.
#[utoipa::path(
    tag = "findings", params(FindingFilter),
    responses((status = 200, description = "A page of findings", body = Page<FindingOut>))
)]
#[get("/v1/findings")]
pub async fn list_findings(
    caller: Allowed<ListFindings>,
    filter: web::Query<FindingFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let page = PageQuery { cursor: filter.cursor.clone(), limit: filter.limit };
    let (size, before) = (page.size()?, page.after()?);
    let supervises = matches!(caller.role, Role::EcologyBureau | Role::MarketRegulator);
    let asked_of = (!supervises).then(|| caller.organisation.into());
    let look = move |conn: &mut _| Ok(store::page(conn, &filter, asked_of, before, size)?);
    let rows = state.db.read(look).await?;
    Answer::ok(&Page::cut(rows, size, |row| row.finding_id, |row| row)?)
}

/// Every pattern that is looked for, with its formula. Of tampering the thresholds are not published.
#[utoipa::path(
    tag = "findings",
    responses((status = 200, description = "The catalogue", body = FindingKindsOut))
)]
#[get("/v1/finding-kinds")]
pub async fn list_finding_kinds(
    _caller: Allowed<ListFindingKinds>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (lawbook, today) = (state.lawbook.get(), state.clock.now().local_day());
    let told = |finding: &&dyn crate::domain::supervision::Finding| {
        FindingKindOut::of(finding.kind(), finding.about(), &lawbook.settings, today)
    };
    Answer::ok(&FindingKindsOut { items: FINDINGS.iter().map(told).collect() })
}

/// What was seen at a vehicle's tests and does not fit; for the offices that supervise.
#[utoipa::path(
    tag = "findings", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 200, description = "The findings, the newest first", body = FindingsOut))
)]
#[get("/v1/vehicles/{vehicle_id}/findings")]
pub async fn read_findings(
    _caller: Allowed<ReadFindings>,
    path: web::Path<Id<Vehicle>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let items = state.db.read(move |conn| Ok(store::of_vehicle(conn, *path)?)).await?;
    Answer::ok(&FindingsOut { items })
}
