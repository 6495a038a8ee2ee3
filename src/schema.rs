//! The tables, one shape for both engines; a test compares it with the catalogue of each.
#![allow(missing_docs, reason = "the migrations and docs/architecture.md say what the tables hold")]

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

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
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

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
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

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
    use diesel::sql_types::*;
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
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

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
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    refresh_tokens (family_id, token_hash) {
        family_id -> SqlUuid,
        token_hash -> Text,
        person_id -> SqlUuid,
        expires_at -> SqlInstant,
        used_at -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    client_seen (client_id) {
        client_id -> SqlUuid,
        seen_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    failures (key) {
        key -> Text,
        count -> BigInt,
        last_at -> SqlInstant,
        locked_until -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

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

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    journal (subject_id, id) {
        subject_id -> SqlUuid,
        id -> SqlUuid,
        recorded_at -> SqlInstant,
        recorded_on -> Date,
        operation -> Text,
        event -> SqlJson,
        actor_id -> Nullable<SqlUuid>,
        organisation_id -> Nullable<SqlUuid>,
        role -> Nullable<Text>,
        trace_id -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    outbox (subject_id, journal_id) {
        subject_id -> SqlUuid,
        journal_id -> SqlUuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    limit_rules (id, version) {
        id -> Text,
        version -> BigInt,
        rule -> SqlJson,
        reason -> Text,
        recorded_at -> SqlInstant,
        recorded_by -> Nullable<SqlUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    settings (key, effective_from, recorded_at) {
        key -> Text,
        effective_from -> Date,
        recorded_at -> SqlInstant,
        value -> Text,
        source -> Text,
        confidence -> Text,
        note -> Text,
        reason -> Text,
        recorded_by -> Nullable<SqlUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
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
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

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
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    vehicle_keys (key) {
        key -> Text,
        vehicle_id -> SqlUuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    acceptances (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        station_id -> SqlUuid,
        line_id -> SqlUuid,
        number -> Text,
        kind -> Text,
        nature -> Text,
        method -> Text,
        method_reason -> Nullable<Text>,
        sent -> SqlJson,
        ground -> Nullable<SqlJson>,
        accepted_at -> SqlInstant,
        accepted_on -> Date,
        lapses_at -> SqlInstant,
        state -> Text,
        progress -> SqlJson,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    acceptance_claims (station_id, number) {
        station_id -> SqlUuid,
        number -> Text,
        vehicle_id -> SqlUuid,
        acceptance_id -> SqlUuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    exemptions (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        case_id -> SqlUuid,
        reason -> Text,
        granted_at -> SqlInstant,
        used_at -> Nullable<SqlInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    inspections (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        station_id -> SqlUuid,
        line_id -> SqlUuid,
        station_number -> Text,
        report_number -> Text,
        acceptance_id -> Nullable<SqlUuid>,
        kind -> Text,
        nature -> Text,
        method -> Nullable<Text>,
        limit_class -> Text,
        started_at -> SqlInstant,
        ended_at -> SqlInstant,
        ended_on -> Date,
        odometer_km -> Nullable<BigInt>,
        verdict -> Text,
        station_verdict -> Nullable<Text>,
        rule_sensitive -> Bool,
        counted -> Bool,
        sent -> SqlJson,
        effect -> SqlJson,
        supersedes -> Nullable<SqlUuid>,
        superseded_by -> Nullable<SqlUuid>,
        superseded_at -> Nullable<SqlInstant>,
        superseded_reason -> Nullable<Text>,
        recorded_at -> SqlInstant,
        recorded_by -> Nullable<SqlUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    inspection_items (vehicle_id, inspection_id, ordinal) {
        vehicle_id -> SqlUuid,
        inspection_id -> SqlUuid,
        ordinal -> BigInt,
        item -> Text,
        sent -> Nullable<BigInt>,
        compared -> Nullable<BigInt>,
        limit_low -> Nullable<BigInt>,
        limit_high -> Nullable<BigInt>,
        rule_id -> Nullable<Text>,
        rule_version -> Nullable<BigInt>,
        margin -> Nullable<BigInt>,
        outcome -> Text,
        other_rule_outcome -> Text,
        findings -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    inspection_traces (vehicle_id, inspection_id) {
        vehicle_id -> SqlUuid,
        inspection_id -> SqlUuid,
        samples -> BigInt,
        sha256 -> Text,
        gzip -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    inspection_claims (station_id, station_number) {
        station_id -> SqlUuid,
        station_number -> Text,
        vehicle_id -> SqlUuid,
        inspection_id -> SqlUuid,
        body_hash -> Text,
        ended_at -> SqlInstant,
        verdict -> Text,
        report_number -> Text,
        recorded_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    findings (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        inspection_id -> SqlUuid,
        finding -> Text,
        facts -> SqlJson,
        found_at -> SqlInstant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
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
    }
}

diesel::table! {
    use diesel::sql_types::*;
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
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    repair_claims (shop_id, settlement_number) {
        shop_id -> SqlUuid,
        settlement_number -> Text,
        vehicle_id -> SqlUuid,
        repair_id -> SqlUuid,
        body_hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
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
    use diesel::sql_types::*;
    use crate::platform::db::{SqlInstant, SqlJson, SqlUuid};

    listings (vehicle_id, id) {
        vehicle_id -> SqlUuid,
        id -> SqlUuid,
        case_id -> Nullable<SqlUuid>,
        reason -> Text,
        basis -> Text,
        recorded_at -> SqlInstant,
        effective_at -> SqlInstant,
        lifted_at -> Nullable<SqlInstant>,
        lift -> Nullable<SqlJson>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    organisations,
    lines,
    people,
    clients,
    credentials,
    refresh_tokens,
    client_seen,
    failures,
    idempotency_keys,
    journal,
    outbox,
    limit_rules,
    settings,
    vehicles,
    plate_bindings,
    vehicle_keys,
    acceptances,
    acceptance_claims,
    exemptions,
    inspections,
    inspection_items,
    inspection_traces,
    inspection_claims,
    findings,
    cases,
    repairs,
    repair_claims,
    repair_messages,
    listings
);
