//! Tables of the portal.

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::{SqlInstant, SqlUuid};

    portal_sessions (secret_hash) {
        secret_hash -> Text,
        person_id -> SqlUuid,
        opened_at -> SqlInstant,
        expires_at -> SqlInstant,
    }
}
