//! Every listing of the blacklist, one by one: a long list that is never held as a whole.

use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, QueryDsl, QueryResult, Queryable, RunQueryDsl};

use super::{Asked, Cell, Column, Emit, Parameter, Report, column, names};
use crate::{
    domain::{
        id::Id,
        listing::{Lift, Listing, ListingReason},
        role::Role::{self, EcologyBureau, TrafficPolice},
        time::Instant,
        vehicle::{Vehicle, plate::PlateKind},
        words::Word as _,
    },
    platform::{
        db::{AnyConnection, Json},
        problem::{Problem, Text, text},
    },
    schema::{listings, vehicles},
};

/// The entries of the blacklist.
pub struct BlacklistEntries;

/// Listings read at a time.
const AT_A_TIME: i64 = 2_000;

#[derive(Queryable)]
struct EntryRow {
    vehicle: Id<Vehicle>,
    id: Id<Listing>,
    plate: Option<String>,
    plate_kind: Option<PlateKind>,
    area: String,
    reason: ListingReason,
    recorded_at: Instant,
    effective_at: Option<Instant>,
    lift: Option<Json<Lift>>,
}

impl Report for BlacklistEntries {
    fn name(&self) -> &'static str {
        "blacklist_entries"
    }

    fn title(&self) -> Text {
        text("Blacklist: every entry", "高排放车辆黑名单明细")
    }

    fn definitions(&self) -> Text {
        text(
            "Listings recorded in the period, with what was known of their lifting at the end of the day of \
             knowledge. Plates as the register has them now.",
            "期间内录入的列入记录，解除情况以知悉日终了时为准；号牌以现登记为准。",
        )
    }

    fn source(&self) -> &'static str {
        "渭南市环境空气质量限期达标规划 二(三)4 (黑名单记录制度)"
    }

    fn readers(&self) -> &'static [Role] {
        &[EcologyBureau, TrafficPolice]
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter::Period, Parameter::Area]
    }

    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("plate", "Plate", "号牌号码", ""),
            column("plate_kind", "Plate kind", "号牌种类", ""),
            column("area", "Area code", "区划代码", ""),
            column("area_name", "Area", "区县", ""),
            column("reason", "Reason", "列入原因", ""),
            column("recorded_on", "Recorded", "录入日期", ""),
            column("effective_on", "In effect", "生效日期", ""),
            column("lifted_on", "Lifted", "解除日期", ""),
            column("lifted_by", "Lifted by", "解除方式", ""),
        ];
        COLUMNS
    }

    fn rows(&self, conn: &mut AnyConnection, asked: &Asked, emit: &mut Emit<'_>) -> Result<(), Problem> {
        let mut after = None;
        loop {
            let page = page(conn, asked, after)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some((last.vehicle, last.id));
            for row in page.into_iter().filter(|row| asked.is_within(&row.area)) {
                emit(row.cells(asked))?;
            }
        }
    }
}

fn page(
    conn: &mut AnyConnection,
    asked: &Asked,
    after: Option<(Id<Vehicle>, Id<Listing>)>,
) -> QueryResult<Vec<EntryRow>> {
    let (first, end) = asked.span();
    let mut found = listings::table
        .inner_join(vehicles::table.on(vehicles::id.eq(listings::vehicle_id)))
        .filter(listings::recorded_at.ge(first))
        .filter(listings::recorded_at.lt(end.min(asked.unknown_from())))
        .order((listings::vehicle_id, listings::id))
        .limit(AT_A_TIME)
        .select((
            listings::vehicle_id,
            listings::id,
            vehicles::plate,
            vehicles::plate_kind,
            vehicles::area,
            listings::reason,
            listings::recorded_at,
            listings::effective_at,
            listings::lift,
        ))
        .into_boxed();
    if let Some((vehicle, id)) = after {
        let of_vehicle = listings::vehicle_id.eq(vehicle).and(listings::id.gt(id));
        found = found.filter(listings::vehicle_id.gt(vehicle).or(of_vehicle));
    }
    found.load(conn)
}

impl EntryRow {
    fn cells(self, asked: &Asked) -> Vec<Cell> {
        let day = |at: Option<Instant>| at.map_or(Cell::Nothing, |at| Cell::Day(at.local_day()));
        let lift = self.lift.map(|lift| lift.0).filter(|lift| lift.at < asked.unknown_from());
        let [code, name] = names::of_area(&self.area);
        vec![
            self.plate.map_or(Cell::Nothing, Cell::text),
            self.plate_kind.map_or(Cell::Nothing, |kind| Cell::text(kind.zh())),
            code,
            name,
            Cell::text(self.reason.zh()),
            day(Some(self.recorded_at)),
            day(self.effective_at),
            day(lift.as_ref().map(|lift| lift.at)),
            lift.map_or(Cell::Nothing, |lift| Cell::text(lift.by.zh())),
        ]
    }
}
