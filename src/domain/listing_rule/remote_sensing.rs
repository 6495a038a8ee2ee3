//! Remote sensing (HJ 845-2017): consecutive valid exceedances of one pollutant within six calendar months.

use chrono::Months;

use crate::domain::{
    id::Id,
    listing::Evidence,
    observation::{JudgedPollutant, Observation, ObservationResult, Pollutant},
    settings::Settings,
    time::{Day, Instant},
    words::Word,
};

/// One remote test of a vehicle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sensed {
    /// Which.
    pub observation: Id<Observation>,
    /// Its number.
    pub number: String,
    /// When it was made.
    pub at: Instant,
    /// What was measured, when the test is valid and judged; nothing of one that is not.
    pub readings: Vec<Reading>,
}

/// Whether one pollutant was over its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Which.
    pub pollutant: Pollutant,
    /// Whether it was.
    pub over: bool,
}

/// Consecutive exceedances of one pollutant that together are a failed test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Of which pollutant.
    pub pollutant: Pollutant,
    /// The exceedances, the first first.
    pub links: Vec<Sensed>,
}

impl Sensed {
    /// The remote test behind an observation.
    #[must_use]
    pub fn of(observation: &Observation) -> Self {
        let counts = matches!(observation.judged.result, ObservationResult::Pass | ObservationResult::OverLimit);
        let reading = |judged: &JudgedPollutant| Reading { pollutant: judged.pollutant, over: judged.over };
        Self {
            observation: observation.id,
            number: observation.number.clone(),
            at: observation.observed_at,
            readings: observation.judged.pollutants.iter().filter(|_| counts).map(reading).collect(),
        }
    }

    /// The test as evidence.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        Evidence { observation: Some(self.observation), inspection: None, number: self.number.clone(), at: self.at }
    }

    fn over(&self, pollutant: Pollutant) -> Option<bool> {
        self.readings.iter().find(|reading| reading.pollutant == pollutant).map(|reading| reading.over)
    }
}

impl Chain {
    /// When its first exceedance was.
    #[must_use]
    pub fn first(&self) -> Instant {
        self.links.iter().map(|link| link.at).min().unwrap_or(Instant::from_micros(0))
    }

    /// When its last exceedance was.
    #[must_use]
    pub fn last(&self) -> Instant {
        self.links.iter().map(|link| link.at).max().unwrap_or(Instant::from_micros(0))
    }
}

/// The chain that the newest recorded test completes, if there is one: so many consecutive valid exceedances of the same
/// pollutant, first to last within so many calendar months, both days inclusive. A valid test under the limit between
/// them breaks the chain; tests that are not valid or not judged, and tests without a reading of that pollutant, neither
/// count nor break. Tests may come late: they stand where they were made.
///
/// `tests` are all remote tests of the vehicle that count since it was last cleared, in any order.
#[must_use]
pub fn chain_with(newest: Id<Observation>, tests: &[Sensed], settings: &Settings, today: Day) -> Option<Chain> {
    let needed: usize = settings.on("remote_sensing_consecutive", today);
    let mut ordered: Vec<&Sensed> = tests.iter().collect();
    ordered.sort_by_key(|test| (test.at, test.observation));
    let lists = |pollutant: &Pollutant| pollutant.lists_by_remote_sensing();
    Pollutant::ALL.iter().copied().filter(lists).find_map(|pollutant| {
        let run = run_around(newest, &ordered, pollutant)?;
        let links = longest_within(newest, &run, settings, today);
        let complete = needed > 0 && links.len() >= needed;
        complete.then(|| Chain { pollutant, links: links.into_iter().cloned().collect() })
    })
}

/// The last day on which an exceedance still counts with one on that day.
#[must_use]
pub fn window_end(last: Day, settings: &Settings, today: Day) -> Day {
    let months = Months::new(settings.on("remote_sensing_window_months", today));
    last.checked_add_months(months).unwrap_or(Day::MAX)
}

/// The unbroken run of exceedances in which the newest test stands.
fn run_around<'a>(newest: Id<Observation>, ordered: &[&'a Sensed], pollutant: Pollutant) -> Option<Vec<&'a Sensed>> {
    let mut run = Vec::new();
    for test in ordered {
        match test.over(pollutant) {
            Some(true) => run.push(*test),
            Some(false) if run.iter().any(|link: &&Sensed| link.observation == newest) => break,
            Some(false) => run.clear(),
            None => {}
        }
    }
    run.iter().any(|link| link.observation == newest).then_some(run)
}

/// The longest part of a run that holds the newest test and fits into the window.
fn longest_within<'a>(
    newest: Id<Observation>,
    run: &[&'a Sensed],
    settings: &Settings,
    today: Day,
) -> Vec<&'a Sensed> {
    let part = |first: usize| {
        let rest = run.get(first..).unwrap_or_default();
        let until = rest.first().map_or(Day::MIN, |link| window_end(link.at.local_day(), settings, today));
        rest.iter().copied().take_while(|link| link.at.local_day() <= until).collect::<Vec<_>>()
    };
    let holds = |links: &Vec<&Sensed>| links.iter().any(|link| link.observation == newest);
    // Of two parts of one length the later counts: its evidence holds longer.
    (0..run.len()).map(part).filter(holds).max_by_key(Vec::len).unwrap_or_default()
}
