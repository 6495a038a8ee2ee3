//! Tallies as they are answered: counts, fraction, share, verdict, distance; and rankings by exact fractions.

use std::{cmp::Ordering, collections::BTreeMap};

use super::{Question, counting::Counted};
use crate::{
    domain::{
        fleet::Book,
        target::{Measured, Merit, Reading, Tally, Target},
    },
    features::targets::wire::{AreaTallyOut, MonthTallyOut, ReadingOut, TallyOut, TradeTallyOut},
};

/// A tally under a target.
#[must_use]
pub fn tally_out(target: &Target, tally: Tally) -> TallyOut {
    let share = target.merit != Merit::Remaining;
    TallyOut {
        counted: tally.counted,
        total: tally.total,
        unknown: tally.unknown,
        fraction: (share && tally.total > 0).then(|| format!("{}/{}", tally.counted, tally.total)),
        share_percent: tally.shown(target.threshold).filter(|_| share),
        verdict: target.verdict(tally),
        distance: target.distance(tally),
    }
}

/// The better share first; of what remains, the most first; what has nothing to count last.
#[must_use]
pub fn rank(target: &Target, one: Tally, other: Tally) -> Ordering {
    if target.merit == Merit::Remaining {
        return other.counted.cmp(&one.counted);
    }
    let empty = (one.total == 0).cmp(&(other.total == 0));
    let (one, other) = (one.counted * other.total, other.counted * one.total);
    empty.then(other.cmp(&one))
}

/// A reading of what was counted.
#[must_use]
pub fn reading_out(question: &Question, reading: &Reading, counted: &Counted) -> (ReadingOut, Measured) {
    let target = &question.target;
    let measure = |counts| target.measure(reading, &question.new_energy, question.area.as_ref(), counts);
    let measured = measure(&counted.counts);
    let mut areas: Vec<_> = measured.areas.iter().filter(|(_, tally)| tally.total > 0).collect();
    areas.sort_by(|(code, tally), (other_code, other)| rank(target, **tally, **other).then(code.cmp(other_code)));
    let area_out = |(code, tally): (&crate::domain::vehicle::area::AreaCode, &Tally)| AreaTallyOut {
        area: code.clone(),
        name: code.area().map(|area| area.name.clone()).unwrap_or_default(),
        tally: tally_out(target, *tally),
    };
    let trade_out = |(trade, tally): (&_, &Tally)| TradeTallyOut { trade: *trade, tally: tally_out(target, *tally) };
    let months: BTreeMap<u32, Tally> =
        counted.months.iter().map(|(month, counts)| (*month, measure(counts).whole)).collect();
    let judging = target.judging(&question.settings, question.as_of).0 == Some(reading);
    let out = ReadingOut {
        reading: reading.id.clone(),
        zh: reading.zh.clone(),
        en: reading.en.clone(),
        judging,
        whole: tally_out(target, measured.whole),
        trades: measured.trades.iter().map(trade_out).collect(),
        areas: areas.into_iter().map(area_out).collect(),
        trend: if counted.months.is_empty() { Vec::new() } else { trend(question, &measured, &months) },
    };
    (out, measured)
}

fn trend(question: &Question, measured: &Measured, months: &BTreeMap<u32, Tally>) -> Vec<MonthTallyOut> {
    use chrono::Datelike;
    let target = &question.target;
    let last = question.as_of.month();
    // Stock is known at the end, and walked back; additions grow from nothing.
    let mut to_date = Tally::default();
    if question.book() == Book::Stock {
        to_date = measured.whole;
        for tally in months.values() {
            to_date.add(negative(*tally));
        }
    }
    let mut trend = Vec::new();
    for month in 1..=last {
        let of_month = months.get(&month).copied().unwrap_or_default();
        to_date.add(of_month);
        let shown = if question.book() == Book::Stock { to_date } else { of_month };
        trend.push(MonthTallyOut {
            month: format!("{:04}-{month:02}", question.year),
            of_month: tally_out(target, shown),
            to_date: tally_out(target, to_date),
        });
    }
    trend
}

const fn negative(tally: Tally) -> Tally {
    Tally { counted: -tally.counted, total: -tally.total, unknown: -tally.unknown }
}
