//! Claims on a station's inspection numbers: who came first, and with what.

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel::{
    ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
};
use sha2::{Digest, Sha256};

use crate::{
    domain::{
        id::Id, inspection::Inspection, party::Organisation, time::Instant, vehicle::Vehicle, verdict::Verdict,
    },
    features::inspections::wire::InspectionIn,
    platform::{
        db::{AnyConnection, load_each},
        problem::Problem,
    },
    schema::inspection_claims,
};

/// The claim on a number, which also carries what the station's own list shows.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = inspection_claims, treat_none_as_default_value = false)]
pub struct Claim {
    pub station_id: Id<Organisation>,
    pub station_number: String,
    pub vehicle_id: Id<Vehicle>,
    pub inspection_id: Id<Inspection>,
    pub body_hash: String,
    pub ended_at: Instant,
    pub verdict: Verdict,
    pub report_number: String,
    pub recorded_at: Instant,
}

/// The claims that stand on some numbers of a station.
pub fn claims(
    conn: &mut AnyConnection,
    station: Id<Organisation>,
    numbers: &[&str],
) -> QueryResult<HashMap<String, Claim>> {
    let of_station = inspection_claims::table.filter(inspection_claims::station_id.eq(station));
    let rows: Vec<Claim> =
        load_each!(conn, of_station.select(Claim::as_select()), inspection_claims::station_number, numbers)?;
    Ok(rows.into_iter().map(|claim| (claim.station_number.clone(), claim)).collect())
}

/// A station's own tests after a key, the newest first, one more than a page holds.
pub fn page_of_station(
    conn: &mut AnyConnection,
    station: Id<Organisation>,
    before: Option<Id<Inspection>>,
    size: i64,
) -> QueryResult<Vec<Claim>> {
    let mut query = inspection_claims::table.filter(inspection_claims::station_id.eq(station)).into_boxed();
    if let Some(before) = before {
        query = query.filter(inspection_claims::inspection_id.lt(before));
    }
    query.order(inspection_claims::inspection_id.desc()).limit(size + 1).select(Claim::as_select()).load(conn)
}

/// What a result says, in 256 bits: the same again is a repetition, whatever its white space.
pub fn hash(sent: &InspectionIn) -> Result<String, Problem> {
    let json = serde_json::to_vec(sent).map_err(|error| Problem::internal(&error))?;
    Ok(URL_SAFE_NO_PAD.encode(Sha256::digest(&json)))
}
