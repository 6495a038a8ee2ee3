//! The passing of two years: the clock is moved from slot to slot, everybody does their errands, deadlines are looked at.

use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike, Duration, Weekday};
use futures_util::future::try_join_all;
use indicatif::{ProgressBar, ProgressStyle};

use super::{
    FIRST_DAY, TODAY,
    city::City,
    dice::Dice,
    fleet,
    jobs::{Job, Outcome, Tested, carry_out},
    lives::Life,
    plans::{Chance, Errand},
    slots::Slot,
    transition::{Errand as FleetErrand, Transition},
};
use crate::{
    domain::{
        case::Ruling,
        fleet::MovementKind,
        time::{Day, Instant},
    },
    features,
    platform::{problem::Problem, state::State},
};

/// Jobs in one change at most.
const BATCH: usize = 100;

/// Makes the city and lets its two years pass.
///
/// # Errors
/// The database cannot be written.
pub async fn make(state: &State, vehicles: u32) -> Result<(), Problem> {
    let city = City::found(state).await?;
    let mut dice = Dice::new();
    let fleet = fleet::make(&mut dice, vehicles);
    let lives: Vec<Life> =
        (1..).zip(fleet).map(|(number, motor)| Life::new(&mut dice, &city, number, motor)).collect();
    let transition = Transition::plan();
    let mut years = Years { state, lives, chance: Chance { dice, city: &city }, agenda: BTreeMap::new(), transition };
    years.begin();
    years.pass().await?;
    City::complete(state).await
}

/// An errand and the number of the life that it is about.
type Booked = (usize, Errand);

struct Years<'c> {
    state: &'c State,
    lives: Vec<Life>,
    chance: Chance<'c>,
    agenda: BTreeMap<Slot, Vec<Booked>>,
    transition: Transition,
}

impl Years<'_> {
    fn begin(&mut self) {
        for (number, life) in self.lives.iter().enumerate() {
            let errand = self.chance.begin(life, FIRST_DAY);
            self.agenda.entry(errand.slot).or_default().push((number, errand));
        }
    }

    async fn pass(&mut self) -> Result<(), Problem> {
        let days: Vec<Day> = FIRST_DAY.iter_days().take_while(|day| *day <= TODAY).collect();
        let bar = progress(days.len());
        for day in days {
            // Of the nightly walks through all vehicles, one a week and the last are enough for a demo.
            let walks = day.weekday() == Weekday::Mon || day == TODAY;
            bar.set_message(day.to_string());
            self.state.clock.stop_at(Instant::start_of(day));
            features::watch(self.state).await?;
            self.state.clock.stop_at(Instant::start_of(day).plus(Duration::hours(9)));
            self.transition.pass(self.state, self.chance.city, day).await?;
            if walks {
                features::tick(self.state).await?;
            }
            while let Some(slot) = self.next_slot(day) {
                self.pass_slot(slot).await?;
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(())
    }

    /// The next slot of the day that has errands; the demo opens after the first slot of its own day.
    fn next_slot(&self, day: Day) -> Option<Slot> {
        let (slot, _) = self.agenda.first_key_value()?;
        (slot.day <= day && slot.at() <= super::opening_of(TODAY)).then_some(*slot)
    }

    async fn pass_slot(&mut self, slot: Slot) -> Result<(), Problem> {
        let booked = self.agenda.remove(&slot).unwrap_or_default();
        self.state.clock.stop_at(slot.at());
        let batches = self.batches(booked);
        let done =
            try_join_all(batches.into_iter().map(|batch| do_batch(self.state, self.chance.city, batch))).await?;
        for (booked, outcome) in done.into_iter().flatten() {
            self.go_on(&booked, outcome)?;
        }
        Ok(())
    }

    fn go_on(&mut self, (number, errand): &Booked, outcome: Outcome) -> Result<(), Problem> {
        let Some(life) = self.lives.get_mut(*number) else { return Ok(()) };
        if let Some(told) = told_to_the_fleet(life, errand, &outcome) {
            self.transition.book(errand.slot.day.succ_opt().unwrap_or(errand.slot.day), told);
        }
        for next in self.chance.follow(life, errand, outcome)? {
            self.agenda.entry(next.slot).or_default().push((*number, next));
        }
        Ok(())
    }

    /// The errands of a slot, those of one member and operation together. A line takes one vehicle in a slot; the
    /// next one waits.
    fn batches(&mut self, booked: Vec<Booked>) -> Vec<Vec<Booked>> {
        let mut taken = HashSet::new();
        let mut groups = BTreeMap::<(usize, &'static str), Vec<Booked>>::new();
        for (number, errand) in booked {
            if let Job::Accept(told) = &errand.job
                && !taken.insert((errand.who, told.line_code.clone()))
            {
                let later = Errand { slot: errand.slot.next_open(), ..errand };
                self.agenda.entry(later.slot).or_default().push((number, later));
                continue;
            }
            groups.entry((errand.who, errand.job.operation())).or_default().push((number, errand));
        }
        groups.into_values().flat_map(cut).collect()
    }
}

/// What the police tell the register of fleet changes: a registration when the vehicle is first known, an exit when its
/// case was ruled so.
fn told_to_the_fleet(life: &mut Life, errand: &Errand, outcome: &Outcome) -> Option<FleetErrand> {
    match (outcome, &errand.job) {
        (Outcome::Tested(Tested { vehicle, .. }) | Outcome::Registered(vehicle), _) => {
            let is_known = std::mem::replace(&mut life.is_in_fleet, true);
            let registered_on = life.motor.registered_on;
            (!is_known).then_some(FleetErrand::Met(*vehicle, MovementKind::Registered, registered_on))
        }
        (Outcome::Done, Job::Rule((vehicle, _), told)) => {
            let kind = match told.ruling {
                Ruling::Scrapped => MovementKind::Scrapped,
                Ruling::TransferredOut => MovementKind::TransferredOut,
                _ => return None,
            };
            Some(FleetErrand::Met(*vehicle, kind, errand.slot.day))
        }
        _ => None,
    }
}

fn cut(mut group: Vec<Booked>) -> Vec<Vec<Booked>> {
    let mut batches = Vec::new();
    while group.len() > BATCH {
        let rest = group.split_off(BATCH);
        batches.push(std::mem::replace(&mut group, rest));
    }
    batches.push(group);
    batches
}

/// Does the errands of one member and operation in one change, as that member.
async fn do_batch(state: &State, city: &City, batch: Vec<Booked>) -> Result<Vec<(Booked, Outcome)>, Problem> {
    let Some((_, first)) = batch.first() else { return Ok(Vec::new()) };
    let member = city.member(first.who).ok_or_else(|| Problem::internal(&"no such member"))?;
    let (operation, ground) = (first.job.operation(), state.ground(&member.caller));
    let jobs: Vec<Job> = batch.iter().map(|(_, errand)| errand.job.clone()).collect();
    let actor = member.caller.actor();
    let outcomes = state.db.write(operation, actor, move |tx| carry_out(tx, &ground, &jobs)).await?;
    Ok(batch.into_iter().zip(outcomes).collect())
}

/// Shown where standard error is a terminal.
fn progress(days: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("making the demo city {wide_bar} {msg} {elapsed}");
    let bar = ProgressBar::new(u64::try_from(days).unwrap_or_default());
    style.map(|style| bar.clone().with_style(style)).unwrap_or(bar)
}
