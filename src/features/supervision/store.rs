//! SQL of cases of supervision.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, insert_into, update,
};

use super::wire::{EvidenceOut, SupervisionFilter, TestRef};
use crate::{
    domain::{
        course::Course,
        id::Id,
        inspection::Inspection,
        party::{Line, Organisation},
        supervision_case::{SupervisionCase, SupervisionState, SupervisionStep},
        time::{Day, Instant},
        vehicle::Vehicle,
    },
    platform::db::{AnyConnection, Json, insert_rows},
    schema::{supervision_cases, supervision_evidence},
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = supervision_cases, treat_none_as_default_value = false)]
struct CaseRow {
    id: Id<SupervisionCase>,
    organisation_id: Id<Organisation>,
    line_id: Option<Id<Line>>,
    finding: String,
    facts: String,
    state: SupervisionState,
    explain_by: Option<Day>,
    course: Json<Course<SupervisionStep>>,
}

impl From<CaseRow> for SupervisionCase {
    fn from(row: CaseRow) -> Self {
        Self {
            id: row.id,
            concerns: row.organisation_id,
            line: row.line_id,
            finding: row.finding,
            facts: row.facts,
            course: row.course.0,
        }
    }
}

/// A piece of evidence as it is frozen.
#[derive(Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = supervision_evidence, treat_none_as_default_value = false)]
pub struct EvidenceRow {
    pub case_id: Id<SupervisionCase>,
    pub ordinal: i64,
    pub vehicle_id: Id<Vehicle>,
    pub inspection_id: Id<Inspection>,
    pub content: String,
    pub sha256: String,
    pub trace: Option<Vec<u8>>,
    pub trace_sha256: Option<String>,
    pub frozen_at: Instant,
}

/// A new case with its evidence.
pub fn insert(conn: &mut AnyConnection, case: &SupervisionCase, evidence: &[EvidenceRow]) -> QueryResult<()> {
    let row = CaseRow {
        id: case.id,
        organisation_id: case.concerns,
        line_id: case.line,
        finding: case.finding.clone(),
        facts: case.facts.clone(),
        state: case.course.state(),
        explain_by: case.explain_by(),
        course: Json(case.course.clone()),
    };
    insert_into(supervision_cases::table).values(row).execute(conn)?;
    insert_rows!(conn, supervision_evidence::table, evidence)?;
    Ok(())
}

/// Where a case stands now.
pub fn save(conn: &mut AnyConnection, case: &SupervisionCase) -> QueryResult<usize> {
    update(supervision_cases::table.find(case.id))
        .set((
            supervision_cases::state.eq(case.course.state()),
            supervision_cases::explain_by.eq(case.explain_by()),
            supervision_cases::course.eq(Json(case.course.clone())),
        ))
        .execute(conn)
}

/// A case, locked until the end of the transaction.
///
/// # Errors
/// There is no such case, or the database fails.
pub fn lock(conn: &mut AnyConnection, id: Id<SupervisionCase>) -> QueryResult<SupervisionCase> {
    let case = supervision_cases::table.find(id);
    let row = match conn {
        AnyConnection::Postgres(pg) => case.select(CaseRow::as_select()).for_update().first(pg)?,
        AnyConnection::Sqlite(sqlite) => case.select(CaseRow::as_select()).first(sqlite)?,
    };
    Ok(row.into())
}

/// A case.
pub fn load(conn: &mut AnyConnection, id: Id<SupervisionCase>) -> QueryResult<Option<SupervisionCase>> {
    let row = supervision_cases::table.find(id).select(CaseRow::as_select()).first(conn).optional()?;
    Ok(row.map(SupervisionCase::from))
}

/// Whom a case concerns that is not yet ruled upon.
///
/// # Errors
/// The database fails.
pub fn open_against(conn: &mut AnyConnection) -> QueryResult<Vec<Id<Organisation>>> {
    use SupervisionState::{Explained, ExplanationAsked, InReview, Opened};
    supervision_cases::table
        .filter(supervision_cases::state.eq_any([Opened, InReview, ExplanationAsked, Explained]))
        .select(supervision_cases::organisation_id)
        .load(conn)
}

/// The evidence of a case, without its content.
pub fn evidence_of(conn: &mut AnyConnection, case: Id<SupervisionCase>) -> QueryResult<Vec<EvidenceOut>> {
    use supervision_evidence::dsl;
    type Columns = (i64, Id<Vehicle>, Id<Inspection>, String, Option<String>, Instant);
    let rows: Vec<Columns> = dsl::supervision_evidence
        .filter(dsl::case_id.eq(case))
        .order(dsl::ordinal)
        .select((dsl::ordinal, dsl::vehicle_id, dsl::inspection_id, dsl::sha256, dsl::trace_sha256, dsl::frozen_at))
        .load(conn)?;
    let out = |(ordinal, vehicle_id, inspection_id, sha256, trace_sha256, frozen_at): Columns| {
        let test = TestRef { vehicle_id, inspection_id };
        EvidenceOut { ordinal, test, sha256, trace_sha256, frozen_at }
    };
    Ok(rows.into_iter().map(out).collect())
}

/// A piece of evidence with its content.
pub fn find_evidence(
    conn: &mut AnyConnection,
    case: Id<SupervisionCase>,
    ordinal: i64,
) -> QueryResult<Option<EvidenceRow>> {
    supervision_evidence::table.find((case, ordinal)).select(EvidenceRow::as_select()).first(conn).optional()
}

/// Cases of a filter before a key, the newest first, one more than a page holds. Of `own` alone when it is
/// named, and only those told of when asked so.
pub fn page(
    conn: &mut AnyConnection,
    filter: &SupervisionFilter,
    (own, only_told): (Option<Id<Organisation>>, bool),
    today: Day,
    before: Option<Id<SupervisionCase>>,
    size: i64,
) -> QueryResult<Vec<SupervisionCase>> {
    use supervision_cases::dsl;
    let mut query = dsl::supervision_cases.into_boxed();
    if let Some(own) = own {
        query = query.filter(dsl::organisation_id.eq(own));
    }
    if only_told {
        query = query.filter(dsl::explain_by.is_not_null());
    }
    if let Some(organisation) = filter.organisation_id {
        query = query.filter(dsl::organisation_id.eq(organisation));
    }
    if let Some(state) = filter.state {
        query = query.filter(dsl::state.eq(state));
    }
    if filter.overdue == Some(true) {
        query = query.filter(dsl::state.eq(SupervisionState::ExplanationAsked)).filter(dsl::explain_by.lt(today));
    }
    if let Some(before) = before {
        query = query.filter(dsl::id.lt(before));
    }
    let rows: Vec<CaseRow> = query.order(dsl::id.desc()).limit(size + 1).select(CaseRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(SupervisionCase::from).collect())
}
