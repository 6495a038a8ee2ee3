//! Working out a forecast from a standing.

use chrono::{Datelike, Days};

use super::wire::{
    ForecastOut, ForecastQuery, NeededKind, NeededOut, NumberOut, Outlook, ReadingForecastOut, RemovalForecastOut,
};
use crate::{
    domain::{
        quantity::Amount,
        target::{TargetKind, Threshold},
        time::{Day, Instant},
    },
    features::targets::{self, MonthTallyOut, Question, ReadingOut, RemovalOut, StandingsQuery},
    platform::{auth::Caller, db::AnyConnection, problem::Problem},
    statistics::{
        Level,
        forecast::{self, COUNT_METHOD, CountForecast, Elapsed, Needed, REMOVAL_METHOD, SHARE_METHOD, STOCK_METHOD},
        intervals::PARTS,
    },
};

const LEVEL: Level = Level::Percent95;

/// The forecast of a target.
///
/// # Errors
/// No such target (404), or days and area that cannot be (422).
pub fn forecast_target(
    conn: &mut AnyConnection,
    (caller, now): (&Caller, Instant),
    id: &str,
    asked: ForecastQuery,
) -> Result<ForecastOut, Problem> {
    let area = asked.area.clone();
    let asked =
        StandingsQuery { year: asked.year, as_of: asked.as_of, as_known: None, area: asked.area, operator_id: None };
    let question = Question::read(conn, caller, id, &asked, now)?;
    let stands = targets::standing(conn, &question)?;
    let ground = Basis::new(&question);
    let readings: Vec<_> = stands.readings.iter().map(|reading| ground.reading(reading)).collect();
    let judging = readings.iter().find(|reading| reading.judging).or(readings.first());
    Ok(ForecastOut {
        outlook: judging.map_or(Outlook::NoData, |reading| reading.outlook),
        target_id: stands.target_id,
        version: stands.version,
        kind: stands.kind,
        zh: stands.zh,
        en: stands.en,
        year: question.year,
        as_of: question.as_of,
        area,
        days_passed: ground.elapsed.days,
        days_to_come: ground.elapsed.to_come,
        level_percent: LEVEL.percent(),
        waits_for: stands.waits_for,
        readings,
        removal: stands.removal.as_ref().map(|removal| removal_out(removal, question.as_of)),
    })
}

/// What a forecast goes out from.
struct Basis {
    kind: TargetKind,
    threshold: Option<Threshold>,
    as_of: Day,
    elapsed: Elapsed,
}

impl Basis {
    fn new(question: &Question) -> Self {
        let end = Day::from_ymd_opt(question.year, 12, 31).unwrap_or(question.as_of);
        let elapsed = Elapsed {
            days: i64::from(question.as_of.ordinal()),
            to_come: i64::from(end.ordinal()) - i64::from(question.as_of.ordinal()),
        };
        let (kind, threshold) = (question.target.kind, question.target.threshold);
        Self { kind, threshold, as_of: question.as_of, elapsed }
    }

    fn reading(&self, reading: &ReadingOut) -> ReadingForecastOut {
        let numbers = match self.kind {
            TargetKind::FlowShare => self.flow(reading),
            TargetKind::StockShare | TargetKind::Direction | TargetKind::Capacity => self.stock(reading),
            _ => Numbers::default(),
        };
        ReadingForecastOut {
            reading: reading.reading.clone(),
            zh: reading.zh.clone(),
            en: reading.en.clone(),
            judging: reading.judging,
            outlook: self.outlook(numbers.share),
            share_percent: numbers.share.map(|share| percents(share, (reading.whole.counted, reading.whole.total))),
            counted: numbers.counted.map(counts),
            total: numbers.total.map(counts),
            needed: numbers.needed,
            spread: numbers.spread.map(|thousandths| Amount::from_micros(thousandths.saturating_mul(1_000))),
            share_method: if self.kind == TargetKind::FlowShare { SHARE_METHOD } else { STOCK_METHOD }.to_owned(),
            count_method: (self.kind == TargetKind::FlowShare).then(|| COUNT_METHOD.to_owned()),
        }
    }

