//! SQL of listings.

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    insert_into, update,
};

use crate::{
    domain::{
        case::Case,
        id::Id,
        listing::{Lift, Listing, ListingReason},
        time::Instant,
        vehicle::Vehicle,
    },
    platform::db::{AnyConnection, Json},
    schema::listings,
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = listings, treat_none_as_default_value = false)]
struct ListingRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Listing>,
    case_id: Option<Id<Case>>,
    reason: ListingReason,
    basis: String,
    recorded_at: Instant,
    effective_at: Option<Instant>,
    lifted_at: Option<Instant>,
    lift: Option<Json<Lift>>,
    rule: String,
    suspended_at: Option<Instant>,
}

impl From<ListingRow> for Listing {
    fn from(row: ListingRow) -> Self {
        Self {
            id: row.id,
            vehicle: row.vehicle_id,
            case: row.case_id,
            reason: row.reason,
            basis: row.basis,
            recorded_at: row.recorded_at,
            effective_at: row.effective_at,
            rule: row.rule,
            suspended_at: row.suspended_at,
            lift: row.lift.map(|lift| lift.0),
        }
    }
}

/// A new listing.
pub fn insert(conn: &mut AnyConnection, listing: &Listing) -> QueryResult<usize> {
    let row = ListingRow {
        vehicle_id: listing.vehicle,
        id: listing.id,
        case_id: listing.case,
        reason: listing.reason,
        basis: listing.basis.clone(),
        recorded_at: listing.recorded_at,
        effective_at: listing.effective_at,
        lifted_at: None,
        lift: None,
        rule: listing.rule.clone(),
        suspended_at: listing.suspended_at,
    };
    insert_into(listings::table).values(row).execute(conn)
}

/// The listing has taken effect, is held off, bars again, or is lifted.
pub fn save(conn: &mut AnyConnection, listing: &Listing) -> QueryResult<usize> {
    let lift = listing.lift.clone();
    update(listings::table.find((listing.vehicle, listing.id)))
        .set((
            listings::effective_at.eq(listing.effective_at),
            listings::suspended_at.eq(listing.suspended_at),
            listings::lifted_at.eq(lift.as_ref().map(|lift| lift.at)),
            listings::lift.eq(lift.map(Json)),
        ))
        .execute(conn)
}

/// A vehicle's listings, the newest first.
///
/// # Errors
/// The database fails.
pub fn of_vehicle(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Vec<Listing>> {
    let rows = listings::table
        .filter(listings::vehicle_id.eq(vehicle))
        .order(listings::id.desc())
        .select(ListingRow::as_select());
    let rows = rows.load(conn)?;
    Ok(rows.into_iter().map(Listing::from).collect())
}
