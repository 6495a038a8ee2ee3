//! Tables of acceptances, inspections and their claims.

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    acceptances (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        station_id -> SqlUuid,
        line_id -> SqlUuid,
        number -> Text,
        kind -> Text,
        nature -> Text,
        method -> Text,
        method_reason -> Nullable<Text>,
        sent -> SqlJson,
        ground -> Nullable<SqlJson>,
        accepted_at -> SqlInstant,
        accepted_on -> Date,
        lapses_at -> SqlInstant,
        state -> Text,
        progress -> SqlJson,
        line_lacks -> Nullable<SqlJson>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::SqlUuid;

    acceptance_claims (station_id, number) {
        station_id -> SqlUuid,
        number -> Text,
        vehicle_id -> SqlUuid,
        acceptance_id -> SqlUuid,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    exemptions (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        case_id -> SqlUuid,
        reason -> Text,
        granted_at -> SqlInstant,
        used_at -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    inspections (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        station_id -> SqlUuid,
        line_id -> SqlUuid,
        station_number -> Text,
        report_number -> Text,
        acceptance_id -> Nullable<SqlUuid>,
        kind -> Text,
        nature -> Text,
        method -> Nullable<Text>,
        limit_class -> Text,
        started_at -> SqlInstant,
        ended_at -> SqlInstant,
        ended_on -> Date,
        odometer_km -> Nullable<BigInt>,
        verdict -> Text,
        station_verdict -> Nullable<Text>,
        rule_sensitive -> Bool,
        counted -> Bool,
        sent -> SqlJson,
        effect -> SqlJson,
        supersedes -> Nullable<SqlUuid>,
        superseded_by -> Nullable<SqlUuid>,
        superseded_at -> Nullable<SqlInstant>,
        superseded_reason -> Nullable<Text>,
        recorded_at -> SqlInstant,
        recorded_by -> Nullable<SqlUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::platform::db::SqlUuid;

    inspection_items (vehicle_id, inspection_id, ordinal) {
        vehicle_id -> SqlUuid,
        inspection_id -> SqlUuid,
        ordinal -> BigInt,
        item -> Text,
        sent -> Nullable<BigInt>,
        compared -> Nullable<BigInt>,
        limit_low -> Nullable<BigInt>,
        limit_high -> Nullable<BigInt>,
        rule_id -> Nullable<Text>,
        rule_version -> Nullable<BigInt>,
        margin -> Nullable<BigInt>,
        outcome -> Text,
        other_rule_outcome -> Text,
        findings -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Text};
    use crate::platform::db::SqlUuid;

    inspection_traces (vehicle_id, inspection_id) {
        vehicle_id -> SqlUuid,
        inspection_id -> SqlUuid,
        samples -> BigInt,
        sha256 -> Text,
        gzip -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::{SqlInstant, SqlUuid};

    inspection_claims (station_id, station_number) {
        station_id -> SqlUuid,
        station_number -> Text,
        vehicle_id -> SqlUuid,
        inspection_id -> SqlUuid,
        body_hash -> Text,
        ended_at -> SqlInstant,
        verdict -> Text,
        report_number -> Text,
        recorded_at -> SqlInstant,
    }
}
