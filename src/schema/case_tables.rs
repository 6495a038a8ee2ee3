//! Tables of cases, repairs and listings.

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    cases (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        cause -> Text,
        state -> Text,
        round -> BigInt,
        opened_at -> SqlInstant,
        deadline_on -> Date,
        failing -> SqlJson,
        progress -> SqlJson,
        shop_id -> Nullable<SqlUuid>,
        closed_at -> Nullable<SqlInstant>,
        outstanding -> Nullable<SqlJson>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    repairs (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        case_id -> SqlUuid,
        shop_id -> SqlUuid,
        state -> Text,
        record -> SqlJson,
        progress -> SqlJson,
        recorded_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::SqlUuid;

    repair_claims (shop_id, settlement_number) {
        shop_id -> SqlUuid,
        settlement_number -> Text,
        vehicle_id -> SqlUuid,
        repair_id -> SqlUuid,
        body_hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    repair_messages (shop_id, id) {
        shop_id -> SqlUuid,
        id -> SqlUuid,
        settlement_number -> Text,
        vin -> Text,
        message -> SqlJson,
        received_at -> SqlInstant,
        repair_id -> Nullable<SqlUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    listings (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        case_id -> Nullable<SqlUuid>,
        reason -> Text,
        basis -> Text,
        recorded_at -> SqlInstant,
        effective_at -> Nullable<SqlInstant>,
        lifted_at -> Nullable<SqlInstant>,
        lift -> Nullable<SqlJson>,
        rule -> Text,
        suspended_at -> Nullable<SqlInstant>,
        evidence -> Nullable<SqlJson>,
        expires_on -> Nullable<Date>,
    }
}
