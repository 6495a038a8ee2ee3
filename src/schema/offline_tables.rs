//! Tables of what leaves the house: heads of copies, and webhooks with their messages.

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::platform::db::SqlInstant;

    snapshot_heads (feed, sequence, issued_at) {
        feed -> Text,
        sequence -> BigInt,
        issued_at -> SqlInstant,
        expires_at -> SqlInstant,
        previous -> BigInt,
        entries -> BigInt,
        root -> Text,
        document -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::{SqlInstant, SqlUuid};

    leases (name) {
        name -> Text,
        holder_id -> SqlUuid,
        expires_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    webhooks (id) {
        id -> SqlUuid,
        organisation_id -> SqlUuid,
        url -> Text,
        events -> SqlJson,
        registered_at -> SqlInstant,
        ended_at -> Nullable<SqlInstant>,
        end_reason -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    deliveries (webhook_id, id) {
        webhook_id -> SqlUuid,
        id -> SqlUuid,
        event -> Text,
        body -> Text,
        state -> Text,
        attempts -> BigInt,
        made_at -> SqlInstant,
        due_at -> SqlInstant,
        attempted_at -> Nullable<SqlInstant>,
        status -> Nullable<BigInt>,
        fault -> Nullable<Text>,
        ended_at -> Nullable<SqlInstant>,
    }
}
