//! Tables of removals, charging sites and yearly tasks.

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{SqlJson, SqlUuid};

    removals (vehicle_id, ground) {
        vehicle_id -> SqlUuid,
        ground -> Text,
        standing -> Text,
        facts -> SqlJson,
        progress -> SqlJson,
        area -> Text,
        owner_kind -> Text,
        size -> Nullable<Text>,
        stage -> Text,
        last_seen_on -> Nullable<Date>,
        contact -> Text,
        promised_until -> Nullable<Date>,
        deadline_on -> Nullable<Date>,
        found_on -> Date,
        left_on -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    removal_contacts (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        contact -> Text,
        promised_until -> Nullable<Date>,
        note -> Text,
        recorded_at -> SqlInstant,
        recorded_by -> Nullable<SqlUuid>,
        organisation_id -> Nullable<SqlUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    nightly_walks (work, walked_on) {
        work -> Text,
        walked_on -> Date,
        after_id -> Nullable<SqlUuid>,
        seen -> BigInt,
        started_at -> SqlInstant,
        done_at -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    charging_sites (id) {
        id -> SqlUuid,
        kind -> Text,
        name -> Text,
        operator -> Text,
        area -> Text,
        power_kw -> BigInt,
        connectors -> BigInt,
        swaps_a_day -> BigInt,
        in_service_from -> Date,
        in_service_to -> Nullable<Date>,
        recorded_at -> SqlInstant,
        changed_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    tasks (id) {
        id -> SqlUuid,
        target -> Text,
        year -> BigInt,
        area -> Text,
        title -> Text,
        department -> Text,
        post -> Text,
        organisation_id -> Nullable<SqlUuid>,
        aim -> Text,
        wanted -> BigInt,
        unit -> Text,
        deadline_on -> Date,
        source -> Text,
        withdrawn -> Nullable<SqlJson>,
        recorded_at -> SqlInstant,
        changed_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    task_entries (task_id, id) {
        task_id -> SqlUuid,
        id -> SqlUuid,
        as_of -> Date,
        said -> Text,
        figure -> Nullable<BigInt>,
        stated -> Nullable<BigInt>,
        evidence -> SqlJson,
        entered_by -> Nullable<SqlUuid>,
        entered_at -> SqlInstant,
        standing -> Text,
        review -> Nullable<SqlJson>,
    }
}
