//! Claims on a device's numbers: who came first, and with what.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, dsl::count_star, insert_into,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    domain::{
        id::Id,
        observation::{Facts, Observation},
        party::{Client, Organisation},
        vehicle::Vehicle,
    },
    features::observations::wire::ObservationIn,
    platform::{
        db::{AnyConnection, on_db},
        problem::Problem,
    },
    schema::{clients, observation_claims},
};

/// The claim on a device's number.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = observation_claims, treat_none_as_default_value = false)]
pub struct Claim {
    pub organisation_id: Id<Organisation>,
    pub device: String,
    pub device_number: String,
    pub vehicle_id: Id<Vehicle>,
    pub observation_id: Id<Observation>,
    pub body_hash: String,
}

/// The claim that stands on a device's number.
pub fn claimed(
    conn: &mut AnyConnection,
    organisation: Id<Organisation>,
    sent: &ObservationIn<Facts>,
) -> QueryResult<Option<Claim>> {
    let row = observation_claims::table.find((organisation, &sent.device, &sent.device_number));
    row.select(Claim::as_select()).first(conn).optional()
}

/// Claims a device's number; `false` when another request was faster.
pub fn claim(conn: &mut AnyConnection, claim: &Claim) -> QueryResult<bool> {
    let claimed = on_db!(conn, |engine| {
        insert_into(observation_claims::table).values(claim).on_conflict_do_nothing().execute(engine)
    })?;
    Ok(claimed == 1)
}

/// What an observation says, in 256 bits: the same again is a repetition, whatever its white space.
pub fn hash(sent: &ObservationIn<Facts>) -> Result<String, Problem> {
    let json = serde_json::to_vec(sent).map_err(|error| Problem::internal(&error))?;
    Ok(URL_SAFE_NO_PAD.encode(Sha256::digest(&json)))
}

/// Whether a caller is a machine client, and no person.
pub fn is_client(conn: &mut AnyConnection, caller: Uuid) -> QueryResult<bool> {
    let id: Id<Client> = caller.into();
    let found: i64 = clients::table.filter(clients::id.eq(id)).select(count_star()).first(conn)?;
    Ok(found > 0)
}
