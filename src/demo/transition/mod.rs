//! The fleet transition of the demo, from 2022 on: trades, additions, renewals, scrappages, old trucks that leave,
//! charging sites and yearly tasks. What happened before the demo's first day is told on that day, the rest on its own.
//!
//! To add a fleet: a row in `fleets`. To let something else happen: an errand, and when it happens in `plan`.

mod errands;
mod fleets;
mod plan;
mod plans;

use std::collections::BTreeMap;

use super::{FIRST_DAY, TODAY, city::City};
use crate::{
    domain::{id::Id, time::Day, vehicle::Vehicle},
    platform::{problem::Problem, state::State},
};

pub use self::errands::Errand;

/// Errands in one change at most.
const BATCH: usize = 100;

/// What is still to be told, by the day on which it is told.
pub struct Transition {
    agenda: BTreeMap<Day, Vec<Errand>>,
    ids: Vec<Option<Id<Vehicle>>>,
}

impl Transition {
    /// The plan of the whole transition.
    pub fn plan() -> Self {
        let (told, vehicles) = plan::Plan::make();
        let mut agenda = BTreeMap::<Day, Vec<Errand>>::new();
        for (day, errand) in told.into_iter().chain(plans::all()).filter(|(day, _)| *day <= TODAY) {
            agenda.entry(day.max(FIRST_DAY)).or_default().push(errand);
        }
        Self { agenda, ids: vec![None; vehicles] }
    }

    /// Books an errand for a day.
    pub fn book(&mut self, day: Day, errand: Errand) {
        self.agenda.entry(day).or_default().push(errand);
    }

    /// Does the errands of a day, those of one member and kind together.
    ///
    /// # Errors
    /// The database cannot be written, or the service refuses what the plan tells.
    pub async fn pass(&mut self, state: &State, city: &City, day: Day) -> Result<(), Problem> {
        let Some(mut errands) = self.agenda.remove(&day) else { return Ok(()) };
        errands.sort_by_key(|errand| (errand.rank(), errand.who(city)));
        for group in errands.chunk_by(|one, other| (one.rank(), one.who(city)) == (other.rank(), other.who(city))) {
            for batch in group.chunks(BATCH) {
                self.tell(state, city, batch).await?;
            }
        }
        Ok(())
    }

    async fn tell(&mut self, state: &State, city: &City, batch: &[Errand]) -> Result<(), Problem> {
        let Some(first) = batch.first() else { return Ok(()) };
        let member = city.member(first.who(city)).ok_or_else(|| Problem::internal(&"no such member"))?;
        let (errands, ids, on) = (batch.to_vec(), self.ids.clone(), state.ground(&member.caller));
        let tell = move |tx: &mut crate::platform::db::Tx<'_>| {
            let told = errands.iter().map(|errand| errand.carry_out(tx, &on, &ids));
            told.collect::<Result<Vec<_>, Problem>>()
        };
        let registered = state.db.write(first.operation(), member.caller.actor(), tell).await?;
        for (number, id) in registered.into_iter().flatten() {
            if let Some(place) = self.ids.get_mut(number) {
                *place = Some(id);
            }
        }
        Ok(())
    }
}
