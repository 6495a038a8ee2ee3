//! The repair notice (超标排放汽车维护修理告知书).

use serde::Serialize;
use utoipa::ToSchema;

use super::ItemOut;
use crate::domain::{
    case::Case,
    id::Id,
    inspection::Inspection,
    time::{Day, Instant},
    vehicle::{
        Vehicle,
        plate::{Plate, PlateKind},
    },
};

/// The notice that a failing test issues to the owner (环大气〔2020〕31号).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RepairNoticeOut {
    /// The title of the form.
    pub title: String,
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// Its plate.
    pub plate: Option<Plate>,
    /// The plate's kind.
    pub plate_kind: Option<PlateKind>,
    /// The failing test.
    #[schema(value_type = uuid::Uuid)]
    pub inspection_id: Id<Inspection>,
    /// Its report number, which the repair must name.
    pub report_number: String,
    /// The case.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub case_id: Option<Id<Case>>,
    /// The station that tested.
    pub station: String,
    /// When the test ended.
    pub ended_at: Instant,
    /// The failing items with their limits.
    pub failing_items: Vec<ItemOut>,
    /// The last day for repair and retest.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub deadline_on: Option<Day>,
    /// Every M-station that may repair, in the neutral order of their codes: a station steers nobody to one.
    pub repair_shops: Vec<NoticeShopOut>,
    /// Where to appeal.
    pub appeal_channel: String,
}

/// An M-station on the notice.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NoticeShopOut {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its administrative area.
    pub area: String,
}
