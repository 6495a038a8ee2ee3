//! Tables of organisations, lines, people, clients and what guards them.

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    organisations (id) {
        id -> SqlUuid,
        role -> Text,
        code -> Text,
        name -> Text,
        area -> Text,
        credit_code -> Nullable<Text>,
        legal_person -> Nullable<Text>,
        standing -> Text,
        standing_reason -> Nullable<Text>,
        registered_at -> SqlInstant,
        changed_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    lines (id) {
        id -> SqlUuid,
        station_id -> SqlUuid,
        code -> Text,
        name -> Text,
        standing -> Text,
        standing_reason -> Nullable<Text>,
        registered_at -> SqlInstant,
        changed_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    people (id) {
        id -> SqlUuid,
        organisation_id -> SqlUuid,
        login -> Text,
        name -> Text,
        password_hash -> Text,
        position -> Text,
        standing -> Text,
        standing_reason -> Nullable<Text>,
        registered_at -> SqlInstant,
        changed_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    clients (id) {
        id -> SqlUuid,
        organisation_id -> SqlUuid,
        name -> Text,
        lines -> SqlJson,
        networks -> SqlJson,
        standing -> Text,
        standing_reason -> Nullable<Text>,
        registered_at -> SqlInstant,
        changed_at -> SqlInstant,
        sandbox -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    credentials (id) {
        id -> SqlUuid,
        client_id -> SqlUuid,
        secret_hash -> Nullable<Text>,
        public_key -> Nullable<Text>,
        standing -> Text,
        issued_at -> SqlInstant,
        changed_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    refresh_tokens (family_id, token_hash) {
        family_id -> SqlUuid,
        token_hash -> Text,
        person_id -> SqlUuid,
        expires_at -> SqlInstant,
        used_at -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use crate::platform::db::{SqlInstant, SqlUuid};

    client_seen (client_id) {
        client_id -> SqlUuid,
        seen_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::platform::db::SqlInstant;

    failures (key) {
        key -> Text,
        count -> BigInt,
        last_at -> SqlInstant,
        locked_until -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    idempotency_keys (client_id, key) {
        client_id -> SqlUuid,
        key -> Text,
        body_hash -> Text,
        status -> BigInt,
        location -> Nullable<Text>,
        answer -> Text,
        expires_at -> SqlInstant,
    }
}
