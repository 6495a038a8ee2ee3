//! A case: a vehicle that failed or was seen to exceed, until it passes or is ruled upon. Its life cycle is the closed
//! loop.
//!
//! ```text
//! failed ─start_repair→ repairing ─complete_repair→ repaired ─pass_retest→ retested ─close→ closed
//!
//! back to repairing   recall_repair
//! back to failed      hand_back, lapse_claim; fail_again from every state before `retested`;
//!                     reopen, when the passing test is voided
//! on to retested      pass_retest from `failed` and `repairing` too, by an exemption or a confirmation
//! on to closed        remeasure, from `repaired`, when no other cause is left; rule, from every other state
//! ```
//! Nothing leads to `closed` but a passing retest, a passing re-measurement and a ruling, and nothing to `retested` but
//! a complete repair, an exemption and the bureau's confirmation.

mod failing;
mod state;
mod vocabulary;

use super::{
    id::Id,
    inspection::Inspection,
    observation::Observation,
    party::Organisation,
    repair::Repair,
    time::{Day, Instant, is_past},
    vehicle::Vehicle,
};

pub use self::{
    failing::{FailedBy, FailingTest},
    state::{Closure, Ground, State},
    vocabulary::{CaseState, Cause, Ruling},
};

/// A vehicle that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: Id<Case>,
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// Why it was opened.
    pub cause: Cause,
    /// The causes that are not yet cleared: the one that opened it, and those that joined it since.
    pub outstanding: Vec<Cause>,
    /// When it was opened.
    pub opened_at: Instant,
    /// The last day for repair and retest.
    pub deadline_on: Day,
    /// How many tests have failed in this case.
    pub round: i64,
    /// The newest failing test: the one that a repair must name.
    pub failing: FailingTest,
    /// Where it stands.
    pub state: State,
}

/// A step that the state does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// The step does not exist in this state.
    #[error("a case that is {0} does not allow this step")]
    InvalidStep(CaseState),
    /// Another shop holds the claim.
    #[error("another repair shop has claimed the case")]
    ClaimedByAnother,
    /// The retest has nothing to stand on.
    #[error("a retest needs a complete repair, an exemption or the bureau's confirmation")]
    NoGround,
    /// The closing test is another one.
    #[error("the case was not closed by this test")]
    OtherTest,
}

impl Case {
    /// Opens a case for a failing test or an observed exceedance.
    #[must_use]
    pub fn open(
        id: Id<Self>,
        vehicle: Id<Vehicle>,
        cause: Cause,
        failing: FailingTest,
        deadline_on: Day,
        at: Instant,
    ) -> Self {
        let outstanding = vec![cause];
        Self { id, vehicle, cause, outstanding, opened_at: at, deadline_on, round: 1, failing, state: State::Failed }
    }

    /// A repair shop claims the case.
    ///
    /// # Errors
    /// The case is not `failed`; when another shop repairs it, that shop must hand back or be taken over from.
    pub fn start_repair(self, shop: Id<Organisation>, at: Instant) -> Result<Self, CaseError> {
        match self.state {
            State::Failed => Ok(self.to(State::Repairing { shop, active_at: at })),
            State::Repairing { shop: holder, .. } if holder != shop => Err(CaseError::ClaimedByAnother),
            _ => Err(self.invalid_step()),
        }
    }

    /// The shop gives the case back.
    ///
    /// # Errors
    /// The shop does not hold the claim.
    pub fn hand_back(self, shop: Id<Organisation>) -> Result<Self, CaseError> {
        self.must_be_repaired_by(shop)?;
        Ok(self.to(State::Failed))
    }

    /// Another shop takes the case over.
    ///
    /// # Errors
    /// Nobody repairs it, or the shop holds it already.
    pub fn take_over(self, shop: Id<Organisation>, at: Instant) -> Result<Self, CaseError> {
        match self.state {
            State::Repairing { shop: holder, .. } if holder != shop => {
                Ok(self.to(State::Repairing { shop, active_at: at }))
            }
            _ => Err(self.invalid_step()),
        }
    }

