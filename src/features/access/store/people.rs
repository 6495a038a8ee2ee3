//! People.

use diesel::{
    ExpressionMethods, Insertable, JoinOnDsl, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl,
    Selectable, SelectableHelper, insert_into,
};

use crate::{
    domain::{
        id::Id,
        party::{Organisation, Person},
        role::{Position, Role, Standing},
        time::Instant,
    },
    platform::db::{AnyConnection, on_db},
    schema::{organisations, people},
};

#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = people, treat_none_as_default_value = false)]
pub struct PersonRow {
    pub id: Id<Person>,
    pub organisation_id: Id<Organisation>,
    pub login: String,
    pub name: String,
    pub password_hash: String,
    pub position: Position,
    pub standing: Standing,
    pub standing_reason: Option<String>,
    pub registered_at: Instant,
    pub changed_at: Instant,
}

/// A person with what signing in needs to know of the organisation.
#[derive(Clone)]
pub struct Account {
    pub person: PersonRow,
    pub role: Role,
    pub organisation_standing: Standing,
}

/// Inserts the person, unless the login is taken.
pub fn insert_person(conn: &mut AnyConnection, row: &PersonRow) -> QueryResult<bool> {
    let inserted =
        on_db!(conn, |engine| insert_into(people::table).values(row).on_conflict_do_nothing().execute(engine));
    inserted.map(|rows| rows == 1)
}

/// The person of an organisation.
pub fn find_person(
    conn: &mut AnyConnection,
    organisation: Id<Organisation>,
    id: Id<Person>,
) -> QueryResult<Option<PersonRow>> {
    let person = people::table.find(id).filter(people::organisation_id.eq(organisation));
    person.select(PersonRow::as_select()).first(conn).optional()
}

macro_rules! accounts {
    ($conn:ident, $condition:expr) => {{
        let found: Option<(PersonRow, Role, Standing)> = people::table
            .inner_join(organisations::table.on(organisations::id.eq(people::organisation_id)))
            .filter($condition)
            .select((PersonRow::as_select(), organisations::role, organisations::standing))
            .first($conn)
            .optional()?;
        Ok(found.map(|(person, role, organisation_standing)| Account { person, role, organisation_standing }))
    }};
}

/// The account with this login.
pub fn account(conn: &mut AnyConnection, login: &str) -> QueryResult<Option<Account>> {
    accounts!(conn, people::login.eq(login))
}

/// The account of this person.
pub fn account_of(conn: &mut AnyConnection, id: Id<Person>) -> QueryResult<Option<Account>> {
    accounts!(conn, people::id.eq(id))
}
