//! The fleet register as it is answered: every fact with both its times.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{
    fleet::{FleetOddity, Membership, Movement, MovementKind, Scrappage, Trade},
    id::Id,
    party::Organisation,
    time::{Day, Instant},
    vehicle::{Vehicle, area::AreaCode},
};

/// A membership, as it is known or was.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MembershipOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The membership.
    #[schema(value_type = uuid::Uuid)]
    pub membership_id: Id<Membership>,
    /// The trade.
    pub trade: Trade,
    /// Who runs the vehicle.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub operator_id: Option<Id<Organisation>>,
    /// The permit.
    pub permit: Option<String>,
    /// Where it works.
    pub area: AreaCode,
    /// The first day.
    #[schema(value_type = chrono::NaiveDate)]
    pub from: Day,
    /// The last day, once it is over.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub to: Option<Day>,
    /// When it was learned, and what became of it.
    #[serde(flatten)]
    pub learned: LearnedOut,
}

/// A movement, as it is known or was.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MovementOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The movement.
    #[schema(value_type = uuid::Uuid)]
    pub movement_id: Id<Movement>,
    /// What happened.
    pub kind: MovementKind,
    /// The legal day on which it held.
    #[schema(value_type = chrono::NaiveDate)]
    pub held_on: Day,
    /// Where the vehicle is registered from then on.
    pub area: AreaCode,
    /// The vehicle that it replaces.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub replaces_id: Option<Id<Vehicle>>,
    /// When it was learned, and what became of it.
    #[serde(flatten)]
    pub learned: LearnedOut,
}

/// A scrappage, as it is known or was.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScrappageOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The scrappage.
    #[schema(value_type = uuid::Uuid)]
    pub scrappage_id: Id<Scrappage>,
    /// Who took it in.
    #[schema(value_type = uuid::Uuid)]
    pub recycler_id: Id<Organisation>,
    /// The number of the certificate.
    pub certificate: String,
    /// The day of the certificate.
    #[schema(value_type = chrono::NaiveDate)]
    pub scrapped_on: Day,
    /// The day of dismantling.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub dismantled_on: Option<Day>,
    /// When it was learned, and what became of it.
    #[serde(flatten)]
    pub learned: LearnedOut,
}

/// When a fact was learned, and what became of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LearnedOut {
    /// When it was recorded.
    pub recorded_at: Instant,
    /// The organisation that told it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub recorded_by: Option<Id<Organisation>>,
    /// What it took the place of.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub supersedes: Option<Id<()>>,
    /// When something took its place; it stands while this is absent.
    pub superseded_at: Option<Instant>,
    /// Why it took the place of another.
    pub reason: Option<String>,
}

/// What does not fit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FleetFindingOut {
    /// What was seen.
    pub oddity: FleetOddity,
    /// The facts.
    #[schema(value_type = Object)]
    pub facts: serde_json::Value,
    /// When it was noted.
    pub found_at: Instant,
}

macro_rules! list {
    ($(#[$doc:meta])* $list:ident of $item:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, ToSchema)]
        pub struct $list {
            /// The newest first.
            pub items: Vec<$item>,
        }
    };
}

list! {
    /// A vehicle's memberships, superseded ones included.
    MembershipsOut of MembershipOut
}
list! {
    /// A vehicle's movements, superseded ones included.
    MovementsOut of MovementOut
}
list! {
    /// A vehicle's scrappages, superseded ones included.
    ScrappagesOut of ScrappageOut
}
list! {
    /// What does not fit in a vehicle's register.
    FleetFindingsOut of FleetFindingOut
}

/// The results of a batch, one for each item, in order.
#[derive(Debug, Serialize, ToSchema)]
pub struct FleetBatchOut {
    /// The results.
    pub results: Vec<FleetBatchResultOut>,
}

/// The result of one item of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct FleetBatchResultOut {
    /// 201 recorded, 200 recorded before, else the problem's status.
    pub status: u16,
    /// What was recorded: a membership, movement or scrappage.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub recorded: Option<serde_json::Value>,
    /// The problem, when nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub problem: Option<serde_json::Value>,
}
