//! Tables of zones and what else restricts traffic, and of the passes of gates.

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    control_versions (control, key, version) {
        control -> Text,
        key -> Text,
        version -> BigInt,
        body -> SqlJson,
        reason -> Text,
        recorded_at -> SqlInstant,
        recorded_by -> Nullable<SqlUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::SqlUuid;

    permit_claims (key) {
        key -> Text,
        permit_id -> SqlUuid,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    gate_passes (organisation_id, entrance, pass_number) {
        organisation_id -> SqlUuid,
        entrance -> Text,
        pass_number -> Text,
        passed_at -> SqlInstant,
        direction -> Text,
        admission -> Text,
        outcome -> Text,
        zone_id -> Nullable<SqlUuid>,
        body_hash -> Text,
        body -> SqlJson,
        recorded_at -> SqlInstant,
        recorded_by -> SqlUuid,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::{SqlInstant, SqlUuid};

    forbidden_passes (organisation_id, order_id, entrance, pass_number) {
        organisation_id -> SqlUuid,
        order_id -> SqlUuid,
        entrance -> Text,
        pass_number -> Text,
        admission -> Text,
        passed_at -> SqlInstant,
    }
}
