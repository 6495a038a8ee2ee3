//! JSON of listings.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::domain::{
    case::Case,
    id::Id,
    listing::{Evidence, Lift, Listing, ListingReason},
    time::{Day, Instant},
    vehicle::Vehicle,
};

/// The bureau lists a vehicle by a reasoned decision.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "basis": "路检路查排放超标，见执法文书", "effective_at": "2026-08-25T00:00:00+08:00" }))]
pub struct ListingIn {
    /// The facts and the basis.
    #[validate(length(min = 4, max = 1000))]
    #[schema(min_length = 4, max_length = 1000)]
    pub basis: String,
    /// When it takes effect; at once when absent.
    pub effective_at: Option<Instant>,
}

/// A listing.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListingOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The listing.
    #[schema(value_type = uuid::Uuid)]
    pub listing_id: Id<Listing>,
    /// Why.
    pub reason: ListingReason,
    /// The case behind it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub case_id: Option<Id<Case>>,
    /// The dated rule or setting by which it came to be.
    pub rule: String,
    /// The facts and the basis.
    pub basis: String,
    /// The tests and observations behind it.
    pub evidence: Vec<Evidence>,
    /// The last day on which its evidence holds; none when it does not expire.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub expires_on: Option<Day>,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// When it takes effect; none while it waits for its notice to reach the owner.
    pub effective_at: Option<Instant>,
    /// Since when an appeal holds it off.
    pub suspended_at: Option<Instant>,
    /// Whether it bars the vehicle now.
    pub in_effect: bool,
    /// The way off, in Chinese and English.
    pub way_off: WayOffOut,
    /// What lifted it.
    pub lift: Option<Lift>,
}

/// What clears a listing.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WayOffOut {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A vehicle's listings, the newest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListingsOut {
    /// Whether any of them bars the vehicle now.
    pub listed: bool,
    /// All of them, also those lifted.
    pub items: Vec<ListingOut>,
}

impl From<ListingReason> for WayOffOut {
    fn from(reason: ListingReason) -> Self {
        let (en, zh) = reason.way_off();
        Self { zh: zh.to_owned(), en: en.to_owned() }
    }
}

impl ListingOut {
    /// The listing as it stands at an instant.
    #[must_use]
    pub fn at(listing: &Listing, at: Instant) -> Self {
        Self {
            vehicle_id: listing.vehicle,
            listing_id: listing.id,
            reason: listing.reason,
            case_id: listing.case,
            rule: listing.rule.clone(),
            basis: listing.basis.clone(),
            evidence: listing.evidence.clone(),
            expires_on: listing.expires_on,
            recorded_at: listing.recorded_at,
            effective_at: listing.effective_at,
            suspended_at: listing.suspended_at,
            in_effect: listing.is_in_effect(at),
            way_off: listing.reason.into(),
            lift: listing.lift.clone(),
        }
    }
}
