//! JSON of repairs; what a shop records is `domain::repair::RepairRecord`.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::{
    case::Case,
    id::Id,
    repair::{Repair, RepairProgress, RepairRecord, RepairState},
    time::Instant,
    vehicle::Vehicle,
};

/// A repair.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RepairOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The case.
    #[schema(value_type = uuid::Uuid)]
    pub case_id: Id<Case>,
    /// The repair.
    #[schema(value_type = uuid::Uuid)]
    pub repair_id: Id<Repair>,
    /// The shop.
    pub shop_id: Uuid,
    /// Where it stands.
    pub state: RepairState,
    /// What the shop recorded.
    pub record: RepairRecord,
    /// When it was closed out.
    pub completed_at: Option<Instant>,
    /// Why it was recalled.
    pub recall_reason: Option<String>,
}

impl From<Repair> for RepairOut {
    fn from(repair: Repair) -> Self {
        let state = repair.state_name();
        let (completed_at, recall_reason) = match repair.progress {
            RepairProgress::Recorded => (None, None),
            RepairProgress::Completed { at } => (Some(at), None),
            RepairProgress::Recalled { reason, .. } => (None, Some(reason)),
        };
        Self {
            vehicle_id: repair.vehicle,
            case_id: repair.case,
            repair_id: repair.id,
            shop_id: repair.shop.uuid(),
            state,
            record: repair.record,
            completed_at,
            recall_reason,
        }
    }
}
