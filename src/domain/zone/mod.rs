//! Zones (管控区域): where, when and to whom a dated rule closes a road or a gate, who is exempt or permitted, which
//! emergency order is in force, and what follows for one vehicle.
//!
//! Nothing here knows a database: an offline gate holds the same values and asks the same [`decide`].

mod change;
mod controls;
mod decide;
mod degree;
mod delivered;
mod describe;
mod leave;
mod order;
mod polygon;
mod subject;
mod vocabulary;
mod when;
mod who;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

pub use self::{
    change::Change,
    controls::{Control, Controls},
    decide::{Decision, Place, Voice, decide},
    degree::Degrees,
    delivered::delivered,
    describe::Words,
    leave::{Exemption, Permit, PermitError},
    order::{Ban, MeasureVersion, Order, OrderError},
    polygon::{GeoJson, GeoJsonKind, Point, Polygon, PolygonError},
    subject::Subject,
    vocabulary::{
        AlertLevel, ChangeKind, DayKind, Effect, ExemptionGround, Fact, FuelGroup, HolidayTerm, Measure, Origin,
        Outcome, PermitKind, ResponseLevel, VehicleGroup, VoiceSource, ZoneKind,
    },
    when::{ClockTime, Hours, Moment, SpecialDay, Weekday, When, WhenError},
    who::{Match, Who},
};
use super::{id::Id, party::Organisation, standard::Confidence, time::Instant, vehicle::area::AreaCode};

/// One version of a zone; a later version supersedes it from its own first instant on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ZoneVersion)]
pub struct Zone {
    /// The zone.
    #[schema(value_type = uuid::Uuid)]
    pub id: Id<Zone>,
    /// The number of the version, from 1.
    pub version: i64,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub kind: ZoneKind,
    /// The administrative area in which it lies.
    pub area: AreaCode,
    /// The gate, of an enterprise gate.
    pub gate: Option<Gate>,
    /// Its ground; an enterprise gate may have none.
    #[schema(value_type = Option<GeoJson>)]
    pub polygon: Option<Polygon>,
    /// Who is exempt by the plate's class or the vehicle's use.
    pub exempts: Vec<ExemptionGround>,
    /// Its rules in the order in which they speak; the first that decides counts.
    pub rules: Vec<Rule>,
    /// From when this version holds.
    pub effective_from: Instant,
    /// Whether the zone ends with this version.
    pub withdrawn: bool,
}

/// The gate of an enterprise: its organisation and the number of the entrance (HJ 1321-2023).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// The enterprise.
    #[schema(value_type = uuid::Uuid)]
    pub organisation_id: Id<Organisation>,
    /// The number of the entrance.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub entrance: String,
}

/// A rule of a zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ZoneRule)]
pub struct Rule {
    /// Its name within the zone.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub id: String,
    /// What it says, as people read it on the sign.
    #[validate(length(min = 2, max = 200))]
    #[schema(min_length = 2, max_length = 200)]
    pub title: String,
    /// Whether it closes or opens.
    pub effect: Effect,
    /// To whom.
    #[serde(default)]
    #[validate(nested)]
    pub who: Who,
    /// When.
    #[validate(nested)]
    pub when: When,
    /// The permits that lift it for their vehicle.
    #[serde(default)]
    #[validate(length(max = 8))]
    #[schema(max_items = 8)]
    pub unless_permit: Vec<PermitKind>,
    /// The route that is offered instead.
    #[serde(default)]
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub detour: Option<String>,
    /// The legal basis.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub basis: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// What makes a zone impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ZoneError {
    /// Only an enterprise gate has a gate, and it must have one.
    #[error("an enterprise gate names its gate, and no other zone does")]
    Gate,
    /// Every zone but an enterprise gate has its ground.
    #[error("the zone needs its polygon")]
    NoPolygon,
    /// Two rules bear one name.
    #[error("two rules bear the same id (rule {0})")]
    SameRule(usize),
}

impl Zone {
    /// Refuses a zone that makes no sense.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check(&self) -> Result<(), ZoneError> {
        if (self.kind == ZoneKind::EnterpriseGate) != self.gate.is_some() {
            return Err(ZoneError::Gate);
        }
        if self.polygon.is_none() && self.gate.is_none() {
            return Err(ZoneError::NoPolygon);
        }
        let named_before = |(at, rule): &(usize, &Rule)| self.rules.iter().take(*at).any(|other| other.id == rule.id);
        let twice = self.rules.iter().enumerate().find(named_before);
        twice.map_or(Ok(()), |(at, _)| Err(ZoneError::SameRule(at)))
    }

    /// Whether a point lies in it; its edge belongs to it.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        self.polygon.as_ref().is_some_and(|polygon| polygon.contains(point))
    }
}