    /// Of what is added in the year.
    fn flow(&self, reading: &ReadingOut) -> Numbers {
        let (hits, total) = (reading.whole.counted, reading.whole.total);
        let months: Vec<_> = self.complete(&reading.trend).collect();
        let of = |value: fn(&MonthTallyOut) -> i64| -> Vec<(i64, i64)> {
            months.iter().map(|month| (value(month), days_of(&month.month))).collect()
        };
        let shares: Vec<_> = months.iter().map(|month| (month.of_month.counted, month.of_month.total)).collect();
        let all = forecast::count(total, self.elapsed, forecast::spread(&of(|m| m.of_month.total)), LEVEL);
        let counted = forecast::count(hits, self.elapsed, forecast::spread(&of(|m| m.of_month.counted)), LEVEL);
        let (to_come, spread) = (all.expected - total, forecast::share_spread(&shares));
        let share = forecast::share((hits, total), to_come, spread, LEVEL);
        let needed = self.threshold.filter(|_| total > 0).map(|threshold| {
            needed_out(forecast::needed((hits, total), to_come, (threshold.num, threshold.den)), to_come)
        });
        Numbers {
            share: share.map(|share| (share.expected, Some((share.interval.low, share.interval.high)))),
            counted: Some(forecast_of(counted)),
            total: Some(forecast_of(all)),
            needed,
            spread: Some(spread),
        }
    }

    /// Of what is there at the end of the year.
    fn stock(&self, reading: &ReadingOut) -> Numbers {
        let months: Vec<_> = self.complete(&reading.trend).collect();
        let changes = |value: fn(&MonthTallyOut) -> i64| -> Vec<i64> {
            months.windows(2).map(|pair| value(pair[1]) - value(pair[0])).collect()
        };
        let ahead = self.elapsed.to_come * 12_000 / (self.elapsed.days + self.elapsed.to_come).max(1);
        let (hits, total) = (reading.whole.counted, reading.whole.total);
        let hit = forecast::drift(hits, &changes(|m| m.of_month.counted), ahead, LEVEL);
        let other = forecast::drift(total - hits, &changes(|m| m.of_month.total - m.of_month.counted), ahead, LEVEL);
        let (Some(hit), Some(other)) = (hit, other) else { return Numbers::default() };
        let share = |hits: i64, others: i64| (hits + others > 0).then(|| hits * PARTS / (hits + others));
        let ends = hit.1.zip(other.1).and_then(|(hit, other)| share(hit.0, other.1).zip(share(hit.1, other.0)));
        let sum =
            |ends: Option<((i64, i64), (i64, i64))>| ends.map(|(hit, other)| (hit.0 + other.0, hit.1 + other.1));
        Numbers {
            share: share(hit.0, other.0).map(|expected| (expected, ends.map(|(low, high)| (low, high + 1)))),
            counted: Some((hits, hit.0, hit.1)),
            total: Some((total, hit.0 + other.0, sum(hit.1.zip(other.1)))),
            needed: None,
            spread: None,
        }
    }

    /// The months that are over.
    fn complete<'m>(&self, trend: &'m [MonthTallyOut]) -> impl Iterator<Item = &'m MonthTallyOut> {
        let ends = self.as_of.succ_opt().is_none_or(|next| next.day() == 1);
        let open = format!("{:04}-{:02}", self.as_of.year(), self.as_of.month());
        trend.iter().filter(move |month| ends || month.month != open)
    }

    fn outlook(&self, share: Option<Share>) -> Outlook {
        let (Some(threshold), Some((expected, ends))) = (self.threshold, share) else { return Outlook::NoData };
        let reaches = |parts: i64| parts.saturating_mul(threshold.den) >= threshold.num.saturating_mul(PARTS);
        let (low, high) = ends.unwrap_or((expected, expected));
        match (reaches(low), reaches(high)) {
            _ if ends.is_none() && self.elapsed.to_come > 0 => Outlook::Open,
            (true, _) => Outlook::Met,
            (false, true) => Outlook::Open,
            (false, false) => Outlook::Missed,
        }
    }
}

