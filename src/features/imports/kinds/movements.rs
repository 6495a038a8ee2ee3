//! Rows of movements: vehicles that come into the fleet, change their place in it, or leave.

use std::{collections::HashMap, sync::LazyLock};

use super::{Batch, Column, ExportPage, Rows, Taken, fleet, read_all};
use crate::{
    domain::{
        fleet::MovementKind,
        import::Effect,
        role::Role,
        vehicle::{area::AreaCode, plate::PlateKind},
        words::Word as _,
    },
    features::{
        fleet::{MovementIn, record_movement, standing_movements, vehicle_of},
        vehicles::{self, IdentityIn},
    },
    import::{Mapping, Record, Row, RowFault, cells},
    platform::{
        db::{AnyConnection, Tx},
        problem::{Fault, Problem},
        state::Ground,
    },
};

/// Movements.
pub struct Movements;

static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let own = [
        Column { field: "kind", zh: "变动类型", also: &["变动种类", "业务类型"] },
        Column { field: "held_on", zh: "变动日期", also: &["日期", "办理日期"] },
        Column { field: "area", zh: "行政区划", also: &["区县", "管辖区县", "所属区域"] },
        Column { field: "replaces_vin", zh: "被更新车辆识别代号", also: &["被更新车架号"] },
        Column { field: "replaces_plate", zh: "被更新号牌号码", also: &["被更新车牌号"] },
        Column { field: "replaces_plate_kind", zh: "被更新号牌种类", also: &[] },
    ];
    fleet::VEHICLE.into_iter().chain(own).collect()
});

impl Rows for Movements {
    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn needed(&self) -> &'static [&'static str] {
        &["kind", "held_on"]
    }

    fn importers(&self) -> &'static [Role] {
        &[Role::TrafficPolice, Role::TransportBureau, Role::EcologyBureau]
    }

    fn read(&self, records: &[Record], mapping: &Mapping) -> Result<Box<dyn Batch>, Vec<RowFault>> {
        Ok(Box::new(MovementRows(read_all(records, mapping, read)?)))
    }

    fn page(&self, conn: &mut AnyConnection, after: Option<&str>, size: i64, _: bool) -> Result<ExportPage, Problem> {
        let (some, next) = fleet::next_vehicles(conn, after, size)?;
        let ids: Vec<_> = some.iter().map(|vehicle| vehicle.id).collect();
        let mut kept = HashMap::<_, Vec<_>>::new();
        for (vehicle, movement) in standing_movements(conn, &ids)? {
            kept.entry(vehicle).or_default().push(movement.fact);
        }
        let replaced: Vec<_> = kept.values().flatten().filter_map(|movement| movement.replaces).collect();
        let replaced = vehicles::load_many(conn, &replaced)?;
        let mut rows = Vec::new();
        for vehicle in &some {
            let mut movements = kept.remove(&vehicle.id).unwrap_or_default();
            movements.sort_by_key(|movement| (movement.held_on, movement.id));
            for movement in movements {
                let old = movement.replaces.and_then(|id| replaced.get(&id)).map(fleet::name_of).unwrap_or_default();
                let own = [movement.kind.zh().to_owned(), movement.held_on.to_string(), movement.area.to_string()];
                rows.push(fleet::name_of(vehicle).into_iter().chain(own).chain(old).collect());
            }
        }
        Ok((rows, next))
    }
}

struct MovementRows(Vec<(IdentityIn, MovementIn)>);

impl Batch for MovementRows {
    fn take(&self, tx: &mut Tx<'_>, on: &Ground, _: &str) -> Result<Taken, Problem> {
        fleet::take_each(tx, &self.0, |tx, (vehicle, movement)| {
            let vehicle = vehicle_of(tx.conn(), vehicle, "")?;
            let again = record_movement(tx, on, vehicle, movement, "")?.again;
            Ok(if again { Effect::Unchanged } else { Effect::Added })
        })
    }
}

fn read(mut row: Row<'_>) -> Result<(IdentityIn, MovementIn), Vec<Fault>> {
    let vehicle = fleet::vehicle(&mut row);
    let (kind, held_on) = (row.need("kind", cells::word::<MovementKind>), row.need("held_on", cells::day));
    let area: Option<AreaCode> = row.read("area", cells::area);
    let former = IdentityIn {
        vin: row.text("replaces_vin").map(str::to_owned),
        plate: row.text("replaces_plate").map(str::to_owned),
        plate_kind: row.read("replaces_plate_kind", |cell| cells::coded(cell, PlateKind::from_code)),
    };
    let replaces = (former.vin.is_some() || former.plate.is_some()).then_some(former);
    let told =
        kind.zip(held_on).map(|(kind, held_on)| MovementIn { kind, held_on, area, replaces_id: None, replaces });
    row.done(told.map(|told| (vehicle, told)))
}