    /// The claim ends because the shop has been silent.
    ///
    /// # Errors
    /// Nobody repairs it, or the shop was active after `silent_since`.
    pub fn lapse_claim(self, silent_since: Instant) -> Result<Self, CaseError> {
        match self.state {
            State::Repairing { active_at, .. } if active_at <= silent_since => Ok(self.to(State::Failed)),
            _ => Err(self.invalid_step()),
        }
    }

    /// The shop works on the case, so its claim lives on.
    ///
    /// # Errors
    /// The shop does not hold the claim.
    pub fn keep_claim(self, shop: Id<Organisation>, at: Instant) -> Result<Self, CaseError> {
        self.must_be_repaired_by(shop)?;
        Ok(self.to(State::Repairing { shop, active_at: at }))
    }

    /// The shop closes the repair out.
    ///
    /// # Errors
    /// The shop does not hold the claim.
    pub fn complete_repair(self, shop: Id<Organisation>, repair: Id<Repair>, at: Instant) -> Result<Self, CaseError> {
        self.must_be_repaired_by(shop)?;
        Ok(self.to(State::Repaired { shop, repair, at }))
    }

    /// The complete repair is recalled, and its shop holds the claim again.
    ///
    /// # Errors
    /// The case does not stand on this repair.
    pub fn recall_repair(self, recalled: Id<Repair>, at: Instant) -> Result<Self, CaseError> {
        match self.state {
            State::Repaired { shop, repair, .. } if repair == recalled => {
                Ok(self.to(State::Repairing { shop, active_at: at }))
            }
            _ => Err(self.invalid_step()),
        }
    }

    /// A further test fails, or a further exceedance is seen: a new round, with its own notice and deadline. One from
    /// before the newest failing one, which came late, is counted and changes nothing else.
    ///
    /// # Errors
    /// The case is closed, or has passed.
    pub fn fail_again(mut self, cause: Cause, failing: FailingTest, deadline_on: Day) -> Result<Self, CaseError> {
        if matches!(self.state, State::Retested { .. } | State::Closed { .. }) {
            return Err(self.invalid_step());
        }
        self.round += 1;
        if !self.outstanding.contains(&cause) {
            self.outstanding.push(cause);
        }
        if failing.ended_at < self.failing.ended_at {
            return Ok(self);
        }
        self.failing = failing;
        self.deadline_on = deadline_on;
        Ok(self.to(State::Failed))
    }

    /// A retest passes; `at` is when it ended.
    ///
    /// # Errors
    /// A retest has passed already, this one is older than the failing test, or its ground is another repair.
    pub fn pass_retest(self, inspection: Id<Inspection>, ground: Ground, at: Instant) -> Result<Self, CaseError> {
        match (&self.state, ground) {
            (State::Retested { .. } | State::Closed { .. }, _) => Err(self.invalid_step()),
            (_, Ground::Repair(repair)) if !self.stands_on(repair) => Err(CaseError::NoGround),
            _ if at < self.failing.ended_at => Err(CaseError::NoGround),
            _ => Ok(self.to(State::Retested { inspection, ground, at })),
        }
    }

    /// Closes the case after its passing retest.
    ///
    /// # Errors
    /// No retest has passed.
    pub fn close(self, at: Instant) -> Result<Self, CaseError> {
        match self.state {
            State::Retested { inspection, .. } => {
                Ok(self.to(State::Closed { closure: Closure::Pass { inspection }, at }))
            }
            _ => Err(self.invalid_step()),
        }
    }

    /// Repeated failed samplings ask for a retest at a station, whatever a re-measurement may clear.
    ///
    /// # Errors
    /// The case has passed or is closed.
    pub fn ask_for_retest(mut self) -> Result<Self, CaseError> {
        if matches!(self.state, State::Retested { .. } | State::Closed { .. }) {
            return Err(self.invalid_step());
        }
        if !self.outstanding.contains(&Cause::SupervisoryTest) {
            self.outstanding.push(Cause::SupervisoryTest);
        }
        Ok(self)
    }

