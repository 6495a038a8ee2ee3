//! Changes of the law: delivered with a release, amended by the bureau.

use std::sync::Arc;

use super::{
    store::{self, LimitRow, SettingRow},
    wire::{LimitAmendmentIn, LimitOut, SettingAmendmentIn, SettingOut},
};
use crate::{
    domain::{
        event::Event,
        settings::{self, SettingError, Settings},
        standard::{Bound, LimitBook, LimitRule},
        time::Instant,
    },
    platform::{
        answer::Answer,
        db::{Json, Tx},
        journal::Actor,
        problem::{Kind, Problem},
        state::{Ground, State},
    },
};

/// Adds the delivered limits and settings that the database lacks. They are dated by their own days, so that two
/// processes that start at once add the same rows.
///
/// # Errors
/// The database cannot be written.
pub async fn deliver(state: &State) -> Result<(), Problem> {
    let book = LimitBook::embedded().map_err(|error| Problem::internal(&error))?;
    let limits: Vec<_> = book.rows().map(|rule| limit_row(LimitRule::clone(rule))).collect();
    let settings: Vec<_> = Settings::delivered_rows().map(setting_row).collect();
    let add = move |tx: &mut Tx<'_>| {
        let added = store::insert_limits(tx.conn(), &limits)? + store::insert_settings(tx.conn(), &settings)?;
        Ok(added)
    };
    let added = state.db.write("deliver_law", Actor::service(), add).await?;
    tracing::info!(rules = added, "delivered");
    Ok(())
}

fn limit_row(rule: LimitRule) -> LimitRow {
    LimitRow {
        id: rule.id.to_string(),
        version: rule.version,
        recorded_at: Instant::start_of(rule.effective_from),
        rule: Json(rule),
        reason: String::new(),
        recorded_by: None,
    }
}

fn setting_row(setting: settings::Setting) -> SettingRow {
    SettingRow {
        key: setting.key,
        effective_from: setting.effective_from,
        recorded_at: Instant::start_of(setting.effective_from),
        value: setting.value,
        source: setting.source,
        confidence: setting.confidence,
        note: setting.note,
        reason: String::new(),
        recorded_by: None,
    }
}

/// Makes a new version of a limit.
pub fn amend_limit(tx: &mut Tx<'_>, ground: &Ground, id: &str, new: &LimitAmendmentIn) -> Result<Answer, Problem> {
    let latest = store::versions(tx.conn(), id)?.into_iter().next().ok_or_else(Problem::not_found)?;

    let rule = amended(latest.rule.0, new)?;

    let version = rule.version;
    let row = LimitRow {
        id: id.to_owned(),
        version,
        rule: Json(rule),
        reason: new.reason.clone(),
        recorded_at: tx.at(),
        recorded_by: Some(ground.caller.id.into()),
    };
    added(store::insert_limits(tx.conn(), std::slice::from_ref(&row))?)?;
    tx.record(ground.caller.home(), Event::LimitAmended { rule: id.to_owned(), version, reason: new.reason.clone() });
    Answer::created(&LimitOut::from(row), format!("/v1/limits/{id}/versions/{version}"))
}

fn amended(latest: LimitRule, new: &LimitAmendmentIn) -> Result<LimitRule, Problem> {
    if new.effective_to.is_some_and(|last| last < new.effective_from) {
        return Err(Problem::invalid("/effective_to", "order", "lies before effective_from", "早于生效日期"));
    }
    if matches!(new.bound, Bound::Within { low, high } if low > high) {
        return Err(Problem::invalid("/bound/within/low", "order", "is above high", "下限高于上限"));
    }
    if new.comparison.decimals > 6 {
        return Err(Problem::invalid("/comparison/decimals", "range", "must be 0 to 6", "须为 0 至 6"));
    }
    Ok(LimitRule {
        version: latest.version + 1,
        bound: new.bound,
        comparison: new.comparison,
        effective_from: new.effective_from,
        effective_to: new.effective_to,
        source: Arc::new(new.source.clone()),
        confidence: new.confidence,
        ..latest
    })
}

/// Gives a setting a new value from a day on.
pub fn amend_setting(
    tx: &mut Tx<'_>,
    ground: &Ground,
    key: &str,
    new: &SettingAmendmentIn,
) -> Result<Answer, Problem> {
    let note = ground.lawbook.settings.rows().find(|row| row.key == key).map(|row| row.note.clone());
    let note = note.ok_or_else(Problem::not_found)?;

    settings::check(key, &new.value).map_err(|error| misfit(&error))?;
    if new.effective_from < tx.at().local_day() && new.reason.is_none() {
        return Err(Problem::invalid(
            "/reason",
            "needed",
            "a day in the past needs a reason",
            "生效日期早于今日，须说明理由",
        ));
    }

    let reason = new.reason.clone().unwrap_or_default();
    let row = SettingRow {
        key: key.to_owned(),
        effective_from: new.effective_from,
        recorded_at: tx.at(),
        value: new.value.clone(),
        source: new.source.clone(),
        confidence: "confirmed".to_owned(),
        note,
        reason: reason.clone(),
        recorded_by: Some(ground.caller.id.into()),
    };
    added(store::insert_settings(tx.conn(), std::slice::from_ref(&row))?)?;
    let event = Event::SettingAmended { key: key.to_owned(), effective_from: new.effective_from, reason };
    tx.record(ground.caller.home(), event);
    Answer::created(&SettingOut::from(row), format!("/v1/settings/{key}/values"))
}

fn misfit(error: &SettingError) -> Problem {
    let zh = match error {
        SettingError::Unknown(_) => return Problem::not_found(),
        SettingError::NotOneOf(words) => format!("须为以下之一：{words}"),
        SettingError::NotANumber(largest) => format!("须为 0 至 {largest} 的整数"),
        SettingError::NotSomeOf(words) => format!("须为 none，或以空格分隔的以下词语：{words}"),
        SettingError::NotADay => "须为日期，如 2026-08-22".to_owned(),
    };
    Problem::invalid("/value", "setting", error.to_string(), zh)
}

/// Somebody else amended the same at the same moment.
fn added(rows: usize) -> Result<(), Problem> {
    if rows == 1 { Ok(()) } else { Err(Problem::new(Kind::WrongState).retry_after(1)) }
}

impl From<LimitRow> for LimitOut {
    fn from(row: LimitRow) -> Self {
        Self { rule: row.rule.0, reason: row.reason, recorded_at: row.recorded_at }
    }
}

impl From<SettingRow> for SettingOut {
    fn from(row: SettingRow) -> Self {
        Self { reason: row.reason.clone(), recorded_at: row.recorded_at, setting: row.into() }
    }
}
