//! Tables of the journal and its outbox.

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    journal (subject_id, id) {
        subject_id -> SqlUuid,
        id -> SqlUuid,
        recorded_at -> SqlInstant,
        recorded_on -> Date,
        operation -> Text,
        event -> SqlJson,
        actor_id -> Nullable<SqlUuid>,
        organisation_id -> Nullable<SqlUuid>,
        role -> Nullable<Text>,
        trace_id -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::platform::db::SqlUuid;

    outbox (subject_id, journal_id) {
        subject_id -> SqlUuid,
        journal_id -> SqlUuid,
    }
}
