//! Tables of imports.

diesel::table! {
    use diesel::sql_types::{Bool, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    imports (id) {
        id -> SqlUuid,
        kind -> Text,
        state -> Text,
        dry_run -> Bool,
        format -> Nullable<Text>,
        encoding -> Nullable<Text>,
        sha256 -> Text,
        map -> SqlJson,
        understood -> Nullable<SqlJson>,
        failure -> Nullable<SqlJson>,
        requested_by -> Nullable<SqlUuid>,
        organisation_id -> Nullable<SqlUuid>,
        role -> Nullable<Text>,
        requested_at -> SqlInstant,
        changed_at -> SqlInstant,
        leased_until -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::BigInt;
    use crate::platform::db::SqlUuid;

    import_chunks (import_id, ordinal) {
        import_id -> SqlUuid,
        ordinal -> BigInt,
        first_row -> BigInt,
        last_row -> BigInt,
        added -> BigInt,
        changed -> BigInt,
        unchanged -> BigInt,
        refused -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::platform::db::SqlUuid;

    import_faults (import_id, row_number, ordinal) {
        import_id -> SqlUuid,
        row_number -> BigInt,
        ordinal -> BigInt,
        field -> Text,
        code -> Text,
        detail_en -> Text,
        detail_zh -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary};
    use crate::platform::db::SqlUuid;

    import_parts (import_id, ordinal) {
        import_id -> SqlUuid,
        ordinal -> BigInt,
        bytes -> Binary,
    }
}