    /// A re-measurement of the kind that found the exceedance passes after the repair: it clears that cause, and closes
    /// the case when no other is left. `observed_at` is when it was made.
    ///
    /// # Errors
    /// The case has passed or is closed; or it was not repaired before, or has no such cause.
    pub fn remeasure(
        mut self,
        observation: Id<Observation>,
        cause: Cause,
        observed_at: Instant,
        at: Instant,
    ) -> Result<Self, CaseError> {
        match self.state {
            State::Retested { .. } | State::Closed { .. } => return Err(self.invalid_step()),
            State::Repaired { at: repaired, .. } if observed_at >= repaired => {}
            _ => return Err(CaseError::NoGround),
        }
        if !cause.is_remeasurable() || !self.outstanding.contains(&cause) {
            return Err(CaseError::NoGround);
        }
        self.outstanding.retain(|other| *other != cause);
        if !self.outstanding.is_empty() {
            return Ok(self);
        }
        Ok(self.to(State::Closed { closure: Closure::Remeasured { observation }, at }))
    }

    /// The bureau ends the case by a ruling.
    ///
    /// # Errors
    /// It is closed already.
    pub fn rule(self, ruling: Ruling, reason: String, at: Instant) -> Result<Self, CaseError> {
        match self.state {
            State::Closed { .. } => Err(self.invalid_step()),
            _ => Ok(self.to(State::Closed { closure: Closure::Ruled { ruling, reason }, at })),
        }
    }

    /// The passing test was voided, so the case is open again, and needs another repair or an exemption.
    ///
    /// # Errors
    /// The case was not closed by this test.
    pub fn reopen(self, voided: Id<Inspection>) -> Result<Self, CaseError> {
        match &self.state {
            State::Closed { closure: Closure::Pass { inspection }, .. } | State::Retested { inspection, .. }
                if *inspection == voided =>
            {
                Ok(self.to(State::Failed))
            }
            State::Closed { .. } | State::Retested { .. } => Err(CaseError::OtherTest),
            _ => Err(self.invalid_step()),
        }
    }

    /// The name of the state.
    #[must_use]
    pub const fn state_name(&self) -> CaseState {
        match self.state {
            State::Failed => CaseState::Failed,
            State::Repairing { .. } => CaseState::Repairing,
            State::Repaired { .. } => CaseState::Repaired,
            State::Retested { .. } => CaseState::Retested,
            State::Closed { .. } => CaseState::Closed,
        }
    }

    /// The shop that holds or held the claim in this state.
    #[must_use]
    pub const fn shop(&self) -> Option<Id<Organisation>> {
        match self.state {
            State::Repairing { shop, .. } | State::Repaired { shop, .. } => Some(shop),
            _ => None,
        }
    }

    /// Whether a retest may stand on this repair: it is complete, and names the newest failing test.
    #[must_use]
    pub fn stands_on(&self, named: Id<Repair>) -> bool {
        matches!(self.state, State::Repaired { repair, .. } if repair == named)
    }

    /// When its newest repair was completed: what was seen before tells nothing of the repaired vehicle.
    #[must_use]
    pub const fn repaired_at(&self) -> Option<Instant> {
        match self.state {
            State::Repaired { at, .. } => Some(at),
            _ => None,
        }
    }

    /// When it was closed.
    #[must_use]
    pub const fn closed_at(&self) -> Option<Instant> {
        match self.state {
            State::Closed { at, .. } => Some(at),
            _ => None,
        }
    }

    /// Whether it is open and its deadline has passed.
    #[must_use]
    pub fn is_overdue(&self, at: Instant) -> bool {
        self.closed_at().is_none() && is_past(self.deadline_on, at)
    }

    fn must_be_repaired_by(&self, shop: Id<Organisation>) -> Result<(), CaseError> {
        match self.state {
            State::Repairing { shop: holder, .. } if holder == shop => Ok(()),
            State::Repairing { .. } => Err(CaseError::ClaimedByAnother),
            _ => Err(self.invalid_step()),
        }
    }

    const fn invalid_step(&self) -> CaseError {
        CaseError::InvalidStep(self.state_name())
    }

    fn to(mut self, state: State) -> Self {
        self.state = state;
        self
    }
}
