//! Tables of the feed.

diesel::table! {
    use diesel::sql_types::{BigInt, Text};

    feed_heads (feed) {
        feed -> Text,
        sequence -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    feed_entries (feed, sequence) {
        feed -> Text,
        sequence -> BigInt,
        subject_id -> SqlUuid,
        changed -> Text,
        recorded_at -> SqlInstant,
    }
}
