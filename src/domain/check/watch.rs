//! What is odd about a client's asking: runs of neighbouring plates, and one plate asked again and again.
//!
//! A finding is a hint for a person, so what is kept is small and forgets: the last plates of a client, and the plates
//! that it asks most (Misra and Gries, 1982), whose counts may come out too low and never too high.

use std::collections::{HashMap, VecDeque};

use crate::domain::{
    blacklist::pack_plate,
    finding::FindingKind,
    settings::Settings,
    time::{Day, Instant},
    vehicle::plate::Plate,
};

const HOUR_MICROS: i64 = 3_600_000_000;
/// So many plates are remembered for runs.
const REMEMBERED: usize = 64;
/// So many plates are counted for repetitions.
const COUNTED: usize = 256;
/// Neighbours differ in their last two marks alone, of seven bits each.
const NEIGHBOURHOOD_BITS: u32 = 14;

/// From how many on it is odd; zero switches the rule off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Odd {
    /// Different plates of one neighbourhood among the last 64 of an hour.
    pub neighbours: u64,
    /// Checks of one plate within an hour.
    pub repetitions: u64,
}

/// The asking of one client.
#[derive(Debug, Default)]
pub struct Watch {
    last: VecDeque<(u64, i64)>,
    counts: HashMap<u64, u64>,
    counted_since: i64,
    told: [i64; 2],
}

/// Something odd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oddity {
    /// What.
    pub kind: FindingKind,
    /// How many.
    pub count: u64,
    /// The plate without its last two marks.
    pub about: String,
}

impl Odd {
    /// The bounds on a day.
    #[must_use]
    pub fn of(settings: &Settings, day: Day) -> Self {
        Self {
            neighbours: settings.on("check_neighbours_finding", day),
            repetitions: settings.on("check_repetitions_finding", day),
        }
    }
}

impl Watch {
    /// Sees a plate that is asked for, and tells what is odd; each kind once an hour.
    pub fn see(&mut self, plate: &Plate, odd: Odd, at: Instant) -> Vec<Oddity> {
        let Some(packed) = pack_plate(plate.as_str()) else { return Vec::new() };
        let now = at.micros();
        let seen = [
            (FindingKind::NeighbouringPlates, self.neighbours(packed, now), odd.neighbours),
            (FindingKind::PlateAskedAgain, self.repetitions(packed, now), odd.repetitions),
        ];
        let mut found = Vec::new();
        for ((kind, count, bound), told) in seen.into_iter().zip(&mut self.told) {
            let is_new = *told == 0 || now - *told >= HOUR_MICROS;
            if bound > 0 && count >= bound && is_new {
                *told = now;
                found.push(Oddity { kind, count, about: without_tail(plate.as_str()) });
            }
        }
        found
    }

    /// How many different plates of this neighbourhood stand among the last ones.
    fn neighbours(&mut self, packed: u64, now: i64) -> u64 {
        while self.last.front().is_some_and(|(_, at)| now - at >= HOUR_MICROS) {
            self.last.pop_front();
        }
        if !self.last.iter().any(|(other, _)| *other == packed) {
            if self.last.len() == REMEMBERED {
                self.last.pop_front();
            }
            self.last.push_back((packed, now));
        }
        let near = |other: u64| other >> NEIGHBOURHOOD_BITS == packed >> NEIGHBOURHOOD_BITS;
        u64::try_from(self.last.iter().filter(|(other, _)| near(*other)).count()).unwrap_or_default()
    }

    /// How often this plate was asked in this hour, at least.
    fn repetitions(&mut self, packed: u64, now: i64) -> u64 {
        if now - self.counted_since >= HOUR_MICROS {
            self.counts.clear();
            self.counted_since = now;
        }
        if let Some(count) = self.counts.get_mut(&packed) {
            *count += 1;
            return *count;
        }
        if self.counts.len() < COUNTED {
            self.counts.insert(packed, 1);
            return 1;
        }
        self.counts.retain(|_, count| {
            *count -= 1;
            *count > 0
        });
        0
    }
}

fn without_tail(text: &str) -> String {
    let marks = text.chars().count();
    text.chars().take(marks.saturating_sub(2)).chain("**".chars()).collect()
}
