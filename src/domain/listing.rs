//! A listing: one reason for which a vehicle stands on the blacklist (黑名单), until that reason is lifted.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{case::Case, id::Id, time::Instant, vehicle::Vehicle, words::words};

words! {
    /// Why a vehicle is listed.
    pub enum ListingReason {
        /// A failed periodic test was not repaired and retested in time.
        OverdueCase = "overdue_case" / "定期检验不合格逾期未维修复检",
        /// A reasoned decision by the bureau.
        Decision = "decision" / "主管部门决定",
    }

    /// What lifted a listing.
    pub enum LiftedBy {
        /// A passing retest.
        Pass = "pass" / "复检合格",
        /// A ruling upon the case.
        Ruling = "ruling" / "案件裁定",
        /// A decision by the bureau.
        Decision = "decision" / "主管部门决定",
    }
}

/// One reason for which a vehicle is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Its id.
    pub id: Id<Listing>,
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// The case behind it.
    pub case: Option<Id<Case>>,
    /// Why.
    pub reason: ListingReason,
    /// The facts of the reason, in words.
    pub basis: String,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// When it takes effect.
    pub effective_at: Instant,
    /// What lifted it.
    pub lift: Option<Lift>,
}

/// The end of a listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Lift {
    /// By what.
    pub by: LiftedBy,
    /// Why, in words.
    pub reason: String,
    /// When.
    pub at: Instant,
}

/// The listing was lifted already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the listing was lifted already")]
pub struct AlreadyLifted;

impl Listing {
    /// Ends it; it stays in the history.
    ///
    /// # Errors
    /// It was lifted already.
    pub fn lift(mut self, by: LiftedBy, reason: String, at: Instant) -> Result<Self, AlreadyLifted> {
        if self.lift.is_some() {
            return Err(AlreadyLifted);
        }
        self.lift = Some(Lift { by, reason, at });
        Ok(self)
    }

    /// Whether it bars the vehicle at an instant.
    #[must_use]
    pub fn is_in_effect(&self, at: Instant) -> bool {
        self.effective_at <= at && self.lift.as_ref().is_none_or(|lift| lift.at > at)
    }
}

impl ListingReason {
    /// The way off the list, in English and Chinese.
    #[must_use]
    pub const fn way_off(self) -> (&'static str, &'static str) {
        match self {
            Self::OverdueCase => {
                ("repair at an M-station, then a passing retest at an I-station", "到M站维修后，在I站复检合格即解除")
            }
            Self::Decision => ("a decision by the ecology bureau", "由生态环境局决定解除"),
        }
    }
}
