//! What stands on the list: by plate for copies, by vehicle for those who follow the changes.

use std::collections::{HashMap, HashSet};

use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, QueryDsl, QueryResult, RunQueryDsl};

use crate::{
    domain::{
        id::Id,
        listing::ListingReason,
        time::{Day, Instant},
        vehicle::{Vehicle, plate::PlateKind},
    },
    platform::db::AnyConnection,
    schema::{listings, plate_bindings, vehicles},
};

/// A listing: its vehicle, why, from when and until when.
type ListedRow = (Id<Vehicle>, ListingReason, Option<Instant>, Option<Day>);

/// Ids in one statement at most.
const CHUNK: usize = 1_000;

/// A vehicle's plate and the listings that stand.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// The plate of today.
    pub plate: Option<(String, PlateKind)>,
    /// What bars it.
    pub entries: Vec<Barring>,
}

/// A reason with the instant from which it bars, and the last day on which its evidence holds.
pub type Barring = (ListingReason, Instant, Option<Day>);

type Row = (Option<String>, Option<PlateKind>, ListingReason, Option<Instant>, Option<Day>);

/// Every listing that stands, has its instant and whose vehicle has a plate.
pub fn everything(conn: &mut AnyConnection) -> QueryResult<Vec<(String, PlateKind, Barring)>> {
    let rows: Vec<Row> = listings::table
        .inner_join(vehicles::table.on(vehicles::id.eq(listings::vehicle_id)))
        .filter(listings::lifted_at.is_null().and(listings::suspended_at.is_null()))
        .filter(listings::effective_at.is_not_null().and(vehicles::plate.is_not_null()))
        .select((
            vehicles::plate,
            vehicles::plate_kind,
            listings::reason,
            listings::effective_at,
            listings::expires_on,
        ))
        .load(conn)?;
    let whole = |(plate, kind, reason, from, last): Row| Some((plate?, kind?, (reason, from?, last)));
    Ok(rows.into_iter().filter_map(whole).collect())
}

/// Some vehicles with their plates and the listings that stand; one that is not known has neither.
pub fn standing(conn: &mut AnyConnection, ids: &[Id<Vehicle>]) -> QueryResult<HashMap<Id<Vehicle>, Standing>> {
    let mut found = HashMap::<_, Standing>::new();
    for ids in ids.chunks(CHUNK) {
        let plates: Vec<(Id<Vehicle>, Option<String>, Option<PlateKind>)> = vehicles::table
            .filter(vehicles::id.eq_any(ids))
            .select((vehicles::id, vehicles::plate, vehicles::plate_kind))
            .load(conn)?;
        for (id, plate, kind) in plates {
            found.entry(id).or_default().plate = plate.zip(kind);
        }
        let rows: Vec<ListedRow> = listings::table
            .filter(listings::vehicle_id.eq_any(ids))
            .filter(listings::lifted_at.is_null().and(listings::suspended_at.is_null()))
            .order(listings::id)
            .select((listings::vehicle_id, listings::reason, listings::effective_at, listings::expires_on))
            .load(conn)?;
        for (id, reason, from, last) in rows {
            found.entry(id).or_default().entries.extend(from.map(|from| (reason, from, last)));
        }
    }
    Ok(found)
}

/// Every plate that those of these vehicles ever had which were ever listed: the plates of all others are in no copy.
pub fn plates_ever(conn: &mut AnyConnection, ids: &[Id<Vehicle>]) -> QueryResult<Vec<(String, PlateKind)>> {
    let mut plates = HashSet::new();
    for ids in ids.chunks(CHUNK) {
        let listed: Vec<Id<Vehicle>> = listings::table
            .filter(listings::vehicle_id.eq_any(ids))
            .select(listings::vehicle_id)
            .distinct()
            .load(conn)?;
        let bound: Vec<(String, PlateKind)> = plate_bindings::table
            .filter(plate_bindings::vehicle_id.eq_any(&listed))
            .select((plate_bindings::plate, plate_bindings::plate_kind))
            .load(conn)?;
        plates.extend(bound);
    }
    Ok(plates.into_iter().collect())
}
