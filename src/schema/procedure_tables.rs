//! Tables of the procedures around a listing: notices, appeals, penalties, referrals.

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    notices (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        listing_id -> SqlUuid,
        number -> Text,
        state -> Text,
        state_at -> SqlInstant,
        letter -> SqlJson,
        course -> SqlJson,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Date, Text};
    use crate::platform::db::{SqlJson, SqlUuid};

    appeals (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        listing_id -> SqlUuid,
        number -> Text,
        appellant -> Text,
        state -> Text,
        suspends -> Bool,
        decide_by -> Date,
        plea -> SqlJson,
        course -> SqlJson,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::platform::db::{SqlJson, SqlUuid};

    penalties (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        listing_id -> SqlUuid,
        state -> Text,
        retest -> Nullable<SqlJson>,
        course -> SqlJson,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{SqlJson, SqlUuid};

    referrals (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        listing_id -> Nullable<SqlUuid>,
        case_id -> Nullable<SqlUuid>,
        addressee -> Text,
        state -> Text,
        answer_by -> Date,
        brief -> SqlJson,
        course -> SqlJson,
    }
}
