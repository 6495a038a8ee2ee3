//! HTTP of scores.

use actix_web::{get, web};

use super::{
    actions::{Period, figures_of_shops, figures_of_stations},
    wire::{FormulaOut, FormulasOut, ScoreFilter, ScoreOut, ScoreQuery, ScoresOut},
};
use crate::{
    domain::{id::Id, party::Organisation, role::Role, score::Indicator, words::Word},
    platform::{
        answer::Answer,
        auth::{
            Allowed, Caller,
            right::{ListScoreFormulas, ListScores, ReadScore},
        },
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
    },
};

/// The published formulas of every figure.
#[utoipa::path(tag = "scores", responses((status = 200, description = "The formulas", body = FormulasOut)))]
#[get("/v1/score-formulas")]
pub async fn list_score_formulas(_caller: Allowed<ListScoreFormulas>) -> Result<Answer, Problem> {
    let formula = |indicator: &Indicator| FormulaOut {
        indicator: *indicator,
        zh: indicator.formula_zh().to_owned(),
        en: indicator.formula_en().to_owned(),
    };
    Answer::ok(&FormulasOut { items: Indicator::ALL.iter().map(formula).collect() })
}

/// The scores of the stations or of the shops of the city.
#[utoipa::path(
    tag = "scores", params(ScoreFilter),
    responses((status = 200, description = "A page of scores", body = Page<ScoreOut>))
)]
#[get("/v1/scores")]
pub async fn list_scores(
    caller: Allowed<ListScores>,
    filter: web::Query<ScoreFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    if !may_read(&caller, filter.role) {
        return Err(Problem::not_found());
    }
    let page = PageQuery { cursor: filter.cursor.clone(), limit: filter.limit };
    let (size, after, today) = (page.size()?, page.after::<Id<Organisation>>()?, state.clock.now().local_day());
    let period = Period::read(&state.lawbook.get().settings, (filter.from, filter.to), today)?;
    let role = filter.role;
    let mut rows = state
        .db
        .read(move |conn| match role {
            Role::RepairShop => figures_of_shops(conn, &period, None, today),
            _ => Ok(figures_of_stations(conn, &period, None)?.into_iter().map(|(_, score)| score).collect()),
        })
        .await?;
    rows.retain(|score| after.is_none_or(|after| score.organisation_id > after));
    Answer::ok(&Page::cut(rows, size, |score| score.organisation_id, |score| score)?)
}

/// The score of a station with its lines and inspectors, or of a shop; each reads its own.
#[utoipa::path(
    tag = "scores",
    params(("organisation_id" = uuid::Uuid, Path, description = "The station or shop"), ScoreQuery),
    responses((status = 200, description = "The scores", body = ScoresOut))
)]
#[get("/v1/scores/{organisation_id}")]
pub async fn read_score(
    caller: Allowed<ReadScore>,
    path: web::Path<Id<Organisation>>,
    query: web::Query<ScoreQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let directory = state.directory.get();
    let role = directory.organisation(path.uuid()).map(|found| found.role).ok_or_else(Problem::not_found)?;
    if !may_read(&caller, role) && caller.home() != *path {
        return Err(Problem::not_found());
    }
    let today = state.clock.now().local_day();
    let period = Period::read(&state.lawbook.get().settings, (query.from, query.to), today)?;
    let look = move |conn: &mut _| match role {
        Role::InspectionStation => {
            Ok(figures_of_stations(conn, &period, Some(*path))?.into_iter().map(|(_, score)| score).collect())
        }
        Role::RepairShop => figures_of_shops(conn, &period, Some(*path), today),
        _ => Err(Problem::not_found()),
    };
    let items = state.db.read(look).await?;
    Answer::ok(&ScoresOut { from: period.from, to: period.to, minimum_sample: period.least, items })
}

/// The bureau reads every score, the other offices those of whom they supervise.
fn may_read(caller: &Caller, of: Role) -> bool {
    match caller.role {
        Role::EcologyBureau => matches!(of, Role::InspectionStation | Role::RepairShop),
        Role::MarketRegulator => of == Role::InspectionStation,
        Role::TransportBureau => of == Role::RepairShop,
        _ => false,
    }
}
