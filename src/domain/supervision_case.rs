//! A case of supervision: a finding about a station or shop, reviewed, explained by whom it concerns, and ruled upon.
//!
//! ```text
//! opened ─review→ in_review ─ask_explanation→ explanation_asked ─explain→ explained ─┐
//!   └──rule (dismissed only)──┴──────────→ dismissed                │ (silent)       │
//!                                                                    └──────rule──────┴→ dismissed · warned
//!                            confirmed ←─decide_appeal─ appealed ←─appeal─ warned · suspended · referred
//!                           overturned ←──────┘
//! ```

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    course::{Course, InvalidStep, Moment, Stage},
    exhibit::Exhibit,
    id::Id,
    party::{Line, Organisation},
    referral::Addressee,
    suspension::Suspension,
    time::{Day, Instant, is_past},
    words::words,
};

words! {
    /// Where a case of supervision stands.
    pub enum SupervisionState {
        /// A finding was taken up.
        Opened = "opened" / "已立案",
        /// Somebody at the bureau looks at it.
        InReview = "in_review" / "核查中",
        /// Whom it concerns was asked to explain.
        ExplanationAsked = "explanation_asked" / "已要求说明",
        /// The explanation is there.
        Explained = "explained" / "已说明",
        /// Nothing remains of it.
        Dismissed = "dismissed" / "不予处理",
        /// Ruled: a warning.
        Warned = "warned" / "警告",
        /// Ruled: a line or the station is suspended.
        Suspended = "suspended" / "暂停受理",
        /// Ruled: laid before another office.
        Referred = "referred" / "移送",
        /// Whom it concerns has appealed against the ruling.
        Appealed = "appealed" / "申诉中",
        /// The ruling stands after an appeal.
        Confirmed = "confirmed" / "维持",
        /// The ruling was taken back after an appeal.
        Overturned = "overturned" / "撤销",
    }
}

/// A case of supervision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupervisionCase {
    /// Its id.
    pub id: Id<SupervisionCase>,
    /// The station or shop that it concerns.
    pub concerns: Id<Organisation>,
    /// The line, when it is about one.
    pub line: Option<Id<Line>>,
    /// The word of the finding.
    pub finding: String,
    /// The facts, as the bureau tells them.
    pub facts: String,
    /// How it fared.
    pub course: Course<SupervisionStep>,
}

/// What the bureau rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SupervisionRuling {
    /// Nothing remains of it.
    Dismissed,
    /// A warning.
    Warned,
    /// The line or the station is suspended.
    Suspended(Id<Suspension>),
    /// It is laid before another office.
    Referred(Addressee),
}

/// The steps of a case of supervision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "state", content = "facts", rename_all = "snake_case")]
pub enum SupervisionStep {
    /// Taken up.
    Opened,
    /// In review.
    InReview,
    /// An explanation was asked.
    ExplanationAsked {
        /// What is asked.
        question: String,
        /// The last day for the answer.
        #[schema(value_type = chrono::NaiveDate)]
        explain_by: Day,
    },
    /// Explained.
    Explained {
        /// What they say.
        explanation: String,
        /// Their evidence.
        exhibits: Vec<Exhibit>,
    },
    /// Dismissed.
    Dismissed {
        /// Why.
        reason: String,
    },
    /// Warned.
    Warned {
        /// Why.
        reason: String,
    },
    /// Suspended.
    Suspended {
        /// Why.
        reason: String,
        /// The suspension.
        #[schema(value_type = uuid::Uuid)]
        suspension_id: Id<Suspension>,
    },
    /// Referred.
    Referred {
        /// Why.
        reason: String,
        /// To whom.
        to: Addressee,
    },
    /// Appealed.
    Appealed {
        /// Why the ruling is wrong.
        grounds: String,
        /// The evidence.
        exhibits: Vec<Exhibit>,
    },
    /// The ruling stands.
    Confirmed {
        /// Why.
        reason: String,
    },
    /// The ruling is taken back.
    Overturned {
        /// Why.
        reason: String,
    },
}

impl Stage for SupervisionStep {
    type Name = SupervisionState;

    fn name(&self) -> SupervisionState {
        match self {
            Self::Opened => SupervisionState::Opened,
            Self::InReview => SupervisionState::InReview,
            Self::ExplanationAsked { .. } => SupervisionState::ExplanationAsked,
            Self::Explained { .. } => SupervisionState::Explained,
            Self::Dismissed { .. } => SupervisionState::Dismissed,
            Self::Warned { .. } => SupervisionState::Warned,
            Self::Suspended { .. } => SupervisionState::Suspended,
            Self::Referred { .. } => SupervisionState::Referred,
            Self::Appealed { .. } => SupervisionState::Appealed,
            Self::Confirmed { .. } => SupervisionState::Confirmed,
            Self::Overturned { .. } => SupervisionState::Overturned,
        }
    }
}

