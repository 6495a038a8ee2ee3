//! SQL of rules: rows are added, never changed.

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    dsl::{count_star, max},
    insert_into,
};

use crate::{
    domain::{
        id::Id,
        lawbook::Lawbook,
        settings::{Setting, Settings},
        standard::{LimitBook, LimitRule},
        time::{Day, Instant},
    },
    platform::db::{AnyConnection, Json, on_db},
    schema::{limit_rules, settings},
};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = limit_rules, treat_none_as_default_value = false)]
pub struct LimitRow {
    pub id: String,
    pub version: i64,
    pub rule: Json<LimitRule>,
    pub reason: String,
    pub recorded_at: Instant,
    pub recorded_by: Option<Id<()>>,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = settings, treat_none_as_default_value = false)]
pub struct SettingRow {
    pub key: String,
    pub effective_from: Day,
    pub recorded_at: Instant,
    pub value: String,
    pub source: String,
    pub confidence: String,
    pub note: String,
    pub reason: String,
    pub recorded_by: Option<Id<()>>,
}

/// Inserts the versions that are not there yet; tells how many.
pub fn insert_limits(conn: &mut AnyConnection, rows: &[LimitRow]) -> QueryResult<usize> {
    on_db!(conn, |engine| insert_into(limit_rules::table).values(rows).on_conflict_do_nothing().execute(engine))
}

/// Inserts the values that are not there yet; tells how many.
pub fn insert_settings(conn: &mut AnyConnection, rows: &[SettingRow]) -> QueryResult<usize> {
    on_db!(conn, |engine| insert_into(settings::table).values(rows).on_conflict_do_nothing().execute(engine))
}

/// Every version of every limit, by name and version.
pub fn limits(conn: &mut AnyConnection) -> QueryResult<Vec<LimitRow>> {
    let order = (limit_rules::id, limit_rules::version);
    limit_rules::table.select(LimitRow::as_select()).order(order).load(conn)
}

/// The versions of a limit, the latest first.
pub fn versions(conn: &mut AnyConnection, id: &str) -> QueryResult<Vec<LimitRow>> {
    let versions = limit_rules::table.filter(limit_rules::id.eq(id)).order(limit_rules::version.desc());
    versions.select(LimitRow::as_select()).load(conn)
}

/// Every value of every setting, by name, day and time of recording.
pub fn settings(conn: &mut AnyConnection) -> QueryResult<Vec<SettingRow>> {
    let order = (settings::key, settings::effective_from, settings::recorded_at);
    settings::table.select(SettingRow::as_select()).order(order).load(conn)
}

/// The settings as they were known at an instant.
///
/// # Errors
/// The database fails.
pub fn settings_known(conn: &mut AnyConnection, at: Instant) -> QueryResult<Settings> {
    let known = settings(conn)?.into_iter().filter(|row| row.recorded_at <= at);
    Ok(Settings::new(known.map(Setting::from)))
}

/// How many rules there are and when the last was recorded: rows are only ever added.
pub fn lawbook_mark(conn: &mut AnyConnection) -> QueryResult<String> {
    let limits: (i64, Option<Instant>) =
        limit_rules::table.select((count_star(), max(limit_rules::recorded_at))).first(conn)?;
    let settings: (i64, Option<Instant>) =
        settings::table.select((count_star(), max(settings::recorded_at))).first(conn)?;
    Ok(format!("{limits:?} {settings:?}"))
}

/// Reads the law.
pub fn lawbook(conn: &mut AnyConnection) -> QueryResult<Lawbook> {
    let limits = limits(conn)?.into_iter().map(|row| row.rule.0).collect();
    let settings = settings(conn)?.into_iter().map(Setting::from);
    Ok(Lawbook { limits: LimitBook::new(limits), settings: Settings::new(settings) })
}

impl From<SettingRow> for Setting {
    fn from(row: SettingRow) -> Self {
        Self {
            key: row.key,
            value: row.value,
            effective_from: row.effective_from,
            source: row.source,
            confidence: row.confidence,
            note: row.note,
        }
    }
}
