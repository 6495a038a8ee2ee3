//! Tables of observations, of public tips, and of what the sweeps have reached.

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    observations (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        number -> Text,
        kind -> Text,
        organisation_id -> SqlUuid,
        device -> Text,
        device_number -> Text,
        observed_at -> SqlInstant,
        result -> Text,
        judged -> SqlJson,
        review -> Text,
        review_facts -> SqlJson,
        effect -> SqlJson,
        listings -> SqlJson,
        sent -> SqlJson,
        recorded_at -> SqlInstant,
        recorded_by -> Nullable<SqlUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::SqlUuid;

    observation_claims (organisation_id, device, device_number) {
        organisation_id -> SqlUuid,
        device -> Text,
        device_number -> Text,
        vehicle_id -> SqlUuid,
        observation_id -> SqlUuid,
        body_hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::SqlUuid;

    sweeps (key) {
        key -> Text,
        after_id -> Nullable<SqlUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    tips (id) {
        id -> SqlUuid,
        receipt_hash -> Text,
        state -> Text,
        sighting -> SqlJson,
        progress -> SqlJson,
        received_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::{SqlInstant, SqlUuid};

    tip_reporters (tip_id) {
        tip_id -> SqlUuid,
        name -> Text,
        phone -> Text,
        recorded_at -> SqlInstant,
    }
}
