//! Tables of vehicles, their plates and the claims on both.

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    vehicles (id) {
        id -> SqlUuid,
        version -> BigInt,
        vin -> Nullable<Text>,
        plate -> Nullable<Text>,
        plate_kind -> Nullable<Text>,
        vehicle_type -> Nullable<Text>,
        use_nature -> Nullable<Text>,
        fuel -> Nullable<Text>,
        energy_kind -> Text,
        stage -> Text,
        registered_on -> Nullable<Date>,
        area -> Text,
        facts -> SqlJson,
        owner -> Nullable<SqlJson>,
        merged_into -> Nullable<SqlUuid>,
        recorded_at -> SqlInstant,
        changed_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::SqlUuid;

    plate_bindings (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        plate -> Text,
        plate_kind -> Text,
        bound_on -> Date,
        unbound_on -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::SqlUuid;

    vehicle_keys (key) {
        key -> Text,
        vehicle_id -> SqlUuid,
    }
}
