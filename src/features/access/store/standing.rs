//! Steps of standing: guarded by the standing that was read, so that of two at once one is refused.

use diesel::{ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl, update};

use crate::{
    domain::{
        id::Id,
        party::{Client, Line, Organisation, Person},
        role::Standing,
        time::Instant,
    },
    platform::db::AnyConnection,
    schema::{clients, lines, organisations, people},
};

/// From which standing to which, why and when.
#[derive(Debug)]
pub struct Step<'a> {
    pub from: Standing,
    pub to: Standing,
    pub reason: &'a str,
    pub at: Instant,
}

macro_rules! steps {
    ($($function:ident: $table:ident of $noun:ty),+ $(,)?) => {$(
        /// Takes the step; tells whether the row still had the standing that was read.
        pub fn $function(conn: &mut AnyConnection, id: Id<$noun>, step: &Step<'_>) -> QueryResult<bool> {
            let row = $table::table.filter($table::id.eq(id)).filter($table::standing.eq(step.from));
            let changed = update(row)
                .set((
                    $table::standing.eq(step.to),
                    $table::standing_reason.eq(Some(step.reason)),
                    $table::changed_at.eq(step.at),
                ))
                .execute(conn)?;
            Ok(changed == 1)
        }
    )+};
}

steps! {
    step_organisation: organisations of Organisation,
    step_line: lines of Line,
    step_person: people of Person,
    step_client: clients of Client,
}
