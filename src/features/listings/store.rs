//! SQL of listings.

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    insert_into, update,
};

use crate::{
    domain::{
        case::Case,
        id::Id,
        listing::{Evidence, Lift, Listing, ListingReason},
        time::{Day, Instant},
        vehicle::Vehicle,
    },
    platform::db::{AnyConnection, Json, load_each},
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
    evidence: Option<Json<Vec<Evidence>>>,
    expires_on: Option<Day>,
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
            evidence: row.evidence.map(|evidence| evidence.0).unwrap_or_default(),
            expires_on: row.expires_on,
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
        evidence: Some(Json(listing.evidence.clone())),
        expires_on: listing.expires_on,
    };
    insert_into(listings::table).values(row).execute(conn)
}

/// The listing has taken effect, is held off, bars again, has further evidence, or is lifted.
pub fn save(conn: &mut AnyConnection, listing: &Listing) -> QueryResult<usize> {
    let lift = listing.lift.clone();
    update(listings::table.find((listing.vehicle, listing.id)))
        .set((
            listings::effective_at.eq(listing.effective_at),
            listings::suspended_at.eq(listing.suspended_at),
            listings::lifted_at.eq(lift.as_ref().map(|lift| lift.at)),
            listings::lift.eq(lift.map(Json)),
            listings::evidence.eq(Json(listing.evidence.clone())),
            listings::expires_on.eq(listing.expires_on),
        ))
        .execute(conn)
}

/// Standing listings whose evidence has expired, the longest expired first.
pub fn expired(conn: &mut AnyConnection, today: Day, most: i64) -> QueryResult<Vec<Listing>> {
    let rows = listings::table
        .filter(listings::lifted_at.is_null())
        .filter(listings::expires_on.lt(today))
        .order((listings::expires_on, listings::id))
        .limit(most)
        .select(ListingRow::as_select());
    let rows = rows.load(conn)?;
    Ok(rows.into_iter().map(Listing::from).collect())
}

/// The standing listings of some vehicles for one reason.
pub fn standing_for(
    conn: &mut AnyConnection,
    vehicles: &[Id<Vehicle>],
    reason: ListingReason,
) -> QueryResult<Vec<Listing>> {
    let standing = listings::table.filter(listings::reason.eq(reason)).filter(listings::lifted_at.is_null());
    let rows: Vec<ListingRow> =
        load_each!(conn, standing.select(ListingRow::as_select()), listings::vehicle_id, vehicles)?;
    Ok(rows.into_iter().map(Listing::from).collect())
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
