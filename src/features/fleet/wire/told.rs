//! What is told of a vehicle's trades, movements and scrapping.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    domain::{
        fleet::{MovementKind, Trade},
        id::Id,
        party::Organisation,
        time::Day,
        vehicle::{Vehicle, area::AreaCode},
    },
    features::vehicles::IdentityIn,
};

/// A vehicle works in a trade.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "trade": "refuse", "permit": "渭垃运2026-0001", "area": "610502", "from": "2026-03-01" }))]
pub struct MembershipIn {
    /// The trade.
    pub trade: Trade,
    /// Who runs the vehicle; a fleet operator tells its own alone.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub operator_id: Option<Id<Organisation>>,
    /// The number of the permit.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub permit: Option<String>,
    /// Where it works; the vehicle's own area when absent.
    pub area: Option<AreaCode>,
    /// The first day.
    #[schema(value_type = chrono::NaiveDate)]
    pub from: Day,
    /// The last day, when it is over already.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub to: Option<Day>,
}

/// A vehicle comes into the fleet, changes its place in it, or leaves.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "kind": "registered", "held_on": "2026-03-01", "area": "610502" }))]
pub struct MovementIn {
    /// What happened.
    pub kind: MovementKind,
    /// The legal day on which it held.
    #[schema(value_type = chrono::NaiveDate)]
    pub held_on: Day,
    /// Where the vehicle is registered from then on; its own area when absent.
    pub area: Option<AreaCode>,
    /// The vehicle that a renewal replaces.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub replaces_id: Option<Id<Vehicle>>,
    /// The same by VIN or plate.
    #[validate(nested)]
    pub replaces: Option<IdentityIn>,
}

/// A vehicle was scrapped.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "certificate": "陕报废2026-000123", "scrapped_on": "2026-03-01" }))]
pub struct ScrappageIn {
    /// The recycler; a recycler tells its own alone.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub recycler_id: Option<Id<Organisation>>,
    /// The number of the recycling certificate.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub certificate: String,
    /// The day of the certificate.
    #[schema(value_type = chrono::NaiveDate)]
    pub scrapped_on: Day,
    /// The day on which it was dismantled.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub dismantled_on: Option<Day>,
}

/// A scrapped vehicle was dismantled.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DismantlingIn {
    /// The day.
    #[schema(value_type = chrono::NaiveDate)]
    pub dismantled_on: Day,
}

/// A membership is over.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MembershipEndIn {
    /// The last day.
    #[schema(value_type = chrono::NaiveDate)]
    pub to: Day,
}

/// What should stand in the place of a membership, and why.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MembershipCorrectionIn {
    /// The better membership; absent when it never was.
    #[validate(nested)]
    pub membership: Option<MembershipIn>,
    /// Why.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500, example = "行业登记有误")]
    pub reason: String,
}

/// What should stand in the place of a movement, and why.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MovementCorrectionIn {
    /// The better movement; absent when it never was.
    #[validate(nested)]
    pub movement: Option<MovementIn>,
    /// Why.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500, example = "登记日期录入有误")]
    pub reason: String,
}

/// Up to 500 items, each answered by itself.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FleetBatchIn {
    /// The items, each with its vehicle.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_items = 1, max_items = 500)]
    pub items: Vec<serde_json::Value>,
}

/// An item of a batch: the vehicle by VIN or plate, and what is told of it.
macro_rules! item {
    ($(#[$doc:meta])* $item:ident { $field:ident: $told:ty }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $item {
            /// The vehicle, by VIN or by plate and kind; both must mean the same one.
            #[validate(nested)]
            pub vehicle: IdentityIn,
            /// What is told.
            #[validate(nested)]
            pub $field: $told,
        }
    };
}

item! {
    /// A membership of a vehicle.
    MembershipItemIn { membership: MembershipIn }
}
item! {
    /// A movement of a vehicle.
    MovementItemIn { movement: MovementIn }
}
item! {
    /// A scrappage of a vehicle.
    ScrappageItemIn { scrappage: ScrappageIn }
}
