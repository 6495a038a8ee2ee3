//! JSON of decisions.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use crate::{
    domain::{
        elimination::InScope,
        id::Id,
        listing::ListingReason,
        time::Instant,
        vehicle::{
            Vehicle,
            plate::PlateKind,
            stage::{Stage, StageSource},
        },
        words::words,
        zone::{Change, Decision, Outcome, Point, Subject, Voice, Words, Zone},
    },
    features::vehicles::IdentityIn,
};

words! {
    /// Whether a vehicle is listed.
    pub enum ListedOrNot {
        /// It is.
        Listed = "listed" / "在黑名单",
        /// It is known, and is not.
        NotListed = "not_listed" / "不在黑名单",
        /// The vehicle is not known: no clean bill.
        Unknown = "unknown" / "未知",
    }
}

/// May this vehicle enter? Asked of a zone, or of the zones around a position.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "one_place"))]
#[schema(example = json!({
    "plate": "陕E00001", "plate_kind": "large_car", "position": [109.5021, 34.4994],
    "at": "2026-12-01T08:00:00+08:00"
}))]
pub struct AccessIn {
    /// The plate as read.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub plate: Option<String>,
    /// The plate's kind; needed with a plate.
    pub plate_kind: Option<PlateKind>,
    /// The VIN as read.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub vin: Option<String>,
    /// The zone.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub zone_id: Option<Id<Zone>>,
    /// Or the position: longitude and latitude in degrees (WGS 84), at most seven decimals.
    pub position: Option<Point>,
    /// The time; now when absent.
    pub at: Option<Instant>,
}

fn one_place(told: &AccessIn) -> Result<(), ValidationError> {
    if told.zone_id.is_some() == told.position.is_some() {
        let both = "tell either zone_id or position | 请填写 zone_id 或 position 之一";
        return Err(ValidationError::new("one_place").with_message(both.into()));
    }
    if told.position.is_some_and(|point| !point.is_on_the_globe()) {
        let range = "longitude −180 to 180, latitude −90 to 90 | 经度 −180 至 180，纬度 −90 至 90";
        return Err(ValidationError::new("out_of_range").with_message(range.into()));
    }
    Ok(())
}

impl AccessIn {
    /// By what the vehicle is known.
    #[must_use]
    pub fn identity(&self) -> IdentityIn {
        IdentityIn { plate: self.plate.clone(), plate_kind: self.plate_kind, vin: self.vin.clone() }
    }
}

/// The answer: everything that spoke, in order, and what would change it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AccessOut {
    /// May it enter? `unknown` is neither.
    pub outcome: Outcome,
    /// Why, in one sentence.
    pub reason: Words,
    /// The time for which it holds.
    pub at: Instant,
    /// The zones that were asked; none where no zone lies.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub zones: Vec<Id<Zone>>,
    /// Whether the vehicle is listed.
    pub listed: ListedOrNot,
    /// What spoke, in order.
    pub rules: Vec<SpokenRuleOut>,
    /// What would change the answer.
    pub changes: Vec<ChangeOut>,
}

/// One rule, order or exemption that spoke.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SpokenRuleOut {
    /// What it is.
    #[serde(flatten)]
    pub voice: Voice,
    /// In words.
    pub words: Words,
}

/// One thing that would change the answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChangeOut {
    /// What it is.
    #[serde(flatten)]
    pub change: Change,
    /// In words.
    pub words: Words,
}

impl AccessOut {
    /// The answer to a question about a subject.
    #[must_use]
    pub fn new(decision: Decision, subject: &Subject, at: Instant) -> Self {
        let reason = decision.words();
        let spoken = |voice: Voice| SpokenRuleOut { words: voice.words(), voice };
        let change = |change: Change| ChangeOut { words: change.words(), change };
        Self {
            outcome: decision.outcome,
            reason,
            at,
            zones: decision.zones,
            listed: ListedOrNot::of(subject.listed.as_deref()),
            rules: decision.voices.into_iter().map(spoken).collect(),
            changes: decision.changes.into_iter().map(change).collect(),
        }
    }
}

impl ListedOrNot {
    /// From the reasons, as far as they are known.
    pub const fn of(listed: Option<&[ListingReason]>) -> Self {
        match listed {
            None => Self::Unknown,
            Some([]) => Self::NotListed,
            Some(_) => Self::Listed,
        }
    }
}

/// May this vehicle be transferred in?
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TransferInOut {
    /// `deny` for the scope of elimination; `unknown` while a document must tell the stage.
    pub outcome: Outcome,
    /// Why.
    pub reason: Words,
    /// The legal basis.
    pub basis: String,
    /// The vehicle, when the registry knows it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub vehicle_id: Option<Id<Vehicle>>,
    /// Whether it belongs to the scope of elimination.
    pub in_scope: InScope,
    /// The stage by which that was judged.
    pub stage: Stage,
    /// How the stage is known.
    pub stage_source: StageSource,
    /// Whether it is listed here.
    pub listed: ListedOrNot,
    /// For which reasons.
    pub listed_for: Vec<ListingReason>,
}
