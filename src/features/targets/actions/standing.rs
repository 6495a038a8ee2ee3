//! How a target stands: its readings, its deadline, its removals, and the ranking of operators.

use std::collections::BTreeMap;

use super::{
    Question, connected, counting, removal, served,
    tallies::{rank, reading_out, tally_out},
};
use crate::{
    domain::{
        id::Id,
        party::Organisation,
        target::{Measured, Merit, Tally, Target, TargetVerdict},
        time::Day,
    },
    features::{
        fleet,
        targets::{
            store,
            wire::{
                CountedFrom, DeadlineOut, DefinitionsOut, OperatorRankOut, OperatorsOut, ReadingOut, ReadingTallyOut,
                StandingOut, StandingsQuery,
            },
        },
    },
    platform::{
        auth::{Caller, Directory},
        db::{AnyConnection, Db},
        journal::Actor,
        problem::Problem,
    },
};

/// The name of the snapshot at a deadline.
const DEADLINE: &str = "deadline";

/// How a target stands.
///
/// # Errors
/// The database cannot be read.
pub fn standing(conn: &mut AnyConnection, question: &Question) -> Result<StandingOut, Problem> {
    let target = &question.target;
    let (readings, verdict, from) = readings(conn, question)?;
    let flow = question.book() == crate::domain::fleet::Book::Additions;
    let is_counted = target.waits_for.is_none() && target.merit != Merit::Connected;
    Ok(StandingOut {
        target_id: target.id.clone(),
        version: target.version,
        kind: target.kind,
        zh: target.zh.clone(),
        en: target.en.clone(),
        year: flow.then_some(question.year),
        as_of: question.as_of,
        as_known: question.known_on,
        is_final: question.is_final(),
        verdict,
        waits_for: target.waits_for,
        readings,
        deadline: if is_counted { deadline(conn, question)? } else { None },
        removal: if is_counted && target.merit != Merit::Served { removal::removal(conn, question)? } else { None },
        definitions: DefinitionsOut {
            merit: target.merit,
            new_energy: question.new_energy.0.clone(),
            counts_hancheng: target.counts_hancheng,
            each_trade: target.judging(&question.settings, question.as_of).1,
            source: target.source.clone(),
            ambiguities: target.ambiguities.clone(),
            counted_from: from,
        },
    })
}

/// The standing of a year as it is known now, for who measures how long it takes.
///
/// # Errors
/// The database cannot be read.
pub fn standing_of_year(
    conn: &mut AnyConnection,
    (caller, now): (&Caller, crate::domain::time::Instant),
    target: &str,
    asked: (Option<Day>, Option<Day>),
) -> Result<i64, Problem> {
    let (as_of, as_known) = asked;
    let asked = StandingsQuery { year: None, as_of, as_known, area: None, operator_id: None };
    let question = Question::read(conn, caller, target, &asked, now)?;
    Ok(standing(conn, &question)?.readings.first().map_or(0, |reading| reading.whole.total))
}

fn readings(
    conn: &mut AnyConnection,
    question: &Question,
) -> Result<(Vec<ReadingOut>, TargetVerdict, CountedFrom), Problem> {
    let target = &question.target;
    if target.waits_for.is_some() {
        return Ok((Vec::new(), TargetVerdict::NoData, CountedFrom::Nothing));
    }
    if target.merit == Merit::Connected {
        let (out, whole) = connected::reading(conn, question)?;
        return Ok((vec![out], target.verdict(whole), CountedFrom::Stations));
    }
    if target.merit == Merit::Served {
        let (out, whole) = served::reading(conn, question)?;
        return Ok((vec![out], target.verdict(whole), CountedFrom::Sites));
    }
    let counted = counting::count(conn, question)?;
    let each_trade = target.judging(&question.settings, question.as_of).1;
    let mut verdict = TargetVerdict::NoData;
    let mut outs = Vec::new();
    for reading in &target.readings {
        let (out, measured): (ReadingOut, Measured) = reading_out(question, reading, &counted);
        if out.judging {
            verdict = target.verdict_of(&measured, each_trade);
        }
        outs.push(out);
    }
    Ok((outs, verdict, counted.from))
}

/// The result at the deadline, once it has passed: as it was known then, and as it is known now.
fn deadline(conn: &mut AnyConnection, question: &Question) -> Result<Option<DeadlineOut>, Problem> {
    let target = &question.target;
    let Some(deadline) = target.deadline.filter(|_| target.is_past(question.now.local_day())) else {
        return Ok(None);
    };
    let whole_city = question.area.is_none() && question.operator.is_none();
    let kept = if whole_city { store::snapshot(conn, &target.id, DEADLINE, deadline)? } else { None };
    let then = match kept {
        Some(kept) => kept,
        None => tallies(conn, &question.about(deadline, Some(deadline)))?,
    };
    let now = tallies(conn, &question.about(deadline, question.known_on))?;
    let out = |readings: store::Readings| {
        readings
            .into_iter()
            .map(|(reading, tally)| ReadingTallyOut { reading, tally: tally_out(target, tally) })
            .collect()
    };
    Ok(Some(DeadlineOut { deadline, known_then: out(then), known_now: out(now) }))
}

