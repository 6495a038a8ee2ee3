//! Judging: the readings of a test against the law of its day, and the domain's refusals as problems.

use super::super::wire::{InspectionIn, JudgementIn, JudgementOut};
use crate::{
    domain::{
        lawbook::{Lawbook, test_subject},
        standard::{LimitClass, ReadingError, Readings, TestSubject},
        supervision::TraceError,
        time::Day,
        vehicle::Vehicle,
        verdict::{Evidence, JudgeError, Judgement, Law, Verdict, judge},
        words::Word,
    },
    platform::problem::{Fault, Kind, Problem, text},
};

/// Judges readings that belong to no vehicle.
///
/// # Errors
/// Readings are missing or cannot be true (422).
pub fn judge_readings(lawbook: &Lawbook, told: &JudgementIn, today: Day) -> Result<JudgementOut, Problem> {
    let day = told.tested_on.unwrap_or(today);
    let class = told.limit_class.unwrap_or_else(|| lawbook.limit_class(day));
    let evidence = Evidence { readings: Some(&told.readings), ..Evidence::default() };
    let judgement = judge_by(lawbook, day, class, &TestSubject::from(&told.subject), &evidence)?;
    Ok(JudgementOut::new(judgement, class))
}

/// Judges a recorded test again, by the law of its own day as the lawbook holds it now.
///
/// # Errors
/// Readings are missing or cannot be true (422).
pub fn rejudge(lawbook: &Lawbook, vehicle: &Vehicle, sent: &InspectionIn) -> Result<JudgementOut, Problem> {
    let class = lawbook.limit_class(sent.ended_at.local_day());
    Ok(JudgementOut::new(judge_test(lawbook, vehicle, sent)?, class))
}

/// Judges a test of a vehicle.
///
/// # Errors
/// Readings are missing or cannot be true, or nothing was tested (422).
pub(super) fn judge_test(lawbook: &Lawbook, vehicle: &Vehicle, sent: &InspectionIn) -> Result<Judgement, Problem> {
    let day = sent.ended_at.local_day();
    let evidence = Evidence {
        readings: sent.readings.as_ref(),
        obd: sent.obd.as_ref(),
        appearance: sent.appearance.as_ref(),
        visible_smoke: sent.visible_smoke,
    };
    let subject = test_subject(vehicle, sent.fuel_under_test);
    let judgement = judge_by(lawbook, day, lawbook.limit_class(day), &subject, &evidence)?;
    if judgement.verdict == Verdict::NotJudged {
        return Err(Problem::invalid("/readings", "missing", "there is nothing to judge", "缺少检测数据"));
    }
    Ok(judgement)
}

/// Refuses a per-second record that cannot be understood; one that does not add up is kept, and is a finding.
///
/// # Errors
/// A unit that is not known, a channel or a phase of another method, a phase outside the record (422).
pub(super) fn check_trace(sent: &InspectionIn) -> Result<(), Problem> {
    let Some(trace) = &sent.trace else { return Ok(()) };
    let errors = trace.check(sent.readings.as_ref().map(Readings::method));
    if errors.is_empty() {
        return Ok(());
    }
    let fault = |error: TraceError| Fault {
        pointer: error.pointer,
        code: error.fault.word().into(),
        detail: text(error.fault.word().replace('_', " "), error.fault.zh()),
    };
    Err(Problem::new(Kind::Invalid).with_errors(errors.into_iter().map(fault).collect()))
}

fn judge_by(
    lawbook: &Lawbook,
    day: Day,
    class: LimitClass,
    subject: &TestSubject,
    evidence: &Evidence<'_>,
) -> Result<Judgement, Problem> {
    let obd = lawbook.obd_cut_offs(day);
    let law = Law { book: &lawbook.limits, day, class, obd: &obd, fast_pass_percent: lawbook.fast_pass_percent(day) };
    judge(&law, subject, evidence).map_err(refused)
}

fn refused(error: JudgeError) -> Problem {
    match error {
        JudgeError::Readings(errors) => {
            Problem::new(Kind::Invalid).with_errors(errors.into_iter().map(reading_fault).collect())
        }
        JudgeError::RatedPowerMissing => Problem::invalid(
            "/vehicle/rated_power_kw",
            "rated_power_missing",
            "the vehicle's rated power is not known; lug-down is judged by it",
            "缺少额定功率，无法判定加载减速法",
        ),
        JudgeError::MethodDoesNotFit { method, fuel } => Problem::invalid(
            "/readings/method",
            "method_not_allowed",
            format!("`{method}` does not apply to an engine on {fuel}"),
            format!("“{}”不适用于{}车辆", method.zh(), fuel.zh()),
        ),
        JudgeError::NoLimit { item, day } => Problem::invalid(
            "/ended_at",
            "no_limit",
            format!("no limit of {item} was in force on {day}"),
            format!("{day} 没有“{}”的有效限值", item.zh()),
        ),
    }
}

fn reading_fault(error: ReadingError) -> Fault {
    let zh = error.code.zh();
    Fault { pointer: error.pointer, code: error.code.word().into(), detail: text(error.detail, zh) }
}
