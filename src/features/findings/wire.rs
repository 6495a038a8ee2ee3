//! JSON of findings.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::domain::{
    finding::{FindingKind, FindingState},
    id::Id,
    inspection::Inspection,
    party::{Line, Organisation},
    settings::Settings,
    supervision::{About, Measured, Peers},
    time::{Day, Instant},
    vehicle::Vehicle,
    words::Word,
};

/// Which findings to list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FindingFilter {
    /// Of this kind.
    #[param(inline)]
    pub kind: Option<FindingKind>,
    /// Of this station or shop.
    #[param(value_type = Option<uuid::Uuid>)]
    pub station: Option<Id<Organisation>>,
    /// Found on this day.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub day: Option<Day>,
    /// Standing so.
    #[param(inline)]
    pub state: Option<FindingState>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// A finding: so many of so many, beside whom, and how likely that is by chance.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FindingOut {
    /// The finding.
    #[schema(value_type = uuid::Uuid)]
    pub finding_id: Id<Measured>,
    /// The station or the shop.
    #[schema(value_type = uuid::Uuid)]
    pub organisation_id: Id<Organisation>,
    /// What was seen.
    pub finding: FindingKind,
    /// Where it stands.
    pub state: FindingState,
    /// The line.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_id: Option<Id<Line>>,
    /// The person, as a fingerprint of what the station calls them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The vehicle.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vehicle_id: Option<Id<Vehicle>>,
    /// The test concerned.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inspection_id: Option<Id<Inspection>>,
    /// So many.
    pub numerator: i64,
    /// Of so many.
    pub denominator: i64,
    /// Compared with whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peers: Option<Peers>,
    /// How likely that is by chance, in millionths, rounded up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chance_millionths: Option<i64>,
    /// The interval of 95 % of the share, in millionths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval_millionths: Option<[i64; 2]>,
    /// The facts.
    #[schema(value_type = Object)]
    pub facts: serde_json::Value,
    /// The first day that was looked at, where it is of a window.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window_from: Option<Day>,
    /// The last.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window_to: Option<Day>,
    /// When it was noted.
    pub found_at: Instant,
}

/// A vehicle's findings, the newest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FindingsOut {
    /// All of them.
    pub items: Vec<FindingOut>,
}

/// A text in both languages.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BothOut {
    /// English.
    pub en: &'static str,
    /// Chinese.
    pub zh: &'static str,
}

/// A dated threshold.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ThresholdOut {
    /// The setting.
    pub key: &'static str,
    /// Its value today.
    pub value: String,
}

/// A pattern that is looked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FindingKindOut {
    /// Its id.
    pub finding: FindingKind,
    /// Its title.
    pub title: BothOut,
    /// What it looks at.
    pub looks_at: BothOut,
    /// How it is reckoned.
    pub formula: BothOut,
    /// Whether it is about tampering, so that its thresholds are not published.
    pub tampering: bool,
    /// Its thresholds of today.
    pub thresholds: Vec<ThresholdOut>,
}

/// The catalogue of findings.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FindingKindsOut {
    /// All of them.
    pub items: Vec<FindingKindOut>,
}

impl FindingKindOut {
    /// What is published of a kind on a day.
    pub(super) fn of(kind: FindingKind, about: About, settings: &Settings, day: Day) -> Self {
        let both = |(en, zh): (&'static str, &'static str)| BothOut { en, zh };
        let published = about.settings.iter().filter(|_| !about.tampering);
        let threshold =
            |key: &&'static str| ThresholdOut { key, value: settings.text(key, day).unwrap_or_default().to_owned() };
        Self {
            finding: kind,
            title: both((about.title, kind.zh())),
            looks_at: both(about.looks_at),
            formula: both(about.formula),
            tampering: about.tampering,
            thresholds: published.map(threshold).collect(),
        }
    }
}
