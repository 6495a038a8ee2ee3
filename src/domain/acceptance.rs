//! Acceptance (受理): the promise to test a vehicle. Every gate stands here, before the car is on the dyno.

use serde::{Deserialize, Serialize};

use super::{
    case::Ground,
    id::Id,
    inspection::{Inspection, InspectionKind, Nature},
    party::{Line, Organisation},
    standard::Method,
    station::readiness::LineLack,
    time::Instant,
    vehicle::Vehicle,
    words::words,
};

words! {
    /// Where an acceptance stands.
    pub enum AcceptanceState {
        /// Accepted, waiting.
        Registered = "registered" / "待检",
        /// The appearance check is done.
        AppearanceDone = "appearance_done" / "已外检",
        /// On the line.
        Testing = "testing" / "检测中",
        /// The result is recorded and judged.
        ResultRecorded = "result_recorded" / "已上传结果",
        /// The report is issued.
        Reported = "reported" / "已出报告",
        /// Withdrawn by the station.
        Withdrawn = "withdrawn" / "退办",
        /// No result came in time.
        Lapsed = "lapsed" / "已失效",
    }
}

/// An exemption by the bureau from the repair before a retest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exemption {}

/// A vehicle accepted for a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Its id.
    pub id: Id<Acceptance>,
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// The station.
    pub station: Id<Organisation>,
    /// The line.
    pub line: Id<Line>,
    /// The number by which the station names it: station code, line code, local time.
    pub number: String,
    /// What the test is for.
    pub kind: InspectionKind,
    /// Which attempt.
    pub nature: Nature,
    /// The method.
    pub method: Method,
    /// Why a weaker method than the regular one.
    pub method_reason: Option<String>,
    /// What allows the retest, when it is one.
    pub ground: Option<Ground>,
    /// When it was accepted.
    pub accepted_at: Instant,
    /// When it lapses without a result.
    pub lapses_at: Instant,
    /// Where it stands.
    pub state: AcceptanceProgress,
    /// What the line lacked when it was accepted, by the rule of the day.
    pub line_lacks: Vec<LineLack>,
}

/// Where an acceptance stands, with the facts of that state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AcceptanceProgress {
    /// Accepted, waiting.
    Registered,
    /// The appearance check is done.
    AppearanceDone {
        /// When.
        at: Instant,
    },
    /// On the line.
    Testing {
        /// Since when.
        since: Instant,
    },
    /// The result is recorded and judged.
    ResultRecorded {
        /// The result.
        inspection: Id<Inspection>,
    },
    /// The report is issued.
    Reported {
        /// The result.
        inspection: Id<Inspection>,
        /// The report's number.
        report_number: String,
    },
    /// Withdrawn by the station.
    Withdrawn {
        /// Why.
        reason: String,
        /// When.
        at: Instant,
    },
    /// No result came in time.
    Lapsed {
        /// When.
        at: Instant,
    },
}

/// A step that the state does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an acceptance that is {0} does not allow this step")]
pub struct AcceptanceError(pub AcceptanceState);

impl Acceptance {
    /// The appearance check is done.
    ///
    /// # Errors
    /// The acceptance is not `registered`.
    pub fn record_appearance(self, at: Instant) -> Result<Self, AcceptanceError> {
        match self.state {
            AcceptanceProgress::Registered => Ok(self.to(AcceptanceProgress::AppearanceDone { at })),
            _ => Err(self.error()),
        }
    }

    /// The vehicle drives onto the line.
    ///
    /// # Errors
    /// The test has begun or the acceptance is over.
    pub fn start_testing(self, at: Instant) -> Result<Self, AcceptanceError> {
        match self.state {
            AcceptanceProgress::Registered | AcceptanceProgress::AppearanceDone { .. } => {
                Ok(self.to(AcceptanceProgress::Testing { since: at }))
            }
            _ => Err(self.error()),
        }
    }

    /// A result arrives. The steps between may have been lost on a bad network, so every open state takes it.
    ///
    /// # Errors
    /// There is a result already, or the acceptance is over.
    pub fn record_result(self, inspection: Id<Inspection>) -> Result<Self, AcceptanceError> {
        if self.is_open() {
            Ok(self.to(AcceptanceProgress::ResultRecorded { inspection }))
        } else {
            Err(self.error())
        }
    }

    /// The report is issued.
    ///
    /// # Errors
    /// There is no result.
    pub fn report(self, report_number: String) -> Result<Self, AcceptanceError> {
        match self.state {
            AcceptanceProgress::ResultRecorded { inspection } => {
                Ok(self.to(AcceptanceProgress::Reported { inspection, report_number }))
            }
            _ => Err(self.error()),
        }
    }

    /// The station withdraws.
    ///
    /// # Errors
    /// There is a result, or the acceptance is over.
    pub fn withdraw(self, reason: String, at: Instant) -> Result<Self, AcceptanceError> {
        if self.is_open() { Ok(self.to(AcceptanceProgress::Withdrawn { reason, at })) } else { Err(self.error()) }
    }

    /// The time for a result has passed.
    ///
    /// # Errors
    /// It has not, or there is a result, or the acceptance is over.
    pub fn lapse(self, at: Instant) -> Result<Self, AcceptanceError> {
        if self.is_open() && self.lapses_at <= at {
            Ok(self.to(AcceptanceProgress::Lapsed { at }))
        } else {
            Err(self.error())
        }
    }

    /// Whether a result may still arrive.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(
            self.state,
            AcceptanceProgress::Registered
                | AcceptanceProgress::AppearanceDone { .. }
                | AcceptanceProgress::Testing { .. }
        )
    }

    /// Whether the vehicle is on the line.
    #[must_use]
    pub const fn is_testing(&self) -> bool {
        matches!(self.state, AcceptanceProgress::Testing { .. })
    }

    /// Whether a result is recorded.
    #[must_use]
    pub const fn has_result(&self) -> bool {
        matches!(self.state, AcceptanceProgress::ResultRecorded { .. } | AcceptanceProgress::Reported { .. })
    }

    /// The name of the state.
    #[must_use]
    pub const fn state_name(&self) -> AcceptanceState {
        match self.state {
            AcceptanceProgress::Registered => AcceptanceState::Registered,
            AcceptanceProgress::AppearanceDone { .. } => AcceptanceState::AppearanceDone,
            AcceptanceProgress::Testing { .. } => AcceptanceState::Testing,
            AcceptanceProgress::ResultRecorded { .. } => AcceptanceState::ResultRecorded,
            AcceptanceProgress::Reported { .. } => AcceptanceState::Reported,
            AcceptanceProgress::Withdrawn { .. } => AcceptanceState::Withdrawn,
            AcceptanceProgress::Lapsed { .. } => AcceptanceState::Lapsed,
        }
    }

    const fn error(&self) -> AcceptanceError {
        AcceptanceError(self.state_name())
    }

    fn to(mut self, state: AcceptanceProgress) -> Self {
        self.state = state;
        self
    }
}