/// A share at the end and the ends of its interval, millionths.
type Share = (i64, Option<(i64, i64)>);
/// What was counted, what is expected, and the ends.
type Number = (i64, i64, Option<(i64, i64)>);

/// The numbers of a reading.
#[derive(Default)]
struct Numbers {
    share: Option<Share>,
    counted: Option<Number>,
    total: Option<Number>,
    needed: Option<NeededOut>,
    spread: Option<i64>,
}

const fn forecast_of(count: CountForecast) -> Number {
    (count.so_far, count.expected, Some((count.low, count.high)))
}

fn counts((so_far, expected, ends): Number) -> NumberOut {
    let (low, high) = ends.unzip();
    NumberOut {
        so_far: Amount::whole(so_far),
        expected: Amount::whole(expected),
        low: low.map(Amount::whole),
        high: high.map(Amount::whole),
    }
}

/// Millionths as percent.
fn percents((expected, ends): Share, (hits, total): (i64, i64)) -> NumberOut {
    let percent = |parts: i64| Amount::from_micros(parts.saturating_mul(100));
    let (low, high) = ends.unzip();
    NumberOut {
        so_far: percent(if total > 0 { hits * PARTS / total } else { 0 }),
        expected: percent(expected),
        low: low.map(percent),
        high: high.map(|high| percent(high.min(PARTS))),
    }
}

fn needed_out(needed: Needed, to_come: i64) -> NeededOut {
    let (kind, count, share) = match needed {
        Needed::Nothing => (NeededKind::Nothing, None, None),
        Needed::Share { count, share } => (NeededKind::Share, Some(count), Some(share)),
        Needed::OutOfReach { all_of } => (NeededKind::OutOfReach, all_of, None),
    };
    let share_percent = share.map(|parts| Amount::from_micros(parts.saturating_mul(100)));
    NeededOut { kind, to_come, count, share_percent }
}

/// From the burn-down of the last twelve months, or since the baseline.
fn removal_out(removal: &RemovalOut, as_of: Day) -> RemovalForecastOut {
    let months: Vec<_> = removal.months.iter().rev().take(12).rev().collect();
    let first = months.first().and_then(|month| format!("{}-01", month.month).parse::<Day>().ok());
    let baseline = removal.baseline_on.succ_opt().unwrap_or(removal.baseline_on);
    let since = first.unwrap_or(baseline).max(baseline);
    let days = (as_of - since).num_days() + 1;
    let net = |month: &targets::RemovalMonthOut| -> i64 {
        let sum = |ways: &[targets::WayOut]| ways.iter().map(|way| way.vehicles).sum::<i64>();
        sum(&month.left) - sum(&month.came)
    };
    let removed: i64 = months.iter().map(|month| net(month)).sum();
    let by_month: Vec<_> = months.iter().map(|month| (net(month).max(0), days_of(&month.month))).collect();
    let whole = by_month.get(..by_month.len().saturating_sub(1)).unwrap_or_default();
    let found = forecast::removal(removal.remaining, removed.max(0), days, forecast::spread(whole), LEVEL);
    let after = |days: Option<i64>| as_of.checked_add_days(Days::new(u64::try_from(days?).ok()?));
    RemovalForecastOut {
        remaining: removal.remaining,
        removed,
        since,
        gone_on: after(found.days),
        earliest_on: after(found.earliest),
        latest_on: after(found.latest),
        method: REMOVAL_METHOD.to_owned(),
    }
}

/// The days of a month `2026-03`.
fn days_of(month: &str) -> i64 {
    let first = format!("{month}-01").parse::<Day>().ok();
    let next = first.and_then(|first| first.checked_add_months(chrono::Months::new(1)));
    first.zip(next).map_or(30, |(first, next)| (next - first).num_days())
}
