//! SQL of scores: counts, grouped by station, line and operator; every statement reads the same on both engines.

use diesel::{
    QueryResult, QueryableByName, RunQueryDsl, sql_query,
    sql_types::{BigInt, Date, Nullable, Text},
};

use crate::{
    domain::{
        id::Id,
        party::{Line, Organisation},
        time::Day,
    },
    platform::db::{AnyConnection, SqlUuid, on_db},
};

/// First tests of alike vehicles by one operator.
#[derive(Debug, QueryableByName)]
pub struct FirstTests {
    #[diesel(sql_type = SqlUuid)]
    pub station_id: Id<Organisation>,
    #[diesel(sql_type = SqlUuid)]
    pub line_id: Id<Line>,
    #[diesel(sql_type = Nullable<Text>)]
    pub operator: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub maker: Option<String>,
    /// The year of registration.
    #[diesel(sql_type = Nullable<Text>)]
    pub registered: Option<String>,
    /// The year of the test.
    #[diesel(sql_type = Text)]
    pub tested: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub fuel: Option<String>,
    #[diesel(sql_type = Text)]
    pub stage: String,
    #[diesel(sql_type = BigInt)]
    pub tests: i64,
    #[diesel(sql_type = BigInt)]
    pub failed: i64,
}

/// So many of so many, by one operator.
#[derive(Debug, QueryableByName)]
pub struct Counted {
    #[diesel(sql_type = SqlUuid)]
    pub station_id: Id<Organisation>,
    #[diesel(sql_type = SqlUuid)]
    pub line_id: Id<Line>,
    #[diesel(sql_type = Nullable<Text>)]
    pub operator: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub hits: i64,
    #[diesel(sql_type = BigInt)]
    pub total: i64,
}

/// Acceptances of a line.
#[derive(Debug, QueryableByName)]
pub struct Accepted {
    #[diesel(sql_type = SqlUuid)]
    pub station_id: Id<Organisation>,
    #[diesel(sql_type = SqlUuid)]
    pub line_id: Id<Line>,
    #[diesel(sql_type = BigInt)]
    pub total: i64,
    #[diesel(sql_type = BigInt)]
    pub weaker: i64,
    #[diesel(sql_type = BigInt)]
    pub unready: i64,
}

/// What became of a drawn test.
#[derive(Debug, QueryableByName)]
pub struct Reinspected {
    #[diesel(sql_type = SqlUuid)]
    pub station_id: Id<Organisation>,
    #[diesel(sql_type = Nullable<Text>)]
    pub verdict: Option<String>,
}

/// Tests that stand in statistics.
macro_rules! counting {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            " i.counted AND i.superseded_at IS NULL AND i.kind NOT IN ('comparison', 'trial') \
              AND i.ended_on >= $1 AND i.ended_on <= $2 ",
            $after
        )
    };
}

/// The first tests of the city, by station, line, operator and kind of vehicle.
const FIRST_TESTS: &str = counting!(
    "SELECT i.station_id, i.line_id, i.sent ->> 'operator' AS operator, v.facts ->> 'maker' AS maker, \
            SUBSTR(CAST(v.registered_on AS TEXT), 1, 4) AS registered, \
            SUBSTR(CAST(i.ended_on AS TEXT), 1, 4) AS tested, v.fuel, v.stage, \
            COUNT(*) AS tests, COUNT(CASE WHEN i.verdict = 'fail' THEN 1 END) AS failed \
     FROM inspections i JOIN vehicles v ON v.id = i.vehicle_id WHERE",
    "AND i.nature = 'first' AND i.verdict IN ('pass', 'fail') GROUP BY 1, 2, 3, 4, 5, 6, 7, 8"
);

/// Passes here whose vehicle's next test was elsewhere, and how many of those passed.
const FOLLOW_UPS: &str = counting!(
    "SELECT station_id, line_id, operator, COUNT(CASE WHEN next_verdict = 'pass' THEN 1 END) AS hits, COUNT(*) AS total \
     FROM (SELECT i.station_id, i.line_id, i.sent ->> 'operator' AS operator, i.verdict, \
                  LEAD(i.verdict) OVER w AS next_verdict, LEAD(i.station_id) OVER w AS next_station \
           FROM inspections i WHERE",
    "WINDOW w AS (PARTITION BY i.vehicle_id ORDER BY i.ended_at, i.id)) AS followed \
     WHERE verdict = 'pass' AND next_station <> station_id AND next_verdict IN ('pass', 'fail') GROUP BY 1, 2, 3"
);

/// Tests with a verdict of the station, and how many of them the service judged otherwise.
const DEVIATIONS: &str = counting!(
    "SELECT i.station_id, i.line_id, i.sent ->> 'operator' AS operator, \
            COUNT(CASE WHEN i.station_verdict <> i.verdict THEN 1 END) AS hits, COUNT(i.station_verdict) AS total \
     FROM inspections i WHERE",
    "GROUP BY 1, 2, 3"
);

/// Acceptances, those by a weaker method, and those on a line that lacked something.
const ACCEPTED: &str = "SELECT station_id, line_id, COUNT(*) AS total, COUNT(method_reason) AS weaker, \
            COUNT(line_lacks) AS unready \
     FROM acceptances WHERE accepted_on >= $1 AND accepted_on <= $2 GROUP BY 1, 2";

/// The drawn tests in the order of the draws, each with the first supervisory test of its vehicle afterwards.
const REINSPECTED: &str = "SELECT d.station_id, \
            (SELECT i.verdict FROM inspections i \
             WHERE i.vehicle_id = d.vehicle_id AND i.kind = 'supervisory' AND i.counted AND i.superseded_at IS NULL \
               AND i.ended_at > w.drawn_at ORDER BY i.ended_at LIMIT 1) AS verdict \
     FROM draw_items d JOIN draws w ON w.id = d.draw_id \
     WHERE w.tested_to >= $1 AND w.tested_to <= $2 ORDER BY w.drawn_at, w.id, d.ordinal";

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident: $statement:ident -> $row:ident;)+) => {$(
        $(#[$doc])*
        pub fn $name(conn: &mut AnyConnection, (from, to): (Day, Day)) -> QueryResult<Vec<$row>> {
            on_db!(conn, |engine| {
                sql_query($statement).bind::<Date, _>(from).bind::<Date, _>(to).load::<$row>(engine)
            })
        }
    )+};
}

counts! {
    /// First tests of a period.
    first_tests: FIRST_TESTS -> FirstTests;
    /// What followed the passes of a period.
    follow_ups: FOLLOW_UPS -> Counted;
    /// Verdicts of a period that differ.
    deviations: DEVIATIONS -> Counted;
    /// Acceptances of a period.
    accepted: ACCEPTED -> Accepted;
    /// Outcomes of the draws among a period's tests.
    reinspected: REINSPECTED -> Reinspected;
}
