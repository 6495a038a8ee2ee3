//! A case's history, read from the journal: what happened is written down once.

use diesel::{ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl};

use crate::{
    domain::{case::Case, event::Event, id::Id, role::Role, time::Instant, vehicle::Vehicle},
    platform::db::{AnyConnection, Json},
    schema::journal,
};

/// A journal row of the case.
pub struct HistoryRow {
    /// When.
    pub at: Instant,
    /// What.
    pub event: Event,
    /// In which role.
    pub role: Option<Role>,
    /// For which organisation.
    pub organisation: Option<Id<()>>,
}

/// The journal rows of one case of a vehicle, in the order in which they happened.
pub fn of_case(conn: &mut AnyConnection, vehicle: Id<Vehicle>, case: Id<Case>) -> QueryResult<Vec<HistoryRow>> {
    type Columns = (Instant, Json<Event>, Option<Role>, Option<Id<()>>);
    let rows: Vec<Columns> = journal::table
        .filter(journal::subject_id.eq(vehicle.recast::<()>()))
        .order((journal::recorded_at, journal::id))
        .select((journal::recorded_at, journal::event, journal::role, journal::organisation_id))
        .load(conn)?;
    let of_this_case = |(at, event, role, organisation): Columns| {
        (event.0.case() == Some(case)).then_some(HistoryRow { at, event: event.0, role, organisation })
    };
    Ok(rows.into_iter().filter_map(of_this_case).collect())
}
