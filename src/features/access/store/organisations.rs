//! Organisations and the lines of stations.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, dsl::exists, insert_into, select,
};

use crate::{
    domain::{
        id::Id,
        party::{Line, Organisation},
        role::{Role, Standing},
        time::Instant,
    },
    platform::db::{AnyConnection, on_db},
    schema::{lines, organisations},
};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = organisations, treat_none_as_default_value = false)]
pub struct OrganisationRow {
    pub id: Id<Organisation>,
    pub role: Role,
    pub code: String,
    pub name: String,
    pub area: String,
    pub credit_code: Option<String>,
    pub legal_person: Option<String>,
    pub standing: Standing,
    pub standing_reason: Option<String>,
    pub registered_at: Instant,
    pub changed_at: Instant,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = lines, treat_none_as_default_value = false)]
pub struct LineRow {
    pub id: Id<Line>,
    pub station_id: Id<Organisation>,
    pub code: String,
    pub name: String,
    pub standing: Standing,
    pub standing_reason: Option<String>,
    pub registered_at: Instant,
    pub changed_at: Instant,
}

/// Which organisations, and how many.
pub struct OrganisationFilter {
    pub role: Option<Role>,
    pub after: Option<Id<Organisation>>,
    pub limit: i64,
}

/// Whether there is an organisation of a role.
pub fn any_of_role(conn: &mut AnyConnection, role: Role) -> QueryResult<bool> {
    select(exists(organisations::table.filter(organisations::role.eq(role)))).get_result(conn)
}

/// Whether there is an organisation of a role and code.
///
/// # Errors
/// The database cannot tell: it may not have the table.
pub fn is_registered(conn: &mut AnyConnection, role: Role, code: &str) -> QueryResult<bool> {
    let found = organisations::table.filter(organisations::role.eq(role)).filter(organisations::code.eq(code));
    select(exists(found)).get_result(conn)
}

/// Inserts it, unless there is one of its role and code.
pub fn insert_organisation(conn: &mut AnyConnection, row: &OrganisationRow) -> QueryResult<bool> {
    let inserted = on_db!(conn, |engine| {
        insert_into(organisations::table).values(row).on_conflict_do_nothing().execute(engine)
    });
    inserted.map(|rows| rows == 1)
}

/// The organisation.
pub fn find_organisation(conn: &mut AnyConnection, id: Id<Organisation>) -> QueryResult<Option<OrganisationRow>> {
    organisations::table.find(id).select(OrganisationRow::as_select()).first(conn).optional()
}

/// Organisations in the order of their ids.
pub fn organisations(conn: &mut AnyConnection, filter: &OrganisationFilter) -> QueryResult<Vec<OrganisationRow>> {
    let mut query = organisations::table.select(OrganisationRow::as_select()).into_boxed();
    if let Some(role) = filter.role {
        query = query.filter(organisations::role.eq(role));
    }
    if let Some(after) = filter.after {
        query = query.filter(organisations::id.gt(after));
    }
    query.order(organisations::id).limit(filter.limit).load(conn)
}

/// Inserts it, unless its station has one of its code.
pub fn insert_line(conn: &mut AnyConnection, row: &LineRow) -> QueryResult<bool> {
    let inserted =
        on_db!(conn, |engine| insert_into(lines::table).values(row).on_conflict_do_nothing().execute(engine));
    inserted.map(|rows| rows == 1)
}

/// The line of a station.
pub fn find_line(conn: &mut AnyConnection, station: Id<Organisation>, id: Id<Line>) -> QueryResult<Option<LineRow>> {
    let line = lines::table.find(id).filter(lines::station_id.eq(station));
    line.select(LineRow::as_select()).first(conn).optional()
}

/// The codes of a station's lines.
pub fn line_codes(conn: &mut AnyConnection, station: Id<Organisation>) -> QueryResult<Vec<String>> {
    lines::table.filter(lines::station_id.eq(station)).select(lines::code).order(lines::code).load(conn)
}
