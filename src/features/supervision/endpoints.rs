//! HTTP of cases of supervision.

use actix_web::{get, post, web};

use super::{
    actions, store,
    wire::{
        EvidenceContentOut, QuestionIn, StatementIn, SupervisionAppealDecisionIn, SupervisionFilter, SupervisionIn,
        SupervisionOut, SupervisionRulingIn,
    },
};
use crate::{
    domain::{id::Id, role::Role, supervision_case::SupervisionCase},
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{
                AppealSupervision, AskExplanation, DecideSupervisionAppeal, ExplainSupervision, ListSupervisions,
                OpenSupervision, ReadSupervision, ReadSupervisionEvidence, ReviewSupervision, RuleSupervision,
            },
        },
        body::Body,
        db::Tx,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
        told::StepIn,
    },
};

type CasePath = web::Path<Id<SupervisionCase>>;

/// Takes up a finding about a station or shop, and freezes the evidence as it stands.
#[utoipa::path(
    tag = "supervision", request_body = SupervisionIn,
    responses((status = 201, description = "Opened", body = SupervisionOut))
)]
#[post("/v1/supervision-cases")]
pub async fn open_supervision(
    caller: Allowed<OpenSupervision>,
    once: Once,
    body: Body<SupervisionIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, |tx, on, told| {
            let case = actions::open_supervision(tx, on, told)?;
            let location = format!("/v1/supervision-cases/{}", case.id);
            Answer::created(&told_of(tx, case)?, location)
        })
        .await
}

/// Cases of supervision, the newest first; a station or shop sees its own from the moment it was asked to explain.
#[utoipa::path(
    tag = "supervision", params(SupervisionFilter),
    responses((status = 200, description = "A page of cases", body = Page<SupervisionOut>))
)]
#[get("/v1/supervision-cases")]
pub async fn list_supervisions(
    caller: Allowed<ListSupervisions>,
    filter: web::Query<SupervisionFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let page = PageQuery { cursor: filter.cursor.clone(), limit: filter.limit };
    let (size, before, now) = (page.size()?, page.after()?, state.clock.now());
    let own = matches!(caller.role, Role::InspectionStation | Role::RepairShop).then(|| caller.home());
    let whose = (own, own.is_some() || caller.role == Role::TransportBureau);
    let look = move |conn: &mut _| Ok(store::page(conn, &filter, whose, now.local_day(), before, size)?);
    let rows = state.db.read(look).await?;
    Answer::ok(&Page::cut(rows, size, |case| case.id, |case| SupervisionOut::at(case, Vec::new(), now))?)
}

/// A case of supervision with its history and the hashes of its evidence.
#[utoipa::path(
    tag = "supervision", params(("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 200, description = "The case", body = SupervisionOut))
)]
#[get("/v1/supervision-cases/{case_id}")]
pub async fn read_supervision(
    caller: Allowed<ReadSupervision>,
    path: CasePath,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (now, caller) = (state.clock.now(), (*caller).clone());
    Answer::ok(&state.db.read(move |conn| actions::read_supervision(conn, &caller, *path, now)).await?)
}

/// A piece of evidence as it was frozen: the test, what was sent, its findings and its trace.
#[utoipa::path(
    tag = "supervision",
    params(("case_id" = uuid::Uuid, Path, description = "The case"), ("ordinal" = i64, Path, description = "Its number within the case")),
    responses((status = 200, description = "The evidence", body = EvidenceContentOut))
)]
#[get("/v1/supervision-cases/{case_id}/evidence/{ordinal}")]
pub async fn read_supervision_evidence(
    caller: Allowed<ReadSupervisionEvidence>,
    path: web::Path<(Id<SupervisionCase>, String)>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (case, ordinal) = path.into_inner();
    let ordinal: i64 = ordinal.parse().map_err(|_| Problem::not_found())?;
    let caller = (*caller).clone();
    Answer::ok(&state.db.read(move |conn| actions::read_evidence(conn, &caller, (case, ordinal))).await?)
}

