//! An appeal (申诉) against a listing: filed by the owner or the bureau, decided with reasons by its day, never deleted.
//!
//! ```text
//! open ─decide→ upheld        the listing is lifted
//!   ├──decide→ dismissed     a listing that was held off bars again
//!   └withdraw→ withdrawn     the same
//! ```

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::{
    course::{Course, InvalidStep, Moment, Stage},
    exhibit::Exhibit,
    id::Id,
    listing::{Listing, ListingReason},
    settings::Settings,
    time::{Day, Instant, is_past, last_day},
    vehicle::Vehicle,
    words::{Word, words},
};

words! {
    /// Where an appeal stands.
    pub enum AppealState {
        /// Not yet decided.
        Open = "open" / "审查中",
        /// The listing is lifted.
        Upheld = "upheld" / "申诉成立",
        /// The listing stays.
        Dismissed = "dismissed" / "申诉不成立",
        /// Withdrawn by who filed it.
        Withdrawn = "withdrawn" / "已撤回",
    }

    /// What the bureau decides.
    pub enum AppealRuling {
        /// The listing was wrong.
        Upheld = "upheld" / "申诉成立",
        /// The listing was right.
        Dismissed = "dismissed" / "申诉不成立",
    }

    /// Who appeals.
    pub enum Appellant {
        /// The owner, without an account.
        Owner = "owner" / "车主",
        /// The bureau, for the owner or on its own motion.
        Bureau = "bureau" / "主管部门",
    }
}

/// An appeal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    /// Its id.
    pub id: Id<Appeal>,
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// The listing appealed against.
    pub listing: Id<Listing>,
    /// Its number, by which the owner names it.
    pub number: String,
    /// Who appeals.
    pub appellant: Appellant,
    /// What is argued.
    pub plea: Plea,
    /// The last day for the decision.
    pub decide_by: Day,
    /// Whether it holds the listing off while it is open.
    pub suspends: bool,
    /// How it fared.
    pub course: Course<AppealStep>,
}

/// What is argued. Names and telephones do not belong here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Plea {
    /// Why the listing is wrong.
    #[validate(length(min = 4, max = 2000))]
    #[schema(min_length = 4, max_length = 2000)]
    pub grounds: String,
    /// The evidence.
    #[validate(length(max = 20), nested)]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub exhibits: Vec<Exhibit>,
}

/// The steps of an appeal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "state", content = "facts", rename_all = "snake_case")]
pub enum AppealStep {
    /// Filed.
    Open,
    /// Upheld.
    Upheld {
        /// Why.
        reason: String,
    },
    /// Dismissed.
    Dismissed {
        /// Why.
        reason: String,
    },
    /// Withdrawn.
    Withdrawn {
        /// Why.
        reason: String,
    },
}

impl Stage for AppealStep {
    type Name = AppealState;

    fn name(&self) -> AppealState {
        match self {
            Self::Open => AppealState::Open,
            Self::Upheld { .. } => AppealState::Upheld,
            Self::Dismissed { .. } => AppealState::Dismissed,
            Self::Withdrawn { .. } => AppealState::Withdrawn,
        }
    }
}

/// Whether an appeal against a listing of this reason holds it off from the moment it is filed.
#[must_use]
pub fn appeal_suspends(settings: &Settings, reason: ListingReason, day: Day) -> bool {
    let reasons = settings.text("reasons_suspended_by_appeal", day).unwrap_or_default();
    reasons.split(' ').any(|word| word == reason.word())
}

/// The last day for the decision upon an appeal that is filed now.
#[must_use]
pub fn decide_by(settings: &Settings, at: Instant) -> Day {
    last_day(at.local_day(), settings.on("appeal_days_to_decide", at.local_day()))
}

impl Appeal {
    /// The bureau decides.
    ///
    /// # Errors
    /// It is not open.
    pub fn decide(
        self,
        ruling: AppealRuling,
        reason: String,
        moment: Moment,
    ) -> Result<Self, InvalidStep<AppealState>> {
        let step = match ruling {
            AppealRuling::Upheld => AppealStep::Upheld { reason },
            AppealRuling::Dismissed => AppealStep::Dismissed { reason },
        };
        self.end(step, moment)
    }

    /// Who filed it withdraws it.
    ///
    /// # Errors
    /// It is not open.
    pub fn withdraw(self, reason: String, moment: Moment) -> Result<Self, InvalidStep<AppealState>> {
        self.end(AppealStep::Withdrawn { reason }, moment)
    }

    /// The bureau decides whether it holds the listing off while it is open.
    ///
    /// # Errors
    /// It is not open.
    pub fn set_effect(mut self, suspends: bool) -> Result<Self, InvalidStep<AppealState>> {
        if self.course.state() != AppealState::Open {
            return Err(InvalidStep(self.course.state()));
        }
        self.suspends = suspends;
        Ok(self)
    }

    /// Whether it is open and against this listing.
    #[must_use]
    pub fn is_open_against(&self, listing: Id<Listing>) -> bool {
        self.listing == listing && self.course.state() == AppealState::Open
    }

    /// Whether its last day has passed without a decision.
    #[must_use]
    pub fn is_overdue(&self, at: Instant) -> bool {
        self.course.state() == AppealState::Open && is_past(self.decide_by, at)
    }

    fn end(mut self, step: AppealStep, moment: Moment) -> Result<Self, InvalidStep<AppealState>> {
        self.course = self.course.go(&[AppealState::Open], step, moment)?;
        Ok(self)
    }
}
