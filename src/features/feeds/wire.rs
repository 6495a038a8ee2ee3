//! JSON of feeds.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    domain::{change::Changed, id::Id, listing::ListingReason, time::Instant, vehicle::plate::PlateKind},
    platform::problem::Problem,
};

/// From where to read the feed.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChangesQuery {
    /// The last number that is known; 0 or absent for all.
    #[param(minimum = 0)]
    pub after: Option<i64>,
    /// How many changes at most, 1 to 1000; 200 when absent.
    #[param(minimum = 1, maximum = 1000)]
    pub limit: Option<i64>,
}

/// Which copy a delta is for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeltaQuery {
    /// The number of the copy that is there.
    #[param(minimum = 0)]
    pub from: i64,
}

/// From where to follow the feed.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FollowQuery {
    /// The last number that is known; `Last-Event-ID` counts more, and without either the stream begins now.
    #[param(minimum = 0)]
    pub after: Option<i64>,
}

/// Changes, in the order in which they were committed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChangesOut {
    /// The changes after the number that was asked.
    pub items: Vec<ChangeOut>,
    /// The number after which to read on.
    pub next: i64,
    /// The number of the newest change.
    pub head: i64,
}

/// A change, with what stands of its subject now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChangeOut {
    /// Its number, without gaps.
    pub sequence: i64,
    /// What changed.
    pub changed: Changed,
    /// The vehicle, zone or order; what a copy holds of it is replaced by this.
    #[schema(value_type = uuid::Uuid)]
    pub subject_id: Id<()>,
    /// When.
    pub recorded_at: Instant,
    /// The vehicle's plate, if it has one.
    pub plate: Option<String>,
    /// Its kind.
    pub plate_kind: Option<PlateKind>,
    /// The listings that stand now; none when the vehicle is off the list.
    pub entries: Vec<EntryOut>,
}

/// One reason for which a vehicle stands on the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EntryOut {
    /// Why.
    pub reason: ListingReason,
    /// From when it bars the vehicle.
    pub effective_from: Instant,
    /// Until when; absent while nothing ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_until: Option<Instant>,
}

/// The keys by which heads of copies are verified.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SnapshotKeysOut {
    /// The public keys as JWK, the oldest first; the last one signs.
    #[schema(value_type = Vec<Object>)]
    pub keys: serde_json::Value,
    /// The documents (JWS) by which each key introduces the next.
    pub successions: Vec<String>,
}

impl ChangesQuery {
    /// The number after which to read, and how many changes.
    ///
    /// # Errors
    /// Outside the bounds (422).
    pub fn read(&self) -> Result<(i64, i64), Problem> {
        let limit = self.limit.unwrap_or(200);
        if !(1..=1_000).contains(&limit) {
            return Err(Problem::invalid("/limit", "range", "must be 1 to 1000", "须为 1 至 1000"));
        }
        Ok((not_negative("/after", self.after.unwrap_or_default())?, limit))
    }
}

/// A number of the feed.
///
/// # Errors
/// It is negative (422).
pub fn not_negative(pointer: &str, number: i64) -> Result<i64, Problem> {
    if number < 0 {
        return Err(Problem::invalid(pointer, "range", "must not be negative", "不得为负数"));
    }
    Ok(number)
}
