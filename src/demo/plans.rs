//! What follows upon what: a failing test upon a visit, a repair upon a failing test, a retest upon a repair.

use super::{
    city::City,
    dice::Dice,
    jobs::{CaseKey, Job, Outcome, Tested},
    lives::Life,
    slots::Slot,
    workshop,
};
use crate::{
    domain::{
        case::Ruling, id::Id, inspection::InspectionKind, role::Role, time::Day, vehicle::Vehicle, verdict::Verdict,
    },
    features::{acceptances::AcceptanceIn, cases::RulingIn, listings::ListingIn},
    platform::problem::Problem,
};

/// Who does what, and when.
pub struct Errand {
    /// When.
    pub slot: Slot,
    /// The number of the member who does it.
    pub who: usize,
    /// What.
    pub job: Job,
}

/// What decides how things go on.
pub struct Chance<'c> {
    /// The dice.
    pub dice: Dice,
    /// Who takes part.
    pub city: &'c City,
}

impl Chance<'_> {
    /// The first errand of a life: an electric vehicle is registered by the police, any other comes to its first test.
    pub fn begin(&mut self, life: &Life, first: Day) -> Errand {
        let registered_on = life.motor.registered_on;
        if life.motor.kind.is_electric() {
            let day = if registered_on < first { self.dice.days_after(first, 0, 40) } else { registered_on };
            let slot = Slot::on(day, self.dice.between(0, 3));
            let who = self.city.only(Role::TrafficPolice);
            return Errand { slot, who, job: Job::Register(life.motor.told.clone()) };
        }
        let day = match life.kind {
            InspectionKind::NewRegistration => registered_on,
            _ => self.dice.days_after(first, 0, life.motor.period(first) - 1),
        };
        self.visit(life, day)
    }

    /// What follows from an errand.
    ///
    /// # Errors
    /// A message cannot be written.
    pub fn follow(&mut self, life: &mut Life, done: &Errand, outcome: Outcome) -> Result<Vec<Errand>, Problem> {
        let (slot, who) = (done.slot, done.who);
        let next = match (outcome, &done.job) {
            (Outcome::Tested(test), _) if test.verdict == Verdict::Pass => {
                return Ok(self.after_pass(life, &test, slot));
            }
            (Outcome::Tested(test), _) => {
                (life.failed, life.report, life.case) = (life.failed + 1, test.report_number, test.case);
                self.after_failure(life, slot)?
            }
            (Outcome::Accepted(number), Job::Accept(accepted)) => {
                Some(self.after_acceptance(life, done, accepted, number))
            }
            (Outcome::Claimed, Job::Claim(case)) => self.after_claim(life, *case, done),
            (Outcome::Recorded(repair), Job::Record(case, _)) => {
                Some(Errand { slot: self.later(slot, (0, 3)), who, job: Job::Complete(*case, repair) })
            }
            (Outcome::Repaired, _) => Some(self.visit_in(life, slot, (0, 4))),
            (Outcome::Kept, _) => self.claim_in(life, slot, (2, 6)),
            (Outcome::Listed(listing), _) => self.dice.happens(600).then(|| {
                let job = Job::Lift(listing, "整改完成，经复查符合要求");
                Errand { slot: self.later(slot, (20, 70)), who, job }
            }),
            _ => None,
        };
        Ok(next.into_iter().collect())
    }

    /// One owner in a hundred drives away and comes another day, when the acceptance has lapsed.
    fn after_acceptance(
        &mut self,
        life: &mut Life,
        done: &Errand,
        accepted: &AcceptanceIn,
        number: String,
    ) -> Errand {
        if self.dice.happens(10) {
            return self.visit_in(life, done.slot, (3, 12));
        }
        let job = life.test(&mut self.dice, accepted, number, done.slot);
        Errand { slot: done.slot.next(), who: done.who, job }
    }

    fn after_pass(&mut self, life: &mut Life, test: &Tested, slot: Slot) -> Vec<Errand> {
        (life.case, life.failed, life.kind) = (None, 0, InspectionKind::Periodic);
        let period = life.motor.period(slot.day);
        let visit = self.visit_in(life, slot, (period - 25, period));
        [Some(visit), self.maybe_list(life, test.vehicle, slot)].into_iter().flatten().collect()
    }

    /// Some shops fall silent, and their claim lapses.
    fn after_claim(&mut self, life: &mut Life, case: CaseKey, done: &Errand) -> Option<Errand> {
        let record = workshop::record(&mut self.dice, &life.order(done.slot));
        let slot = self.later(done.slot, (0, 2));
        self.dice.happens(960).then_some(Errand { slot, who: done.who, job: Job::Record(case, record) })
    }

    fn after_failure(&mut self, life: &mut Life, slot: Slot) -> Result<Option<Errand>, Problem> {
        Ok(match self.dice.between(0, 999) {
            0..700 => self.claim_in(life, slot, (1, 9)),
            700..800 => Some(self.upload_in(life, slot)?),
            800..890 => self.claim_in(life, slot, (31, 75)),
            890..940 => self.ruling_in(life, slot),
            _ => None,
        })
    }

    fn claim_in(&mut self, life: &Life, slot: Slot, days: (i64, i64)) -> Option<Errand> {
        let job = Job::Claim(life.case?);
        Some(Errand { slot: self.later(slot, days), who: life.shop, job })
    }

    /// The shop's own software sends the repair; every fifth message does not name the report.
    fn upload_in(&mut self, life: &mut Life, slot: Slot) -> Result<Errand, Problem> {
        let at = self.later(slot, (2, 12));
        let vin = life.motor.told.vin.clone().unwrap_or_default();
        let names_report = self.dice.happens(800);
        let message = workshop::message(&mut self.dice, &life.order(at), &vin, names_report)?;
        Ok(Errand { slot: at, who: life.shop, job: Job::Upload(message) })
    }

    fn ruling_in(&mut self, life: &Life, slot: Slot) -> Option<Errand> {
        let (ruling, reason) = if self.dice.happens(600) {
            (Ruling::Scrapped, "车辆已由回收企业拆解，见报废证明")
        } else {
            (Ruling::TransferredOut, "车辆已转出本市，由转入地继续监管")
        };
        let told = RulingIn { ruling, reason: reason.to_owned() };
        let (slot, who) = (self.later(slot, (5, 60)), self.city.only(Role::EcologyBureau));
        Some(Errand { slot, who, job: Job::Rule(life.case?, told) })
    }

    /// The bureau lists one truck in forty by a decision.
    fn maybe_list(&mut self, life: &Life, vehicle: Id<Vehicle>, slot: Slot) -> Option<Errand> {
        if !(life.motor.kind.is_truck() && self.dice.happens(25)) {
            return None;
        }
        let told = ListingIn { basis: "路检路查排放超标，见执法文书".to_owned(), effective_at: None };
        let (slot, who) = (self.later(slot, (5, 150)), self.city.only(Role::EcologyBureau));
        Some(Errand { slot, who, job: Job::List(vehicle, told) })
    }

    fn visit(&mut self, life: &Life, day: Day) -> Errand {
        let job = life.accept(&mut self.dice, self.city);
        Errand { slot: Slot::on(day, self.dice.between(0, 3)), who: life.station, job }
    }

    fn visit_in(&mut self, life: &Life, slot: Slot, days: (i64, i64)) -> Errand {
        let at = self.later(slot, days);
        Errand { slot: at, ..self.visit(life, at.day) }
    }

    /// A slot so many days later; on the same day, the next.
    fn later(&mut self, slot: Slot, (low, high): (i64, i64)) -> Slot {
        match self.dice.days_after(slot.day, low, high) {
            day if day == slot.day => slot.next_open(),
            day => Slot::on(day, self.dice.between(0, 3)),
        }
    }
}
