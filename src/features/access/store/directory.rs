//! The directory that every request looks at, and the mark that tells whether it has changed.

use diesel::{
    ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl, SelectableHelper,
    dsl::{count_star, max},
};

use super::{LineRow, OrganisationRow};
use crate::{
    domain::{
        id::Id,
        party::{Client, Person},
        role::Standing,
        time::Instant,
    },
    platform::{
        auth::{Directory, Line, Organisation},
        db::AnyConnection,
    },
    schema::{clients, lines, organisations, people},
};

/// How many there are of each standing and when one changed last. The counts are needed beside the instant: a
/// change may commit after a later one that has been seen.
pub fn directory_mark(conn: &mut AnyConnection) -> QueryResult<String> {
    let mut mark = String::new();
    macro_rules! add {
        ($($table:ident),+) => {$(
            let counted: Vec<(Standing, i64, Option<Instant>)> = $table::table
                .group_by($table::standing)
                .select(($table::standing, count_star(), max($table::changed_at)))
                .order($table::standing)
                .load(conn)?;
            for (standing, count, last) in counted {
                let last = last.map(Instant::micros);
                mark.push_str(&format!("{} {standing} {count} {last:?};", stringify!($table)));
            }
        )+};
    }
    add!(organisations, lines, people, clients);
    Ok(mark)
}

/// Reads the directory.
pub fn directory(conn: &mut AnyConnection) -> QueryResult<Directory> {
    let known: Vec<OrganisationRow> = organisations::table.select(OrganisationRow::as_select()).load(conn)?;
    let known_lines: Vec<LineRow> = lines::table.select(LineRow::as_select()).load(conn)?;
    let barred_people: Vec<Id<Person>> =
        people::table.filter(people::standing.ne(Standing::Active)).select(people::id).load(conn)?;
    let barred_clients: Vec<Id<Client>> =
        clients::table.filter(clients::standing.ne(Standing::Active)).select(clients::id).load(conn)?;
    let people = barred_people.into_iter().map(Id::uuid);
    Ok(Directory {
        organisations: known.into_iter().map(|row| (row.id.uuid(), row.into())).collect(),
        lines: known_lines.into_iter().map(entry).collect(),
        barred: people.chain(barred_clients.into_iter().map(Id::uuid)).collect(),
    })
}

fn entry(row: LineRow) -> ((uuid::Uuid, String), Line) {
    ((row.station_id.uuid(), row.code), Line { id: row.id.uuid(), standing: row.standing })
}

impl From<OrganisationRow> for Organisation {
    fn from(row: OrganisationRow) -> Self {
        Self {
            id: row.id.uuid(),
            role: row.role,
            code: row.code,
            name: row.name,
            area: row.area,
            credit_code: row.credit_code,
            legal_person: row.legal_person,
            standing: row.standing,
        }
    }
}
