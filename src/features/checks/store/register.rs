//! The register as the index reads it: all of it once, and single vehicles as they change.

use std::collections::HashMap;

use diesel::{ExpressionMethods, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper};
use uuid::Uuid;

use crate::{
    domain::{
        blacklist::{Index, Known, Mark},
        change::Changed,
        id::Id,
        listing::ListingReason,
        time::Instant,
        vehicle::{Vehicle, energy::EnergyKind, owner::Owner, plate::PlateKind, stage::Stage, use_nature::UseNature},
    },
    platform::{
        db::{AnyConnection, Json},
        follow::Source,
    },
    schema::{listings, vehicles},
};

/// How the index is read from the register and kept in step with it.
pub static BLACKLIST: Source<Index, (Uuid, Option<Known>)> = Source {
    concerns: |changed| matches!(changed, Changed::Vehicle | Changed::Listing),
    load,
    read,
    apply: |index, (id, known)| match known {
        Some(known) => index.put(known),
        None => index.remove(*id),
    },
};

/// Vehicles that are read at a time, in the order of their ids.
const PAGE: i64 = 20_000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = vehicles)]
struct VehicleRow {
    id: Id<Vehicle>,
    vin: Option<String>,
    plate: Option<String>,
    plate_kind: Option<PlateKind>,
    vehicle_type: Option<String>,
    use_nature: Option<UseNature>,
    fuel: Option<String>,
    energy_kind: EnergyKind,
    stage: Stage,
}

type MarkRow = (Id<Vehicle>, ListingReason, Option<Instant>, Option<Instant>);

impl VehicleRow {
    fn known(self, marks: Vec<Mark>) -> Known {
        Known {
            id: self.id.uuid(),
            plate: self.plate.zip(self.plate_kind),
            vin: self.vin,
            vehicle_type: self.vehicle_type,
            fuel: self.fuel,
            stage: self.stage,
            energy: self.energy_kind,
            use_nature: self.use_nature,
            marks,
        }
    }
}

fn load(conn: &mut AnyConnection) -> QueryResult<Index> {
    let count: i64 = vehicles::table.count().get_result(conn)?;
    let mut index = Index::with_room(usize::try_from(count + count / 16).unwrap_or_default());
    let mut marks = marks_of(
        listings::table
            .filter(listings::lifted_at.is_null())
            .select((listings::vehicle_id, listings::reason, listings::effective_at, listings::suspended_at))
            .load(conn)?,
    );
    let mut after = Id::from(Uuid::nil());
    loop {
        let rows: Vec<VehicleRow> = vehicles::table
            .filter(vehicles::id.gt(after))
            .filter(vehicles::merged_into.is_null())
            .order(vehicles::id)
            .limit(PAGE)
            .select(VehicleRow::as_select())
            .load(conn)?;
        let Some(last) = rows.last() else { return Ok(index) };
        after = last.id;
        for row in rows {
            let marks = marks.remove(&row.id).unwrap_or_default();
            index.put(&row.known(marks));
        }
    }
}

fn read(conn: &mut AnyConnection, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, Option<Known>)>> {
    let wanted: Vec<Id<Vehicle>> = ids.iter().copied().map(Id::from).collect();
    let rows: Vec<VehicleRow> = vehicles::table
        .filter(vehicles::id.eq_any(&wanted))
        .filter(vehicles::merged_into.is_null())
        .select(VehicleRow::as_select())
        .load(conn)?;
    let mut marks = marks_of(
        listings::table
            .filter(listings::vehicle_id.eq_any(&wanted))
            .filter(listings::lifted_at.is_null())
            .order(listings::id)
            .select((listings::vehicle_id, listings::reason, listings::effective_at, listings::suspended_at))
            .load(conn)?,
    );
    let known = rows.into_iter().map(|row| {
        let marks = marks.remove(&row.id).unwrap_or_default();
        (row.id.uuid(), row.known(marks))
    });
    let mut known: HashMap<Uuid, Known> = known.collect();
    Ok(ids.iter().map(|id| (*id, known.remove(id))).collect())
}

fn marks_of(rows: Vec<MarkRow>) -> HashMap<Id<Vehicle>, Vec<Mark>> {
    let mut marks = HashMap::<_, Vec<_>>::new();
    for (vehicle, reason, effective_at, suspended_at) in rows {
        marks.entry(vehicle).or_default().push(Mark::new(reason, effective_at, suspended_at.is_some()));
    }
    marks
}

/// Whom some vehicles belong to.
pub fn owners(conn: &mut AnyConnection, ids: &[Uuid]) -> QueryResult<HashMap<Uuid, Owner>> {
    let wanted: Vec<Id<Vehicle>> = ids.iter().copied().map(Id::from).collect();
    let rows: Vec<(Id<Vehicle>, Option<Json<Owner>>)> =
        vehicles::table.filter(vehicles::id.eq_any(&wanted)).select((vehicles::id, vehicles::owner)).load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, owner)| Some((id.uuid(), owner?.0))).collect())
}
