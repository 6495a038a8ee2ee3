//! Per-second records as analysers write them: a slow course that all tests share, and noise of their own.

use std::collections::BTreeMap;

use imfleet::domain::{
    quantity::Amount,
    standard::{Item, Method},
    supervision::{Phase, PhaseName, ReadingFacts, Trace},
};

use super::dice::Dice;

const SECONDS: i64 = 200;

/// The phases of a method with the channel of each judged item.
fn phases(method: Method) -> [(PhaseName, i64, i64); 2] {
    match method {
        Method::LugDown => [(PhaseName::K100, 60, 80), (PhaseName::K80, 120, 150)],
        _ => [(PhaseName::HighIdle, 60, 89), (PhaseName::Idle, 150, 179)],
    }
}

fn channel_of(item: Item) -> (&'static str, PhaseName) {
    match item {
        Item::IdleCo => ("co_percent", PhaseName::Idle),
        Item::IdleHc => ("hc_ppm", PhaseName::Idle),
        Item::HighIdleCo => ("co_percent", PhaseName::HighIdle),
        Item::HighIdleHc => ("hc_ppm", PhaseName::HighIdle),
        Item::LugDownK100 => ("k_per_m", PhaseName::K100),
        Item::LugDownK80 => ("k_per_m", PhaseName::K80),
        _ => ("nox_ppm", PhaseName::K80),
    }
}

/// A record whose phases have these means, in which the analyser's own noise is 4 %.
pub fn trace(dice: &mut Dice, method: Method, means: &[ReadingFacts]) -> Trace {
    let phases = phases(method);
    let mut channels: BTreeMap<String, Vec<Amount>> = BTreeMap::new();
    let digits = |channel: &str| if channel.ends_with("ppm") { 0 } else { 3 };
    for reading in means {
        let (channel, phase) = channel_of(reading.item);
        let samples = channels.entry(channel.to_owned()).or_insert_with(|| vec![Amount::ZERO; 200]);
        // The slow course: each phase reigns over its half of the test.
        let first_half = phase == phases[0].0;
        for second in 0..SECONDS {
            if (second < 105) == first_half
                || means.iter().filter(|other| channel_of(other.item).0 == channel).count() == 1
            {
                let level = reading.value.micros() * (100 + course(second)) / 100;
                let noisy = level + level / 1_000 * 40 * dice.noise() / 1_000;
                samples[usize::try_from(second).unwrap()] =
                    Amount::from_micros(noisy.max(0)).round_half_even(digits(channel));
            }
        }
    }
    let told = |(phase, from, to): (PhaseName, i64, i64)| Phase {
        phase,
        from: u32::try_from(from + 1).unwrap(),
        to: u32::try_from(to + 1).unwrap(),
    };
    Trace { channels, seconds: Vec::new(), said_seconds: Some(200), phases: phases.map(told).to_vec() }
}

/// Percent above the phase's level: nothing within the phases, up to 15 % outside.
fn course(second: i64) -> i64 {
    let far = [(60, 89), (120, 179)].into_iter().map(|(from, to)| (from - second).max(second - to).max(0)).min();
    far.unwrap().min(15)
}

/// The same record, disturbed by so many thousandths and scaled by so many percent.
pub fn copied(dice: &mut Dice, original: &Trace, permille: i64, percent: i64) -> Trace {
    let mut copy = original.clone();
    for (channel, samples) in &mut copy.channels {
        let digits = if channel.ends_with("ppm") { 0 } else { 3 };
        for sample in samples {
            let level = sample.micros() * percent / 100;
            let noisy = level + level / 1_000 * permille * dice.noise() / 1_000;
            *sample = Amount::from_micros(noisy.max(0)).round_half_even(digits);
        }
    }
    copy
}
