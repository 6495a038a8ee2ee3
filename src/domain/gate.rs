//! The gate at acceptance: what must hold before a vehicle is tested, and above all before it is retested.
//!
//! Source: domain rules of the I/M closed loop (环大气〔2020〕31号); the numbers are dated settings.

use chrono::Duration;

use super::{
    acceptance::Exemption,
    case::{Case, Ground},
    id::Id,
    inspection::{Inspection, InspectionKind, Nature},
    party::Organisation,
    repair::Repair,
    settings::Settings,
    time::{Instant, is_past, last_day},
    verdict::Verdict,
    words::words,
};

words! {
    /// What is missing for an acceptance.
    pub enum Missing {
        /// The newest test failed, so this is a retest.
        NatureMustBeRetest = "nature_must_be_retest" / "上一次检验不合格，检验性质应为复检",
        /// There is no failed test to repeat.
        NothingToRetest = "nothing_to_retest" / "没有不合格检验记录，不能按复检受理",
        /// The case does not stand on a complete repair that names the failing report.
        RepairMissing = "repair_missing" / "上一次车辆检测不合格，请维修后再受理检测：缺少对应报告编号的维修记录",
        /// The repair began before the failing test ended.
        RepairBeforeTest = "repair_before_test" / "维修日期早于不合格检验日期",
        /// The repair was recalled.
        RepairRecalled = "repair_recalled" / "维修记录已被撤回",
        /// The retest must be made where the test failed.
        OtherStation = "other_station" / "跨站复检须经批准",
        /// As many retests as a day allows.
        TooManyToday = "too_many_today" / "当日检验次数已达上限",
        /// Too soon after the last test.
        TooSoon = "too_soon" / "距上次检验时间过短",
        /// Passed recently.
        PassedRecently = "passed_recently" / "近期检验已合格，不得重复检验",
        /// Accepted elsewhere or before, and not yet tested.
        AlreadyAccepted = "already_accepted" / "该车已受理，尚未出结果",
    }
}

/// What the gate looks at.
#[derive(Debug, Default)]
pub struct Facts<'a> {
    /// The newest test that counts.
    pub newest: Option<&'a Inspection>,
    /// The open case.
    pub case: Option<&'a Case>,
    /// The newest repair of that case.
    pub repair: Option<&'a Repair>,
    /// An unused exemption.
    pub exemption: Option<Id<Exemption>>,
    /// Tests on this legal day, and how many of them were retests.
    pub tests_today: i64,
    /// Retests among them.
    pub retests_today: i64,
    /// Whether an acceptance is open.
    pub is_accepted: bool,
}

/// Who asks for what, and when.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    /// The station.
    pub station: Id<Organisation>,
    /// What the test is for.
    pub kind: InspectionKind,
    /// Which attempt.
    pub nature: Nature,
    /// When: the acceptance's instant, or a backlogged test's own start.
    pub at: Instant,
}

/// Opens the gate, and tells what a retest stands on.
///
/// # Errors
/// Everything that is missing, not just the first.
pub fn pass(request: &Request, facts: &Facts<'_>, settings: &Settings) -> Result<Option<Ground>, Vec<Missing>> {
    if !request.kind.counts() {
        return Ok(None);
    }
    let mut missing = Vec::new();
    let ground = retest_ground(request, facts, settings, &mut missing);
    check_frequency(request, facts, settings, &mut missing);
    if facts.is_accepted {
        missing.push(Missing::AlreadyAccepted);
    }
    if missing.is_empty() { Ok(ground) } else { Err(missing) }
}

fn retest_ground(
    request: &Request,
    facts: &Facts<'_>,
    settings: &Settings,
    missing: &mut Vec<Missing>,
) -> Option<Ground> {
    // A test that comes late and began before the failing one repeats nothing. A case that is open on our own clock
    // counts all the same, so that a station whose clock runs ahead cannot slip past it.
    let counts = |case: &&Case| case.opened_at <= request.at || case.failing.ended_at <= request.at;
    let Some(case) = facts.case.filter(counts) else {
        if request.nature != Nature::First {
            missing.push(Missing::NothingToRetest);
        }
        return None;
    };
    if request.nature == Nature::First {
        missing.push(Missing::NatureMustBeRetest);
    }
    let day = request.at.local_day();
    let elsewhere = case.failing.station().is_some_and(|station| station != request.station);
    if settings.is_on("retest_at_same_station", day) && elsewhere {
        missing.push(Missing::OtherStation);
    }
    if let Some(exemption) = facts.exemption {
        return Some(Ground::Exemption(exemption));
    }
    match standing_repair(case, facts.repair, request.at) {
        Ok(repair) => Some(Ground::Repair(repair)),
        Err(fault) => {
            missing.push(fault);
            None
        }
    }
}

/// The repair on which a retest may stand: it names the failing report, was begun after it and is complete by then.
fn standing_repair(case: &Case, repair: Option<&Repair>, at: Instant) -> Result<Id<Repair>, Missing> {
    let repair = repair.filter(|repair| repair.names(&case.failing.report_number)).ok_or(Missing::RepairMissing)?;
    if repair.is_recalled() {
        return Err(Missing::RepairRecalled);
    }
    if repair.record.received_on < case.failing.ended_at.local_day() {
        return Err(Missing::RepairBeforeTest);
    }
    if !case.stands_on(repair.id) || !repair.is_complete_by(at) {
        return Err(Missing::RepairMissing);
    }
    Ok(repair.id)
}

fn check_frequency(request: &Request, facts: &Facts<'_>, settings: &Settings, missing: &mut Vec<Missing>) {
    let day = request.at.local_day();
    let (retests, tests): (i64, i64) = (settings.on("retests_per_day", day), settings.on("tests_per_day", day));
    if (retests > 0 && request.nature != Nature::First && facts.retests_today >= retests)
        || (tests > 0 && facts.tests_today >= tests)
    {
        missing.push(Missing::TooManyToday);
    }
    let Some(newest) = facts.newest else { return };
    let wait = Duration::minutes(settings.on("minutes_between_tests", day));
    if wait > Duration::zero() && request.at.since(newest.ended_at) < wait {
        missing.push(Missing::TooSoon);
    }
    let days: u32 = settings.on("days_after_pass", day);
    let end = last_day(newest.ended_at.local_day(), days);
    if days > 0 && newest.verdict == Verdict::Pass && !is_past(end, request.at) {
        missing.push(Missing::PassedRecently);
    }
}