/// Somebody at the bureau takes the case.
#[utoipa::path(
    tag = "supervision", request_body = StepIn,
    params(("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 200, description = "In review", body = SupervisionOut))
)]
#[post("/v1/supervision-cases/{case_id}/reviews")]
pub async fn review_supervision(
    caller: Allowed<ReviewSupervision>,
    path: CasePath,
    once: Once,
    body: Body<StepIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, _| {
            let case = actions::review_supervision(tx, *path)?;
            Answer::ok(&told_of(tx, case)?)
        })
        .await
}

/// Whom the case concerns is asked to explain; they see it from now on.
#[utoipa::path(
    tag = "supervision", request_body = QuestionIn,
    params(("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 200, description = "Asked", body = SupervisionOut))
)]
#[post("/v1/supervision-cases/{case_id}/explanation-requests")]
pub async fn ask_explanation(
    caller: Allowed<AskExplanation>,
    path: CasePath,
    once: Once,
    body: Body<QuestionIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let case = actions::ask_explanation(tx, &on.lawbook.settings, *path, told)?;
            Answer::ok(&told_of(tx, case)?)
        })
        .await
}

/// The station or shop explains.
#[utoipa::path(
    tag = "supervision", request_body = StatementIn,
    params(("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 200, description = "Explained", body = SupervisionOut))
)]
#[post("/v1/supervision-cases/{case_id}/explanations")]
pub async fn explain_supervision(
    caller: Allowed<ExplainSupervision>,
    path: CasePath,
    once: Once,
    body: Body<StatementIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let case = actions::explain_supervision(tx, &on.caller, *path, told)?;
            Answer::ok(&told_of(tx, case)?)
        })
        .await
}

/// The bureau rules: dismissed, a warning, a suspension from one instant to another, or a referral.
#[utoipa::path(
    tag = "supervision", request_body = SupervisionRulingIn,
    params(("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 200, description = "Ruled", body = SupervisionOut))
)]
#[post("/v1/supervision-cases/{case_id}/rulings")]
pub async fn rule_supervision(
    caller: Allowed<RuleSupervision>,
    path: CasePath,
    once: Once,
    body: Body<SupervisionRulingIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            let case = actions::rule_supervision(tx, *path, told)?;
            Answer::ok(&told_of(tx, case)?)
        })
        .await
}

/// The station or shop appeals against the ruling; a suspension goes on meanwhile.
#[utoipa::path(
    tag = "supervision", request_body = StatementIn,
    params(("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 200, description = "Appealed", body = SupervisionOut))
)]
#[post("/v1/supervision-cases/{case_id}/appeals")]
pub async fn appeal_supervision(
    caller: Allowed<AppealSupervision>,
    path: CasePath,
    once: Once,
    body: Body<StatementIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let case = actions::appeal_supervision(tx, &on.caller, *path, told)?;
            Answer::ok(&told_of(tx, case)?)
        })
        .await
}

/// The bureau decides upon the appeal; one that is upheld takes the ruling back and ends its suspension.
#[utoipa::path(
    tag = "supervision", request_body = SupervisionAppealDecisionIn,
    params(("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 200, description = "Decided", body = SupervisionOut))
)]
#[post("/v1/supervision-cases/{case_id}/appeal-decisions")]
pub async fn decide_supervision_appeal(
    caller: Allowed<DecideSupervisionAppeal>,
    path: CasePath,
    once: Once,
    body: Body<SupervisionAppealDecisionIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            let case = actions::decide_supervision_appeal(tx, *path, told)?;
            Answer::ok(&told_of(tx, case)?)
        })
        .await
}

fn told_of(tx: &mut Tx<'_>, case: SupervisionCase) -> Result<SupervisionOut, Problem> {
    let evidence = store::evidence_of(tx.conn(), case.id)?;
    Ok(SupervisionOut::at(case, evidence, tx.at()))
}
