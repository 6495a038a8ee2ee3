//! SQL of referrals.

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    insert_into, update,
};

use super::wire::ReferralFilter;
use crate::{
    domain::{
        case::Case,
        course::Course,
        id::Id,
        listing::Listing,
        referral::{Addressee, Matter, Referral, ReferralBrief, ReferralState, ReferralStep},
        time::Day,
        vehicle::Vehicle,
    },
    platform::db::{AnyConnection, Json},
    schema::referrals,
};

const UNANSWERED: [ReferralState; 2] = [ReferralState::Sent, ReferralState::Received];

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = referrals, treat_none_as_default_value = false)]
struct ReferralRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Referral>,
    listing_id: Option<Id<Listing>>,
    case_id: Option<Id<Case>>,
    addressee: Addressee,
    state: ReferralState,
    answer_by: Day,
    brief: Json<ReferralBrief>,
    course: Json<Course<ReferralStep>>,
}

impl ReferralRow {
    fn read(self) -> Option<Referral> {
        let about = self.listing_id.map(Matter::Listing).or(self.case_id.map(Matter::Ruling))?;
        Some(Referral {
            id: self.id,
            vehicle: self.vehicle_id,
            about,
            to: self.addressee,
            brief: self.brief.0,
            answer_by: self.answer_by,
            course: self.course.0,
        })
    }
}

/// A new referral.
pub fn insert(conn: &mut AnyConnection, referral: &Referral) -> QueryResult<usize> {
    let (listing_id, case_id) = match referral.about {
        Matter::Listing(listing) => (Some(listing), None),
        Matter::Ruling(case) => (None, Some(case)),
    };
    let row = ReferralRow {
        vehicle_id: referral.vehicle,
        id: referral.id,
        listing_id,
        case_id,
        addressee: referral.to,
        state: referral.course.state(),
        answer_by: referral.answer_by,
        brief: Json(referral.brief.clone()),
        course: Json(referral.course.clone()),
    };
    insert_into(referrals::table).values(row).execute(conn)
}

/// Where a referral stands now.
pub fn save(conn: &mut AnyConnection, referral: &Referral) -> QueryResult<usize> {
    update(referrals::table.find((referral.vehicle, referral.id)))
        .set((referrals::state.eq(referral.course.state()), referrals::course.eq(Json(referral.course.clone()))))
        .execute(conn)
}

/// A referral, locked until the end of the transaction.
///
/// # Errors
/// There is no such referral, or the database fails.
pub fn lock(conn: &mut AnyConnection, vehicle: Id<Vehicle>, id: Id<Referral>) -> QueryResult<Referral> {
    let referral = referrals::table.find((vehicle, id));
    let row = match conn {
        AnyConnection::Postgres(pg) => referral.select(ReferralRow::as_select()).for_update().first(pg)?,
        AnyConnection::Sqlite(sqlite) => referral.select(ReferralRow::as_select()).first(sqlite)?,
    };
    row.read().ok_or(diesel::result::Error::NotFound)
}

/// A vehicle's referrals, the newest first.
pub fn of_vehicle(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Vec<Referral>> {
    let rows = referrals::table
        .filter(referrals::vehicle_id.eq(vehicle))
        .order(referrals::id.desc())
        .select(ReferralRow::as_select());
    Ok(rows.load(conn)?.into_iter().filter_map(ReferralRow::read).collect())
}

/// Referrals of a filter after a key, one more than a page holds; an office sees its own.
pub fn page(
    conn: &mut AnyConnection,
    filter: &ReferralFilter,
    office: Option<Addressee>,
    today: Day,
    after: Option<Id<Referral>>,
    size: i64,
) -> QueryResult<Vec<Referral>> {
    let mut query = referrals::table.into_boxed();
    if let Some(office) = office.or(filter.addressee) {
        query = query.filter(referrals::addressee.eq(office));
    }
    query = match filter.state {
        Some(state) => query.filter(referrals::state.eq(state)),
        None => query.filter(referrals::state.eq_any(UNANSWERED)),
    };
    if filter.overdue == Some(true) {
        query = query.filter(referrals::state.eq_any(UNANSWERED)).filter(referrals::answer_by.lt(today));
    }
    if let Some(after) = after {
        query = query.filter(referrals::id.gt(after));
    }
    let rows: Vec<ReferralRow> =
        query.order(referrals::id).limit(size + 1).select(ReferralRow::as_select()).load(conn)?;
    Ok(rows.into_iter().filter_map(ReferralRow::read).collect())
}
