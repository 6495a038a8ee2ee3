//! What clients asked on each day, and what was odd about it.

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    delete, insert_into,
};
use serde_json::Value;

use crate::{
    domain::{
        finding::FindingKind,
        id::Id,
        party::{Client, Organisation},
        time::{Day, Instant},
    },
    platform::db::{AnyConnection, Json, insert_rows, on_db},
    schema::{check_findings, check_usages},
};

/// Something odd about a client's checks.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = check_findings, treat_none_as_default_value = false)]
pub struct FindingRow {
    pub client_id: Id<Client>,
    pub id: Id<FindingRow>,
    pub organisation_id: Id<Organisation>,
    pub finding: FindingKind,
    pub facts: Json<Value>,
    pub found_at: Instant,
}

/// A client asked so much more on a day.
pub fn add_usage(conn: &mut AnyConnection, client: Id<Client>, day: Day, checks: i64) -> QueryResult<usize> {
    let row = (check_usages::client_id.eq(client), check_usages::day.eq(day), check_usages::checks.eq(checks));
    on_db!(conn, |engine| {
        insert_into(check_usages::table)
            .values(row)
            .on_conflict((check_usages::client_id, check_usages::day))
            .do_update()
            .set(check_usages::checks.eq(check_usages::checks + checks))
            .execute(engine)
    })
}

/// What each client asked on a day.
pub fn usage_on(conn: &mut AnyConnection, day: Day) -> QueryResult<Vec<(Id<Client>, i64)>> {
    check_usages::table
        .filter(check_usages::day.eq(day))
        .select((check_usages::client_id, check_usages::checks))
        .load(conn)
}

/// Forgets what was asked before a day.
pub fn sweep_usage(conn: &mut AnyConnection, first_kept: Day) -> QueryResult<usize> {
    delete(check_usages::table.filter(check_usages::day.lt(first_kept))).execute(conn)
}

/// New findings.
pub fn insert_findings(conn: &mut AnyConnection, rows: &[FindingRow]) -> QueryResult<usize> {
    insert_rows!(conn, check_findings::table, rows)
}

/// Findings, the newest first.
pub fn findings(
    conn: &mut AnyConnection,
    before: Option<Id<FindingRow>>,
    limit: i64,
) -> QueryResult<Vec<FindingRow>> {
    let mut query = check_findings::table.select(FindingRow::as_select()).into_boxed();
    if let Some(before) = before {
        query = query.filter(check_findings::id.lt(before));
    }
    query.order(check_findings::id.desc()).limit(limit).load(conn)
}