/// A step that cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SupervisionError {
    /// The state does not allow it.
    #[error(transparent)]
    Step(#[from] InvalidStep<SupervisionState>),
    /// The explanation may still come until this day.
    #[error("the explanation may still come until {0}")]
    NotYetExplained(Day),
    /// Nobody may be ruled against who was not asked to explain.
    #[error("no explanation was asked")]
    NotAsked,
}

type Outcome = Result<SupervisionCase, SupervisionError>;

impl SupervisionCase {
    /// Somebody at the bureau takes it.
    ///
    /// # Errors
    /// It is in review already, or further.
    pub fn review(self, moment: Moment) -> Outcome {
        self.go(&[SupervisionState::Opened], SupervisionStep::InReview, moment)
    }

    /// Whom it concerns is asked to explain, and sees the case from now on.
    ///
    /// # Errors
    /// It is not in review.
    pub fn ask_explanation(self, question: String, explain_by: Day, moment: Moment) -> Outcome {
        self.go(&[SupervisionState::InReview], SupervisionStep::ExplanationAsked { question, explain_by }, moment)
    }

    /// They explain; late is better than never.
    ///
    /// # Errors
    /// They were not asked, have explained already, or it is ruled.
    pub fn explain(self, explanation: String, exhibits: Vec<Exhibit>, moment: Moment) -> Outcome {
        let step = SupervisionStep::Explained { explanation, exhibits };
        self.go(&[SupervisionState::ExplanationAsked], step, moment)
    }

    /// The bureau rules: against somebody only after the explanation, or when its day has passed in silence.
    ///
    /// # Errors
    /// It is ruled already, no explanation was asked, or it may still come.
    pub fn rule(self, ruling: SupervisionRuling, reason: String, moment: Moment) -> Outcome {
        use SupervisionState::{Explained, ExplanationAsked, InReview, Opened};
        let dismissed = ruling == SupervisionRuling::Dismissed;
        match (self.course.state(), self.explain_by()) {
            (ExplanationAsked, Some(day)) if !dismissed && !is_past(day, moment.at) => {
                return Err(SupervisionError::NotYetExplained(day));
            }
            (Opened | InReview, _) if !dismissed => return Err(SupervisionError::NotAsked),
            _ => {}
        }
        let step = match ruling {
            SupervisionRuling::Dismissed => SupervisionStep::Dismissed { reason },
            SupervisionRuling::Warned => SupervisionStep::Warned { reason },
            SupervisionRuling::Suspended(suspension_id) => SupervisionStep::Suspended { reason, suspension_id },
            SupervisionRuling::Referred(to) => SupervisionStep::Referred { reason, to },
        };
        self.go(&[Opened, InReview, ExplanationAsked, Explained], step, moment)
    }

    /// Whom it concerns appeals against the ruling; a suspension goes on meanwhile.
    ///
    /// # Errors
    /// There is no ruling against them, or they have appealed.
    pub fn appeal(self, grounds: String, exhibits: Vec<Exhibit>, moment: Moment) -> Outcome {
        let ruled = [SupervisionState::Warned, SupervisionState::Suspended, SupervisionState::Referred];
        self.go(&ruled, SupervisionStep::Appealed { grounds, exhibits }, moment)
    }

    /// The bureau decides upon the appeal.
    ///
    /// # Errors
    /// There is none.
    pub fn decide_appeal(self, upheld: bool, reason: String, moment: Moment) -> Outcome {
        let step =
            if upheld { SupervisionStep::Overturned { reason } } else { SupervisionStep::Confirmed { reason } };
        self.go(&[SupervisionState::Appealed], step, moment)
    }

    /// Whether whom it concerns may know of it: from the moment an explanation was asked.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.explain_by().is_some()
    }

    /// The last day for the explanation.
    #[must_use]
    pub fn explain_by(&self) -> Option<Day> {
        self.course.steps().find_map(|step| match step.stage {
            SupervisionStep::ExplanationAsked { explain_by, .. } => Some(explain_by),
            _ => None,
        })
    }

    /// The suspension that was ruled.
    #[must_use]
    pub fn suspension(&self) -> Option<Id<Suspension>> {
        self.course.steps().find_map(|step| match step.stage {
            SupervisionStep::Suspended { suspension_id, .. } => Some(suspension_id),
            _ => None,
        })
    }

    /// Whether the explanation is late.
    #[must_use]
    pub fn is_overdue(&self, at: Instant) -> bool {
        self.course.state() == SupervisionState::ExplanationAsked
            && self.explain_by().is_some_and(|day| is_past(day, at))
    }

    fn go(mut self, from: &[SupervisionState], step: SupervisionStep, moment: Moment) -> Outcome {
        self.course = self.course.go(from, step, moment)?;
        Ok(self)
    }
}
