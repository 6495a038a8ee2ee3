//! Tables of targets and of what was found on the days that matter.

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    targets (id, version) {
        id -> Text,
        version -> BigInt,
        effective_from -> Date,
        target -> SqlJson,
        reason -> Text,
        recorded_at -> SqlInstant,
        recorded_by -> Nullable<SqlUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Text};
    use crate::platform::db::{SqlInstant, SqlJson};

    target_snapshots (target_id, kind, as_of) {
        target_id -> Text,
        kind -> Text,
        as_of -> Date,
        readings -> SqlJson,
        taken_at -> SqlInstant,
    }
}
