//! Tables of dated limits and settings.

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    limit_rules (id, version) {
        id -> Text,
        version -> BigInt,
        rule -> SqlJson,
        reason -> Text,
        recorded_at -> SqlInstant,
        recorded_by -> Nullable<SqlUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    settings (key, effective_from, recorded_at) {
        key -> Text,
        effective_from -> Date,
        recorded_at -> SqlInstant,
        value -> Text,
        source -> Text,
        confidence -> Text,
        note -> Text,
        reason -> Text,
        recorded_by -> Nullable<SqlUuid>,
    }
}
