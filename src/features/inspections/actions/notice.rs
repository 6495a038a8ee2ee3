//! The repair notice of a failing test.

use super::super::{
    store::Stored,
    wire::{NoticeShopOut, RepairNoticeOut},
};
use crate::{
    domain::{lawbook::Lawbook, role::Role, standard::Outcome, vehicle::Vehicle, verdict::Verdict},
    platform::{auth::Directory, problem::Problem},
};

/// Writes the notice: failing items, deadline, every M-station in neutral order, the appeal channel.
///
/// # Errors
/// The test passed or counts nowhere, so that there is no notice (404).
pub fn repair_notice(
    stored: Stored,
    vehicle: Vehicle,
    lawbook: &Lawbook,
    directory: &Directory,
) -> Result<RepairNoticeOut, Problem> {
    let inspection = stored.inspection;
    if inspection.verdict != Verdict::Fail || !inspection.kind.counts() {
        return Err(Problem::not_found());
    }
    let day = inspection.ended_at.local_day();
    let shops = directory.active(Role::RepairShop).into_iter().map(|shop| NoticeShopOut {
        code: shop.code.clone(),
        name: shop.name.clone(),
        area: shop.area.clone(),
    });
    let (plate, plate_kind) = vehicle.plate.unzip();
    let station = directory.organisation(inspection.station.uuid()).map(|station| station.name.clone());
    Ok(RepairNoticeOut {
        title: "超标排放汽车维护修理告知书".to_owned(),
        vehicle_id: inspection.vehicle,
        plate,
        plate_kind,
        inspection_id: inspection.id,
        report_number: inspection.report_number,
        case_id: stored.effect.case_id,
        station: station.unwrap_or_default(),
        ended_at: inspection.ended_at,
        failing_items: stored.out.items.into_iter().filter(|item| item.judged.outcome == Outcome::Fail).collect(),
        deadline_on: stored.effect.deadline_on,
        repair_shops: shops.collect(),
        appeal_channel: lawbook.settings.text("appeal_channel", day).unwrap_or_default().to_owned(),
    })
}
