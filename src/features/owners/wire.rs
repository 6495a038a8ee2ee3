//! JSON of what an owner can do without an account; nothing in an answer names a person, a plate or a VIN.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    domain::{
        appeal::{Appeal, AppealState, AppealStep, Plea},
        listing::{LiftedBy, Listing, ListingReason},
        notice::{Notice, NoticeState},
        time::{Day, Instant},
        vehicle::plate::{Plate, PlateKind},
        words::Word,
    },
    features::listings::WayOffOut,
};

/// What only the owner has at hand.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "plate": "陕E·A0001", "plate_kind": "small_car", "vin_tail": "184847", "number": "G202608221030001230000ABCD"
}))]
pub struct OwnerProof {
    /// The plate.
    pub plate: Plate,
    /// Its kind.
    pub plate_kind: PlateKind,
    /// The last six characters of the VIN.
    #[validate(length(equal = 6))]
    #[schema(min_length = 6, max_length = 6)]
    pub vin_tail: String,
    /// The number of a notice, or of an inspection report.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub number: String,
}

/// The owner appeals.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnerAppealIn {
    /// The proof.
    #[validate(nested)]
    pub proof: OwnerProof,
    /// The notice of the listing; may be left out when the proof's number is the notice's.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub notice_number: Option<String>,
    /// What is argued.
    #[validate(nested)]
    pub plea: Plea,
}

/// How one vehicle stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnerCheckOut {
    /// As of when.
    pub checked_at: Instant,
    /// Whether a listing bars the vehicle now.
    pub listed: bool,
    /// Where to appeal, beside this service.
    pub appeal_channel: String,
    /// Its listings, the newest first, also those lifted.
    pub listings: Vec<OwnerListingOut>,
}

/// A listing as its owner sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnerListingOut {
    /// Why.
    pub reason: ListingReason,
    /// Why, in Chinese.
    pub reason_zh: String,
    /// What clears it.
    pub way_off: WayOffOut,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// When it takes effect; none while it waits for its notice.
    pub effective_at: Option<Instant>,
    /// Since when an appeal holds it off.
    pub suspended_at: Option<Instant>,
    /// Whether it bars the vehicle now.
    pub in_effect: bool,
    /// When it was lifted.
    pub lifted_at: Option<Instant>,
    /// By what it was lifted.
    pub lifted_by: Option<LiftedBy>,
    /// Its notice.
    pub notice: Option<OwnerNoticeOut>,
    /// The appeals against it, the newest first.
    pub appeals: Vec<OwnerAppealOut>,
}

/// A notice as its owner sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnerNoticeOut {
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub state: NoticeState,
    /// How many days the owner has, from the day after delivery.
    pub days: u32,
    /// The last day, once it is delivered.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub deadline_on: Option<Day>,
}

/// An appeal as its owner sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnerAppealOut {
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub state: AppealState,
    /// Whether it holds the listing off while it is open.
    pub suspends: bool,
    /// The last day for the decision.
    #[schema(value_type = chrono::NaiveDate)]
    pub decide_by: Day,
    /// The reasons of the decision.
    pub reason: Option<String>,
}

impl OwnerListingOut {
    /// A listing with its notice and its appeals, at an instant.
    #[must_use]
    pub fn at(listing: &Listing, notices: &[Notice], appeals: &[Appeal], at: Instant) -> Self {
        let notice = notices.iter().find(|notice| notice.listing == listing.id);
        let appeals = appeals.iter().filter(|appeal| appeal.listing == listing.id);
        Self {
            reason: listing.reason,
            reason_zh: listing.reason.zh().to_owned(),
            way_off: listing.reason.into(),
            recorded_at: listing.recorded_at,
            effective_at: listing.effective_at,
            suspended_at: listing.suspended_at,
            in_effect: listing.is_in_effect(at),
            lifted_at: listing.lift.as_ref().map(|lift| lift.at),
            lifted_by: listing.lift.as_ref().map(|lift| lift.by),
            notice: notice.map(OwnerNoticeOut::from),
            appeals: appeals.map(OwnerAppealOut::from).collect(),
        }
    }
}

impl From<&Notice> for OwnerNoticeOut {
    fn from(notice: &Notice) -> Self {
        Self {
            number: notice.number.clone(),
            state: notice.course.state(),
            days: notice.letter.days,
            deadline_on: notice.deadline_on(),
        }
    }
}

impl From<&Appeal> for OwnerAppealOut {
    fn from(appeal: &Appeal) -> Self {
        Self {
            number: appeal.number.clone(),
            state: appeal.course.state(),
            suspends: appeal.suspends,
            decide_by: appeal.decide_by,
            reason: match &appeal.course.last().stage {
                AppealStep::Upheld { reason } | AppealStep::Dismissed { reason } => Some(reason.clone()),
                AppealStep::Open | AppealStep::Withdrawn { .. } => None,
            },
        }
    }
}
