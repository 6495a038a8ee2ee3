//! Tables of stations, suspensions, cases of supervision and draws.

diesel::table! {
    use diesel::sql_types::{Bool, Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    station_assets (id) {
        id -> SqlUuid,
        station_id -> SqlUuid,
        line_id -> Nullable<SqlUuid>,
        kind -> Text,
        name -> Text,
        number -> Text,
        certificate -> Nullable<Text>,
        maker -> Nullable<Text>,
        model -> Nullable<Text>,
        device -> Nullable<Text>,
        method -> Nullable<Text>,
        signatory -> Bool,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        ended_on -> Nullable<Date>,
        recorded_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    line_checks (station_id, number) {
        station_id -> SqlUuid,
        number -> Text,
        id -> SqlUuid,
        line_id -> SqlUuid,
        kind -> Text,
        started_at -> SqlInstant,
        ended_at -> SqlInstant,
        checked_on -> Date,
        result -> Text,
        station_result -> Text,
        sent -> SqlJson,
        recorded_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    suspensions (id) {
        id -> SqlUuid,
        station_id -> SqlUuid,
        line_id -> Nullable<SqlUuid>,
        case_id -> SqlUuid,
        from_at -> SqlInstant,
        until_at -> SqlInstant,
        reason -> Text,
        ended -> Nullable<SqlJson>,
        recorded_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{SqlJson, SqlUuid};

    supervision_cases (id) {
        id -> SqlUuid,
        organisation_id -> SqlUuid,
        line_id -> Nullable<SqlUuid>,
        finding -> Text,
        facts -> Text,
        state -> Text,
        explain_by -> Nullable<Date>,
        course -> SqlJson,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    supervision_evidence (case_id, ordinal) {
        case_id -> SqlUuid,
        ordinal -> BigInt,
        vehicle_id -> SqlUuid,
        inspection_id -> SqlUuid,
        content -> Text,
        sha256 -> Text,
        trace -> Nullable<Binary>,
        trace_sha256 -> Nullable<Text>,
        frozen_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    draws (id) {
        id -> SqlUuid,
        seed -> Text,
        tested_from -> Date,
        tested_to -> Date,
        size -> BigInt,
        frame -> BigInt,
        risks -> SqlJson,
        drawn_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::platform::db::SqlUuid;

    draw_items (draw_id, ordinal) {
        draw_id -> SqlUuid,
        ordinal -> BigInt,
        risk -> Text,
        vehicle_id -> SqlUuid,
        inspection_id -> SqlUuid,
        station_id -> SqlUuid,
    }
}
