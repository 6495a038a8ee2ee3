//! JSON of removals.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::store::{Contacted, Kept};
use crate::{
    domain::{
        id::Id,
        party::Organisation,
        removal::{ContactState, OwnerKind, RemovalFacts, RemovalGround, RemovalStanding, RemovalState},
        time::{Day, Instant, is_past},
        vehicle::{Vehicle, area::AreaCode, stage::Stage, vehicle_type::SizeClass},
    },
    features::vehicles::VehicleOut,
};

/// Which removals to list; those that have left or were dismissed only by their standing.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RemovalFilter {
    /// On this ground.
    #[param(inline)]
    pub ground: Option<RemovalGround>,
    /// Of this standing.
    #[param(inline)]
    pub standing: Option<RemovalStanding>,
    /// Registered in this area, or in one that lies in it.
    #[param(inline)]
    pub area: Option<AreaCode>,
    /// Of owners of this kind.
    #[param(inline)]
    pub owner_kind: Option<OwnerKind>,
    /// Of this size.
    #[param(inline)]
    pub size: Option<SizeClass>,
    /// Of this stage.
    #[param(inline)]
    pub stage: Option<Stage>,
    /// With this contact.
    #[param(inline)]
    pub contact: Option<ContactState>,
    /// Not seen since this day, or never.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub not_seen_since: Option<Day>,
    /// Only those whose last day has passed.
    pub overdue: Option<bool>,
    /// Only those whose owner's promise has not been kept.
    pub promise_broken: Option<bool>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// An office reports that a vehicle cannot be brought to the safety standard.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "evidence": "安全技术检验报告 AJ2026-0815，修理后制动仍不合格" }))]
pub struct SafetyIn {
    /// The document that shows it.
    #[validate(length(min = 4, max = 500))]
    #[schema(min_length = 4, max_length = 500)]
    pub evidence: String,
}

/// Somebody has been in touch with the owner.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "contact": "promised", "promised_until": "2026-09-30", "note": "电话告知补贴政策，车主承诺月底前交回收企业" }))]
pub struct ContactIn {
    /// How it stands since; `not_contacted` cannot be told.
    pub contact: ContactState,
    /// The last day of a promise.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub promised_until: Option<Day>,
    /// What was said.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub note: String,
}

/// A removal.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RemovalOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The ground.
    pub ground: RemovalGround,
    /// The facts behind it.
    pub facts: RemovalFacts,
    /// Where it stands.
    pub standing: RemovalStanding,
    /// Whether it is a candidate that only a person makes hold.
    pub needs_confirmation: bool,
    /// The first day on which it was found.
    #[schema(value_type = chrono::NaiveDate)]
    pub found_on: Day,
    /// When it was confirmed or dismissed.
    pub decided_at: Option<Instant>,
    /// Why it was dismissed.
    pub reason: Option<String>,
    /// The day on which it was seen to have left.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub left_on: Option<Day>,
    /// Where the vehicle is registered.
    pub area: AreaCode,
    /// What kind of owner it has, as far as the name tells.
    pub owner_kind: OwnerKind,
    /// The size in its type's name.
    pub size: Option<SizeClass>,
    /// Its stage.
    pub stage: Stage,
    /// The day of its newest test.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub last_seen_on: Option<Day>,
    /// Whether its last day has passed.
    pub overdue: bool,
    /// How it stands with the owner.
    pub contact: ContactState,
    /// The last day of the owner's promise.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub promised_until: Option<Day>,
    /// Whether that day has passed.
    pub promise_broken: bool,
    /// The vehicle, in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vehicle: Option<VehicleOut>,
}

/// A contact with an owner.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ContactOut {
    /// How it stands since.
    pub contact: ContactState,
    /// The last day of a promise.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub promised_until: Option<Day>,
    /// What was said.
    pub note: String,
    /// When.
    pub recorded_at: Instant,
    /// For which organisation.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub organisation_id: Option<Id<Organisation>>,
}

/// A vehicle's removals and contacts.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RemovalsOut {
    /// Every ground, also those that hold no more.
    pub items: Vec<RemovalOut>,
    /// The contacts, the newest first.
    pub contacts: Vec<ContactOut>,
}

/// A count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RemovalCountOut {
    /// Of what; absent where the register does not know.
    pub value: Option<String>,
    /// Its Chinese name.
    pub label: String,
    /// How many.
    pub count: i64,
}

/// What is left, counted in several ways.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RemovalCountsOut {
    /// The day of the last complete walk through the register; none before the first.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub computed_on: Option<Day>,
    /// All that the filter asks for.
    pub count: i64,
    /// By area.
    pub by_area: Vec<RemovalCountOut>,
    /// By kind of owner.
    pub by_owner_kind: Vec<RemovalCountOut>,
    /// By size.
    pub by_size: Vec<RemovalCountOut>,
    /// By stage.
    pub by_stage: Vec<RemovalCountOut>,
    /// By contact.
    pub by_contact: Vec<RemovalCountOut>,
    /// By standing.
    pub by_standing: Vec<RemovalCountOut>,
    /// By the time since the newest test.
    pub by_last_seen: Vec<RemovalCountOut>,
}

impl RemovalOut {
    /// The removal as it stands at an instant.
    #[must_use]
    pub fn at(kept: Kept, at: Instant, vehicle: Option<VehicleOut>) -> Self {
        let Kept { removal, listed, contact } = kept;
        let (decided_at, reason, left_on) = match removal.state.clone() {
            RemovalState::Found => (None, None, None),
            RemovalState::Confirmed { at } => (Some(at), None, None),
            RemovalState::Dismissed { reason, at } => (Some(at), Some(reason), None),
            RemovalState::Left { on } => (None, None, Some(on)),
        };
        let deadline_on = match &removal.facts {
            RemovalFacts::Scope(facts) => facts.deadline_on,
            RemovalFacts::Scrap(_) => None,
        };
        let ground = removal.facts.ground();
        Self {
            vehicle_id: removal.vehicle,
            ground,
            standing: removal.standing(),
            needs_confirmation: ground.needs_a_person(),
            found_on: removal.found_on,
            decided_at,
            reason,
            left_on,
            area: listed.area,
            owner_kind: listed.owner_kind,
            size: listed.size,
            stage: listed.stage,
            last_seen_on: listed.last_seen_on,
            overdue: left_on.is_none() && deadline_on.is_some_and(|last| is_past(last, at)),
            contact: contact.state,
            promised_until: contact.promised_until,
            promise_broken: left_on.is_none() && contact.promised_until.is_some_and(|last| is_past(last, at)),
            facts: removal.facts,
            vehicle,
        }
    }
}

impl From<Contacted> for ContactOut {
    fn from(told: Contacted) -> Self {
        Self {
            contact: told.contact,
            promised_until: told.promised_until,
            note: told.note,
            recorded_at: told.recorded_at,
            organisation_id: told.organisation,
        }
    }
}
