//! HTTP of cases.

use actix_web::{get, post, web};

use super::{
    actions, store,
    wire::{CaseFilter, CaseOut, CaseQuery, HistoryEntryOut, HistoryOut, RulingIn, TakeOverIn, event_text},
};
use crate::{
    domain::{case::Case, id::Id, role::Role, vehicle::Vehicle},
    platform::{
        answer::Answer,
        auth::{
            Allowed, Caller, Directory,
            right::{
                FindCase, HandBackRepair, ListCases, ReadCase, ReadCaseHistory, RuleCase, StartRepair, TakeOverRepair,
            },
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::{Language, Problem},
        state::State,
        told::StepIn,
    },
};

type CasePath = web::Path<(Id<Vehicle>, Id<Case>)>;

/// Finds the open case of a vehicle by plate **and** the VIN's last six or the failing report's number.
#[utoipa::path(
    tag = "cases", request_body = CaseQuery,
    responses((status = 200, description = "The case", body = CaseOut))
)]
#[post("/v1/cases/look-ups")]
pub async fn find_case(
    caller: Allowed<FindCase>,
    body: Body<CaseQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let found = actions::look_up(&state, &caller, body.value).await?;
    Answer::ok(&CaseOut::at(&found, state.clock.now()))
}

/// Cases by state and deadline; a shop sees the ones it has claimed.
#[utoipa::path(
    tag = "cases", params(CaseFilter),
    responses((status = 200, description = "A page of cases", body = Page<CaseOut>))
)]
#[get("/v1/cases")]
pub async fn list_cases(
    caller: Allowed<ListCases>,
    filter: web::Query<CaseFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let page = PageQuery { cursor: filter.cursor.clone(), limit: filter.limit };
    let (size, after) = (page.size()?, page.after::<Id<Case>>()?);
    let shop = (caller.role == Role::RepairShop).then(|| caller.organisation.into());
    let now = state.clock.now();
    let rows = state.db.read(move |conn| Ok(store::page(conn, &filter, shop, now.local_day(), after, size)?)).await?;
    Answer::ok(&Page::cut(rows, size, |case| case.id, |case| CaseOut::at(&case, now))?)
}

/// A case; a shop reads the one that it holds.
#[utoipa::path(
    tag = "cases",
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 200, description = "The case", body = CaseOut))
)]
#[get("/v1/vehicles/{vehicle_id}/cases/{case_id}")]
pub async fn read_case(
    caller: Allowed<ReadCase>,
    path: CasePath,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let case = state.db.read(move |conn| Ok(store::load(conn, path.0, path.1)?)).await?;
    let case = case.filter(|case| may_read(&caller, case)).ok_or_else(Problem::not_found)?;
    Answer::ok(&CaseOut::at(&case, state.clock.now()))
}

/// A case's history from end to end, in the reader's language; for the offices, and for a shop that took part.
#[utoipa::path(
    tag = "cases",
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 200, description = "The history, the first step first", body = HistoryOut))
)]
#[get("/v1/vehicles/{vehicle_id}/cases/{case_id}/history")]
pub async fn read_case_history(
    caller: Allowed<ReadCaseHistory>,
    path: CasePath,
    request: actix_web::HttpRequest,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (case, rows) = state
        .db
        .read(move |conn| {
            let case = store::load(conn, path.0, path.1)?.ok_or_else(Problem::not_found)?;
            Ok((case, store::of_case(conn, path.0, path.1)?))
        })
        .await?;
    let took_part = rows.iter().any(|row| row.organisation.is_some_and(|id| id.uuid() == caller.organisation));
    if !took_part && !may_read(&caller, &case) {
        return Err(Problem::not_found());
    }
    let (directory, language) = (state.directory.get(), Language::of(&request));
    let entries = rows.iter().map(|row| entry(row, &directory, language)).collect();
    Answer::ok(&HistoryOut { case: CaseOut::at(&case, state.clock.now()), entries })
}

fn entry(row: &store::HistoryRow, directory: &Directory, language: Language) -> HistoryEntryOut {
    let mut facts = serde_json::to_value(&row.event).unwrap_or_default();
    let event = facts.as_object_mut().and_then(|facts| facts.remove("event"));
    let event = event.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
    let organisation = row.organisation.and_then(|id| directory.organisation(id.uuid()));
    HistoryEntryOut {
        at: row.at,
        text: event_text(&event, language),
        event,
        role: row.role,
        organisation: organisation.map(|organisation| organisation.name.clone()),
        facts,
    }
}

/// A shop may read the case that it holds.
fn may_read(caller: &Caller, case: &Case) -> bool {
    caller.role != Role::RepairShop || case.shop().is_some_and(|shop| shop.uuid() == caller.organisation)
}

/// A repair shop claims a failed vehicle's case.
#[utoipa::path(
    tag = "cases", request_body = StepIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 200, description = "Claimed", body = CaseOut))
)]
#[post("/v1/vehicles/{vehicle_id}/cases/{case_id}/claims")]
pub async fn start_repair(
    caller: Allowed<StartRepair>,
    path: CasePath,
    once: Once,
    body: Body<StepIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, _| {
            let case = actions::start_repair(tx, on.caller.organisation.into(), *path)?;
            Answer::ok(&CaseOut::at(&case, tx.at()))
        })
        .await
}

/// The shop gives the case back.
#[utoipa::path(
    tag = "cases", request_body = StepIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 200, description = "Given back", body = CaseOut))
)]
#[post("/v1/vehicles/{vehicle_id}/cases/{case_id}/hand-backs")]
pub async fn hand_back_repair(
    caller: Allowed<HandBackRepair>,
    path: CasePath,
    once: Once,
    body: Body<StepIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, _| {
            let case = actions::hand_back_repair(tx, on.caller.organisation.into(), *path)?;
            Answer::ok(&CaseOut::at(&case, tx.at()))
        })
        .await
}

/// Another shop takes the case over by naming the failing report.
#[utoipa::path(
    tag = "cases", request_body = TakeOverIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 200, description = "Taken over", body = CaseOut))
)]
#[post("/v1/vehicles/{vehicle_id}/cases/{case_id}/take-overs")]
pub async fn take_over_repair(
    caller: Allowed<TakeOverRepair>,
    path: CasePath,
    once: Once,
    body: Body<TakeOverIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let shop = on.caller.organisation.into();
            let case = actions::take_over_repair(tx, shop, *path, &told.report_number)?;
            Answer::ok(&CaseOut::at(&case, tx.at()))
        })
        .await
}

/// The bureau ends a case without a pass: scrapped, transferred out, test corrected, or a decision.
#[utoipa::path(
    tag = "cases", request_body = RulingIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 200, description = "Closed", body = CaseOut))
)]
#[post("/v1/vehicles/{vehicle_id}/cases/{case_id}/rulings")]
pub async fn rule_case(
    caller: Allowed<RuleCase>,
    path: CasePath,
    once: Once,
    body: Body<RulingIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            let case = actions::rule_case(tx, *path, told)?;
            Answer::ok(&CaseOut::at(&case, tx.at()))
        })
        .await
}
