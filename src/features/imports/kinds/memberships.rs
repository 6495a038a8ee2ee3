//! Rows of memberships: vehicles that work in a trade.

use std::{collections::HashMap, sync::LazyLock};

use validator::Validate;

use super::{Batch, Column, ExportPage, Rows, Taken, fleet, read_all};
use crate::{
    domain::{fleet::Trade, role::Role, words::Word as _},
    features::{
        fleet::{MembershipIn, standing_memberships, take_membership, vehicle_of},
        imports::store,
        vehicles::IdentityIn,
    },
    import::{Mapping, Record, Row, RowFault, cells},
    platform::{
        body::faults,
        db::{AnyConnection, Tx},
        problem::{Fault, Problem},
        state::Ground,
    },
};

/// Memberships.
pub struct Memberships;

static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let own = [
        Column { field: "trade", zh: "行业类别", also: &["行业", "类别"] },
        Column {
            field: "operator", zh: "经营单位编号", also: &["经营单位", "运营单位", "所属单位"]
        },
        Column { field: "permit", zh: "许可证号", also: &["经营许可证号", "道路运输证号"] },
        Column { field: "area", zh: "行政区划", also: &["区县", "作业区县", "所属区域"] },
        Column { field: "from", zh: "开始日期", also: &["起始日期", "投运日期"] },
        Column { field: "to", zh: "结束日期", also: &["终止日期"] },
    ];
    fleet::VEHICLE.into_iter().chain(own).collect()
});

impl Rows for Memberships {
    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn needed(&self) -> &'static [&'static str] {
        &["trade", "from"]
    }

    fn importers(&self) -> &'static [Role] {
        &[Role::FleetOperator, Role::TransportBureau, Role::EcologyBureau]
    }

    fn read(&self, records: &[Record], mapping: &Mapping) -> Result<Box<dyn Batch>, Vec<RowFault>> {
        Ok(Box::new(MembershipRows(read_all(records, mapping, read)?)))
    }

    fn page(&self, conn: &mut AnyConnection, after: Option<&str>, size: i64, _: bool) -> Result<ExportPage, Problem> {
        let (some, next) = fleet::next_vehicles(conn, after, size)?;
        let ids: Vec<_> = some.iter().map(|vehicle| vehicle.id).collect();
        let codes = store::organisation_codes(conn)?;
        let mut kept = HashMap::<_, Vec<_>>::new();
        for (vehicle, membership) in standing_memberships(conn, &ids)? {
            kept.entry(vehicle).or_default().push(membership.fact);
        }
        let mut rows = Vec::new();
        for vehicle in &some {
            let mut memberships = kept.remove(&vehicle.id).unwrap_or_default();
            memberships.sort_by_key(|membership| (membership.from, membership.id));
            for held in memberships {
                let own = [
                    held.trade.zh().to_owned(),
                    held.operator.and_then(|id| codes.get(&id).cloned()).unwrap_or_default(),
                    held.permit.unwrap_or_default(),
                    held.area.to_string(),
                    held.from.to_string(),
                    held.to.map(|day| day.to_string()).unwrap_or_default(),
                ];
                rows.push(fleet::name_of(vehicle).into_iter().chain(own).collect());
            }
        }
        Ok((rows, next))
    }
}

/// A membership whose operator is still a code or a name.
struct Told {
    vehicle: IdentityIn,
    operator: Option<String>,
    membership: MembershipIn,
}

struct MembershipRows(Vec<Told>);

impl Batch for MembershipRows {
    fn take(&self, tx: &mut Tx<'_>, on: &Ground, _: &str) -> Result<Taken, Problem> {
        fleet::take_each(tx, &self.0, |tx, told| {
            let operator_id = fleet::organisation(on, Role::FleetOperator, told.operator.as_ref(), "operator")?;
            let vehicle = vehicle_of(tx.conn(), &told.vehicle, "")?;
            let membership = MembershipIn { operator_id, ..told.membership.clone() };
            take_membership(tx, on, vehicle, &membership)
        })
    }
}

fn read(mut row: Row<'_>) -> Result<Told, Vec<Fault>> {
    let vehicle = fleet::vehicle(&mut row);
    let (trade, from) = (row.need("trade", cells::word::<Trade>), row.need("from", cells::day));
    let (area, to) = (row.read("area", cells::area), row.read("to", cells::day));
    let (permit, operator) = (row.text("permit").map(str::to_owned), row.text("operator").map(str::to_owned));
    let membership =
        trade.zip(from).map(|(trade, from)| MembershipIn { trade, operator_id: None, permit, area, from, to });
    let wrong = membership.as_ref().and_then(|told| told.validate().err()).map(|errors| faults(&errors));
    for fault in wrong.unwrap_or_default() {
        row.wrong(fault.pointer.trim_start_matches('/'), "bounds", fault.detail.en, fault.detail.zh);
    }
    row.done(membership.map(|membership| Told { vehicle, operator, membership }))
}
