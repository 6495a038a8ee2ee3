//! HTTP of rules.

use actix_web::{get, post, web};

use super::{
    actions, store,
    wire::{LimitAmendmentIn, LimitListOut, LimitOut, SettingAmendmentIn, SettingListOut, SettingOut},
};
use crate::{
    domain::{role::Role, supervision::is_withheld},
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{AmendLimit, AmendSetting, ListLimits, ListSettings},
        },
        body::Body,
        idempotency::Once,
        problem::Problem,
        state::State,
    },
};

/// Lists every version of every limit, with its legal source.
#[utoipa::path(tag = "rules", responses((status = 200, description = "All limits", body = LimitListOut)))]
#[get("/v1/limits")]
pub async fn list_limits(_caller: Allowed<ListLimits>, state: web::Data<State>) -> Result<Answer, Problem> {
    let rows = state.db.read(|conn| Ok(store::limits(conn)?)).await?;
    Answer::ok(&LimitListOut { items: rows.into_iter().map(LimitOut::from).collect() })
}

/// Makes a new version of a limit. Earlier versions stay, and old tests are judged by the limits of their own day.
#[utoipa::path(
    tag = "rules",
    params(("id" = String, Path, description = "Name of the limit")),
    request_body = LimitAmendmentIn,
    responses((status = 201, description = "In force from its day on", body = LimitOut))
)]
#[post("/v1/limits/{id}/versions")]
pub async fn amend_limit(
    caller: Allowed<AmendLimit>,
    state: web::Data<State>,
    id: web::Path<String>,
    once: Once,
    body: Body<LimitAmendmentIn>,
) -> Result<Answer, Problem> {
    let answer =
        state.change(&caller, once, body, move |tx, ground, new| actions::amend_limit(tx, ground, &id, new)).await?;
    refresh(&state).await;
    Ok(answer)
}

/// Lists every dated value of every setting, with its source; thresholds of tampering are for those who supervise.
#[utoipa::path(tag = "rules", responses((status = 200, description = "All settings", body = SettingListOut)))]
#[get("/v1/settings")]
pub async fn list_settings(caller: Allowed<ListSettings>, state: web::Data<State>) -> Result<Answer, Problem> {
    let rows = state.db.read(|conn| Ok(store::settings(conn)?)).await?;
    let supervises = matches!(caller.role, Role::EcologyBureau | Role::MarketRegulator);
    let told = rows.into_iter().map(SettingOut::from);
    let told = told.filter(|row| supervises || !is_withheld(&row.setting.key));
    Answer::ok(&SettingListOut { items: told.collect() })
}

/// Gives a setting a new value from a day on.
#[utoipa::path(
    tag = "rules",
    params(("key" = String, Path, description = "Name of the setting")),
    request_body = SettingAmendmentIn,
    responses((status = 201, description = "Holds from its day on", body = SettingOut))
)]
#[post("/v1/settings/{key}/values")]
pub async fn amend_setting(
    caller: Allowed<AmendSetting>,
    state: web::Data<State>,
    key: web::Path<String>,
    once: Once,
    body: Body<SettingAmendmentIn>,
) -> Result<Answer, Problem> {
    let answer = state
        .change(&caller, once, body, move |tx, ground, new| actions::amend_setting(tx, ground, &key, new))
        .await?;
    refresh(&state).await;
    Ok(answer)
}

/// The change stands even when the law cannot be read now; the next second tries again.
async fn refresh(state: &State) {
    if let Err(problem) = super::refresh(state).await {
        tracing::error!(%problem, "the law could not be read after an amendment");
    }
}
