//! Tables of the fleet register: facts, entries, deltas and rollups.

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    memberships (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        trade -> Text,
        operator_id -> Nullable<SqlUuid>,
        permit -> Nullable<Text>,
        area -> Text,
        held_from -> Date,
        held_to -> Nullable<Date>,
        recorded_at -> SqlInstant,
        recorded_by -> Nullable<SqlUuid>,
        supersedes -> Nullable<SqlUuid>,
        superseded_at -> Nullable<SqlInstant>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    movements (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        kind -> Text,
        held_on -> Date,
        area -> Text,
        replaces_id -> Nullable<SqlUuid>,
        recorded_at -> SqlInstant,
        recorded_by -> Nullable<SqlUuid>,
        supersedes -> Nullable<SqlUuid>,
        superseded_at -> Nullable<SqlInstant>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    scrappages (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        recycler_id -> SqlUuid,
        certificate -> Text,
        scrapped_on -> Date,
        dismantled_on -> Nullable<Date>,
        recorded_at -> SqlInstant,
        recorded_by -> Nullable<SqlUuid>,
        supersedes -> Nullable<SqlUuid>,
        superseded_at -> Nullable<SqlInstant>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::SqlUuid;

    scrappage_claims (recycler_id, certificate) {
        recycler_id -> SqlUuid,
        certificate -> Text,
        vehicle_id -> SqlUuid,
        scrappage_id -> SqlUuid,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    fleet_findings (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        oddity -> Text,
        facts -> SqlJson,
        found_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Text};
    use crate::platform::db::SqlUuid;

    fleet_sightings (vehicle_id, way) {
        vehicle_id -> SqlUuid,
        way -> Text,
        seen_on -> Date,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::platform::db::{SqlInstant, SqlUuid};

    fleet_entries (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        book -> Text,
        held_from -> Date,
        held_until -> Nullable<Date>,
        way_in -> Text,
        way_out -> Nullable<Text>,
        area -> Text,
        operator_id -> Nullable<SqlUuid>,
        trades -> Text,
        truck -> Text,
        fuel -> Text,
        stage -> Text,
        energy -> Text,
        known_from -> SqlInstant,
        known_until -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Text};
    use crate::platform::db::SqlUuid;

    fleet_deltas (book, id) {
        book -> Text,
        id -> SqlUuid,
        day -> Date,
        area -> Text,
        trades -> Text,
        way_in -> Text,
        truck -> Text,
        fuel -> Text,
        stage -> Text,
        energy -> Text,
        change -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};

    addition_rollups (grain, period, area, trades, way_in) {
        grain -> Text,
        period -> Text,
        area -> Text,
        trades -> Text,
        way_in -> Text,
        bev -> BigInt,
        fcev -> BigInt,
        phev -> BigInt,
        erev -> BigInt,
        hybrid -> BigInt,
        ice -> BigInt,
        unknown -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};

    stock_rollups (grain, period, area, trades, truck, fuel, stage, energy) {
        grain -> Text,
        period -> Text,
        area -> Text,
        trades -> Text,
        truck -> Text,
        fuel -> Text,
        stage -> Text,
        energy -> Text,
        vehicles -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Text};

    fleet_progress (name) {
        name -> Text,
        sequence -> BigInt,
        looked_on -> Date,
    }
}
