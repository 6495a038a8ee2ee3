//! Tables of what clients check.

diesel::table! {
    use diesel::sql_types::{BigInt, Date};
    use crate::platform::db::SqlUuid;

    check_usages (client_id, day) {
        client_id -> SqlUuid,
        day -> Date,
        checks -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    check_findings (client_id, id) {
        client_id -> SqlUuid,
        id -> SqlUuid,
        organisation_id -> SqlUuid,
        finding -> Text,
        facts -> SqlJson,
        found_at -> SqlInstant,
    }
}
