//! Daily checks and calibrations, and what a line lacks for a test.

use chrono::Duration;

use super::line_of;
use crate::{
    domain::{
        event::Event,
        id::Id,
        lawbook::Lawbook,
        party::{Line, Organisation},
        standard::Method,
        station::{
            line_check::{daily_checks, judge, tolerance},
            readiness::{LineLack, UnreadyRule, lacks, unready_rule},
        },
        time::Instant,
    },
    features::stations::{
        store::{self, KeptCheck},
        wire::{LineCheckIn, LineCheckOut},
    },
    platform::{
        db::{AnyConnection, Json, Tx},
        problem::{Kind, Problem},
        state::Ground,
    },
};

/// Records a check; the same again gets the first answer. Tells whether it was there before.
///
/// # Errors
/// The line is unknown, or the times do not hold (422); other content under a known number (409).
pub fn record_line_check(tx: &mut Tx<'_>, on: &Ground, sent: &LineCheckIn) -> Result<(LineCheckOut, bool), Problem> {
    let station = Id::from(on.caller.organisation);
    let line = line_of(&on.directory, station, &sent.line_code)?;
    if !on.caller.may_use_line(line.uuid()) {
        return Err(
            Problem::new(Kind::Forbidden).because("this client is bound to other lines", "该客户端未绑定此检测线")
        );
    }
    must_have_been(tx, &on.lawbook, sent)?;

    let day = sent.ended_at.local_day();
    let points = judge(&sent.points, tolerance(&on.lawbook.settings, sent.kind, day));
    let row = KeptCheck {
        station_id: station,
        number: sent.number.clone(),
        id: tx.mint(),
        line_id: line,
        kind: sent.kind,
        started_at: sent.started_at,
        ended_at: sent.ended_at,
        checked_on: day,
        result: sent.result.and(points.result),
        station_result: sent.result,
        sent: Json(sent.clone()),
        recorded_at: tx.at(),
    };

    if !store::insert_check(tx.conn(), &row)? {
        let first = store::find_check(tx.conn(), station, &sent.number)?.ok_or_else(Problem::run_again)?;
        return if first.sent.0 == *sent { Ok((answer(&on.lawbook, first), true)) } else { Err(known(&sent.number)) };
    }
    tx.record(station, Event::LineChecked { line, kind: row.kind, result: row.result });
    Ok((answer(&on.lawbook, row), false))
}

/// A kept check with what its points say by the tolerance of its day.
#[must_use]
pub fn answer(lawbook: &Lawbook, row: KeptCheck) -> LineCheckOut {
    let points = judge(&row.sent.0.points, tolerance(&lawbook.settings, row.kind, row.checked_on));
    LineCheckOut::new((row.id.uuid(), row.line_id), row.sent.0, points, row.recorded_at)
}

/// What a line lacks for a method at an instant, and what follows from it by the rule of the day.
///
/// # Errors
/// The database fails.
pub fn line_lacks(
    conn: &mut AnyConnection,
    lawbook: &Lawbook,
    (station, line): (Id<Organisation>, Id<Line>),
    method: Method,
    at: Instant,
) -> Result<(UnreadyRule, Vec<LineLack>), Problem> {
    let day = at.local_day();
    let rule = unready_rule(&lawbook.settings, day);
    if rule == UnreadyRule::Off {
        return Ok((rule, Vec::new()));
    }
    let checks = store::newest_checks(conn, (station, line), daily_checks(method), at)?;
    let assets = store::serving(conn, station, line, day)?;
    Ok((rule, lacks(method, &checks, &assets, &lawbook.settings, at)))
}

fn must_have_been(tx: &Tx<'_>, lawbook: &Lawbook, sent: &LineCheckIn) -> Result<(), Problem> {
    if sent.ended_at < sent.started_at {
        return Err(Problem::invalid("/ended_at", "order", "ends before it begins", "结束时间早于开始时间"));
    }
    let minutes: i64 = lawbook.settings.on("future_tolerance_minutes", tx.at().local_day());
    if sent.ended_at <= tx.at().plus(Duration::minutes(minutes)) {
        return Ok(());
    }
    Err(Problem::invalid(
        "/ended_at",
        "in_the_future",
        "the check ends after now; set the clock",
        "检查时间晚于当前时间，请校时",
    ))
}

fn known(number: &str) -> Problem {
    Problem::new(Kind::AlreadyExists)
        .because("another check was recorded under this number; the first stays", "该编号已上报，且内容不一致")
        .with("number", number)
}
