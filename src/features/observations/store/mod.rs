//! SQL of observations.

mod claims;
mod history;
mod sweeping;

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, insert_into, update,
};

pub use self::{
    claims::{Claim, claim, claimed, hash, is_client},
    history::{remote_tests, samplings},
    sweeping::{last_passes, position, set_position},
};
use super::wire::{ObservationIn, ObservationOut};
use crate::{
    domain::{
        id::Id,
        listing::Listing,
        observation::{Facts, Judged, Observation, ObservationKind, ObservationResult, Review, ReviewState},
        observing::KeptObservationEffect,
        party::Organisation,
        time::Instant,
        vehicle::Vehicle,
    },
    platform::db::{AnyConnection, Json},
    schema::observations,
};

/// An observation as it is kept.
#[derive(Debug, Clone)]
pub struct Kept {
    pub observation: Observation,
    pub organisation: Id<Organisation>,
    pub sent: ObservationIn<Facts>,
    pub effect: KeptObservationEffect,
    pub listings: Vec<Id<Listing>>,
    pub recorded_at: Instant,
    pub recorded_by: Option<Id<()>>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = observations, treat_none_as_default_value = false)]
struct ObservationRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Observation>,
    number: String,
    kind: ObservationKind,
    organisation_id: Id<Organisation>,
    device: String,
    device_number: String,
    observed_at: Instant,
    result: ObservationResult,
    judged: Json<Judged>,
    review: ReviewState,
    review_facts: Json<Review>,
    effect: Json<KeptObservationEffect>,
    listings: Json<Vec<Id<Listing>>>,
    sent: Json<ObservationIn<Facts>>,
    recorded_at: Instant,
    recorded_by: Option<Id<()>>,
}

/// A new observation.
pub fn insert(conn: &mut AnyConnection, kept: &Kept) -> QueryResult<usize> {
    let observation = &kept.observation;
    let row = ObservationRow {
        vehicle_id: observation.vehicle,
        id: observation.id,
        number: observation.number.clone(),
        kind: observation.kind,
        organisation_id: kept.organisation,
        device: kept.sent.device.clone(),
        device_number: kept.sent.device_number.clone(),
        observed_at: observation.observed_at,
        result: observation.judged.result,
        judged: Json(observation.judged.clone()),
        review: observation.review.state,
        review_facts: Json(observation.review.clone()),
        effect: Json(kept.effect.clone()),
        listings: Json(kept.listings.clone()),
        sent: Json(kept.sent.clone()),
        recorded_at: kept.recorded_at,
        recorded_by: kept.recorded_by,
    };
    insert_into(observations::table).values(row).execute(conn)
}

/// An observation was reviewed, and has done what it does.
pub fn save_review(conn: &mut AnyConnection, kept: &Kept) -> QueryResult<usize> {
    let observation = &kept.observation;
    update(observations::table.find((observation.vehicle, observation.id)))
        .set((
            observations::review.eq(observation.review.state),
            observations::review_facts.eq(Json(observation.review.clone())),
            observations::effect.eq(Json(kept.effect.clone())),
            observations::listings.eq(Json(kept.listings.clone())),
        ))
        .execute(conn)
}

/// An observation of a vehicle.
pub fn load(conn: &mut AnyConnection, vehicle: Id<Vehicle>, id: Id<Observation>) -> QueryResult<Option<Kept>> {
    let row = observations::table.find((vehicle, id)).select(ObservationRow::as_select());
    Ok(row.first(conn).optional()?.map(Kept::from))
}

/// The observations of a vehicle, the newest first, one more than a page holds.
pub fn of_vehicle(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    before: Option<Id<Observation>>,
    size: i64,
) -> QueryResult<Vec<Kept>> {
    let mut query = observations::table.filter(observations::vehicle_id.eq(vehicle)).into_boxed();
    if let Some(before) = before {
        query = query.filter(observations::id.lt(before));
    }
    let rows = query.order(observations::id.desc()).limit(size + 1).select(ObservationRow::as_select());
    Ok(rows.load(conn)?.into_iter().map(Kept::from).collect())
}

/// The observations that wait for a person, the oldest first, one more than a page holds.
pub fn waiting(conn: &mut AnyConnection, after: Option<Id<Observation>>, size: i64) -> QueryResult<Vec<Kept>> {
    let mut query = observations::table.filter(observations::review.eq(ReviewState::Waiting)).into_boxed();
    if let Some(after) = after {
        query = query.filter(observations::id.gt(after));
    }
    let rows = query.order(observations::id).limit(size + 1).select(ObservationRow::as_select());
    Ok(rows.load(conn)?.into_iter().map(Kept::from).collect())
}

impl From<ObservationRow> for Kept {
    fn from(row: ObservationRow) -> Self {
        Self {
            observation: Observation {
                id: row.id,
                vehicle: row.vehicle_id,
                number: row.number,
                kind: row.kind,
                observed_at: row.observed_at,
                judged: row.judged.0,
                review: row.review_facts.0,
            },
            organisation: row.organisation_id,
            sent: row.sent.0,
            effect: row.effect.0,
            listings: row.listings.0,
            recorded_at: row.recorded_at,
            recorded_by: row.recorded_by,
        }
    }
}

impl Kept {
    /// The observation as it is answered.
    pub fn answer(&self) -> ObservationOut {
        let observation = &self.observation;
        ObservationOut {
            vehicle_id: observation.vehicle,
            observation_id: observation.id,
            number: observation.number.clone(),
            device: self.sent.device.clone(),
            device_number: self.sent.device_number.clone(),
            kind: observation.kind,
            observed_at: observation.observed_at,
            place: self.sent.place.clone(),
            result: observation.judged.result,
            why: observation.judged.why,
            pollutants: observation.judged.pollutants.clone(),
            review: observation.review.clone(),
            effect: self.effect.clone(),
            listing_ids: self.listings.clone(),
            facts: self.sent.facts.clone(),
            recorded_at: self.recorded_at,
        }
    }
}
