//! Tables of findings and of what they are made from.

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    supervision_findings (organisation_id, id) {
        organisation_id -> SqlUuid,
        id -> SqlUuid,
        finding -> Text,
        natural_key -> Text,
        state -> Text,
        line_id -> Nullable<SqlUuid>,
        person -> Nullable<Text>,
        vehicle_id -> Nullable<SqlUuid>,
        inspection_id -> Nullable<SqlUuid>,
        numerator -> BigInt,
        denominator -> BigInt,
        peers -> Nullable<SqlJson>,
        chance -> Nullable<BigInt>,
        low -> Nullable<BigInt>,
        high -> Nullable<BigInt>,
        facts -> SqlJson,
        window_from -> Nullable<Date>,
        window_to -> Nullable<Date>,
        found_on -> Date,
        found_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    supervision_facts (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        recorded_on -> Date,
        ended_at -> Nullable<SqlInstant>,
        verdict -> Nullable<Text>,
        rated_power -> Nullable<BigInt>,
        facts -> SqlJson,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::SqlUuid;

    trace_prints (key) {
        key -> Text,
        vehicle_id -> SqlUuid,
        inspection_id -> SqlUuid,
        station_id -> SqlUuid,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Text};
    use crate::platform::db::{SqlInstant, SqlJson};

    supervision_days (work, swept_on) {
        work -> Text,
        swept_on -> Date,
        counted -> BigInt,
        fold -> SqlJson,
        done_at -> SqlInstant,
    }
}
