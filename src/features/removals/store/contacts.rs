//! SQL of contacts with owners: every contact is kept; the newest stands beside the vehicle's removals.

use std::collections::HashMap;

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    insert_into, update,
};

use crate::{
    domain::{
        id::Id,
        party::Organisation,
        removal::ContactState,
        time::{Day, Instant},
        vehicle::Vehicle,
    },
    platform::db::{AnyConnection, load_each},
    schema::{removal_contacts, removals},
};

/// How it stands with an owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact {
    /// How.
    pub state: ContactState,
    /// The last day of a promise.
    pub promised_until: Option<Day>,
}

impl Default for Contact {
    fn default() -> Self {
        Self { state: ContactState::NotContacted, promised_until: None }
    }
}

/// A contact with an owner.
#[derive(Debug, Clone)]
pub struct Contacted {
    /// Its id.
    pub id: Id<Contacted>,
    /// How it stands since.
    pub contact: ContactState,
    /// The last day of a promise.
    pub promised_until: Option<Day>,
    /// What was said.
    pub note: String,
    /// When.
    pub recorded_at: Instant,
    /// Who.
    pub recorded_by: Option<Id<()>>,
    /// For which organisation.
    pub organisation: Option<Id<Organisation>>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = removal_contacts, treat_none_as_default_value = false)]
struct ContactRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Contacted>,
    contact: ContactState,
    promised_until: Option<Day>,
    note: String,
    recorded_at: Instant,
    recorded_by: Option<Id<()>>,
    organisation_id: Option<Id<Organisation>>,
}

/// A new contact.
pub fn insert_contact(conn: &mut AnyConnection, vehicle: Id<Vehicle>, told: &Contacted) -> QueryResult<usize> {
    let row = ContactRow {
        vehicle_id: vehicle,
        id: told.id,
        contact: told.contact,
        promised_until: told.promised_until,
        note: told.note.clone(),
        recorded_at: told.recorded_at,
        recorded_by: told.recorded_by,
        organisation_id: told.organisation,
    };
    insert_into(removal_contacts::table).values(row).execute(conn)
}

/// The newest contact stands beside all removals of the vehicle.
pub fn set_contact(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    contact: ContactState,
    promised_until: Option<Day>,
) -> QueryResult<usize> {
    update(removals::table.filter(removals::vehicle_id.eq(vehicle)))
        .set((removals::contact.eq(contact), removals::promised_until.eq(promised_until)))
        .execute(conn)
}

/// A vehicle's contacts, the newest first.
pub fn of_vehicle(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Vec<Contacted>> {
    let rows: Vec<ContactRow> = removal_contacts::table
        .filter(removal_contacts::vehicle_id.eq(vehicle))
        .order(removal_contacts::id.desc())
        .select(ContactRow::as_select())
        .load(conn)?;
    let contacted = |row: ContactRow| Contacted {
        id: row.id,
        contact: row.contact,
        promised_until: row.promised_until,
        note: row.note,
        recorded_at: row.recorded_at,
        recorded_by: row.recorded_by,
        organisation: row.organisation_id,
    };
    Ok(rows.into_iter().map(contacted).collect())
}

/// The newest contact of each of some vehicles.
pub fn last_contacts(
    conn: &mut AnyConnection,
    vehicles: &[Id<Vehicle>],
) -> QueryResult<HashMap<Id<Vehicle>, Contact>> {
    type Columns = (Id<Vehicle>, Id<Contacted>, ContactState, Option<Day>);
    let all = removal_contacts::table.select((
        removal_contacts::vehicle_id,
        removal_contacts::id,
        removal_contacts::contact,
        removal_contacts::promised_until,
    ));
    let mut rows: Vec<Columns> = load_each!(conn, all, removal_contacts::vehicle_id, vehicles)?;
    rows.sort_by_key(|row| row.1);
    let contact = |(vehicle, _, state, promised_until)| (vehicle, Contact { state, promised_until });
    Ok(rows.into_iter().map(contact).collect())
}
