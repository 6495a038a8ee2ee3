//! Tables of the log into which the journal is sealed.

diesel::table! {
    use crate::platform::db::SqlUuid;

    journal_unsealed (subject_id, journal_id) {
        subject_id -> SqlUuid,
        journal_id -> SqlUuid,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};

    journal_logs (log) {
        log -> Text,
        size -> BigInt,
        erased -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    journal_leaves (log, leaf) {
        log -> Text,
        leaf -> BigInt,
        journal_id -> SqlUuid,
        subject_id -> SqlUuid,
        recorded_at -> SqlInstant,
        content_hash -> Binary,
        salt -> Nullable<Binary>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Text};

    journal_tiles (log, level, number) {
        log -> Text,
        level -> BigInt,
        number -> BigInt,
        hashes -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Date, Text};
    use crate::platform::db::SqlInstant;

    journal_checkpoints (log, size) {
        log -> Text,
        size -> BigInt,
        issued_at -> SqlInstant,
        issued_on -> Date,
        root -> Binary,
        document -> Text,
    }
}