/// The count of each reading on a day.
fn tallies(conn: &mut AnyConnection, question: &Question) -> Result<store::Readings, Problem> {
    if question.target.merit == Merit::Served {
        return Ok(vec![served::tally(conn, question)?]);
    }
    let counts = counting::stock_on(conn, question)?;
    let target = &question.target;
    let tally = |reading| target.measure(reading, &question.new_energy, question.area.as_ref(), &counts).whole;
    Ok(target.readings.iter().map(|reading| (reading.id.clone(), tally(reading))).collect())
}

/// The operators of the judging reading.
///
/// # Errors
/// The database cannot be read.
pub fn rank_operators(
    conn: &mut AnyConnection,
    question: &Question,
    directory: &Directory,
) -> Result<OperatorsOut, Problem> {
    let target = &question.target;
    let (Some(reading), None) = (target.judging(&question.settings, question.as_of).0, target.waits_for) else {
        return Ok(OperatorsOut { reading: String::new(), items: Vec::new() });
    };
    let mut operators = BTreeMap::<Option<Id<Organisation>>, Tally>::new();
    for (operator, cell, count) in fleet::by_operator(conn, &question.lookup(reading))? {
        let tally = reading.scope.tally(&cell, count, (target.merit, &question.new_energy));
        operators.entry(operator).or_default().add(tally.unwrap_or_default());
    }
    let mut ranked: Vec<_> = operators.into_iter().collect();
    ranked.sort_by(|(id, tally), (other_id, other)| rank(target, *tally, *other).then(id.cmp(other_id)));
    let name = |id: Id<Organisation>| directory.organisation(id.uuid()).map(|known| known.name.clone());
    let item = |(operator_id, tally): (Option<Id<Organisation>>, Tally)| OperatorRankOut {
        operator_id,
        name: operator_id.and_then(name),
        tally: tally_out(target, tally),
    };
    Ok(OperatorsOut { reading: reading.id.clone(), items: ranked.into_iter().map(item).collect() })
}

/// Writes down what was found at baselines and deadlines that have passed, once each.
///
/// # Errors
/// The database cannot be written.
pub async fn keep_snapshots(db: &Db) -> Result<(), Problem> {
    let now = db.clock().now();
    let missing = db.read_at_once(move |conn| missing(conn, now)).await?;
    for (target, kind, as_of, readings) in missing {
        let keep = move |tx: &mut crate::platform::db::Tx<'_>| {
            let at = tx.at();
            Ok(store::keep_snapshot(tx.conn(), (&target, kind, as_of), readings.clone(), at)?)
        };
        db.write("keep_snapshot", Actor::service(), keep).await?;
    }
    Ok(())
}

type Found = (String, &'static str, Day, store::Readings);

fn missing(conn: &mut AnyConnection, now: crate::domain::time::Instant) -> Result<Vec<Found>, Problem> {
    let mut found = Vec::new();
    let mut latest = BTreeMap::<String, Target>::new();
    for row in store::all(conn)? {
        latest.insert(row.id, row.target.0);
    }
    let counts = |target: &Target| !target.readings.is_empty() || target.merit == Merit::Served;
    for target in latest.into_values().filter(|target| target.waits_for.is_none() && counts(target)) {
        let question = Question::of_today(conn, target.clone(), now)?;
        let past = target.deadline.filter(|_| target.is_past(now.local_day()));
        if let Some(deadline) = past.filter(|_| target.kind != crate::domain::target::TargetKind::FlowShare)
            && store::snapshot(conn, &target.id, DEADLINE, deadline)?.is_none()
        {
            let then = tallies(conn, &question.about(deadline, Some(deadline)))?;
            found.push((target.id.clone(), DEADLINE, deadline, then));
        }
        let baseline_on: Day = question.settings.on("removal_baseline_on", question.as_of);
        if target.merit == Merit::Remaining
            && store::snapshot(conn, &target.id, removal::BASELINE, baseline_on)?.is_none()
        {
            let baseline = tallies(conn, &question.about(baseline_on, None))?;
            // An empty register is no baseline.
            if baseline.iter().any(|(_, tally)| tally.total > 0) {
                found.push((target.id.clone(), removal::BASELINE, baseline_on, baseline));
            }
        }
    }
    Ok(found)
}
