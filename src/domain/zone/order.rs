//! Emergency orders (应急管控令) in heavy pollution, and what the measures that they name ban.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::{AlertLevel, Measure, ResponseLevel, Who, Zone, ZoneKind};
use crate::domain::{
    id::Id,
    party::Organisation,
    standard::Confidence,
    time::{Day, Instant},
    vehicle::area::AreaCode,
};

/// An order: in force in every decision from its start instant until its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OrderFacts)]
pub struct Order {
    /// The order.
    #[schema(value_type = uuid::Uuid)]
    pub id: Id<Order>,
    /// The colour of the warning.
    pub level: AlertLevel,
    /// The level of the response.
    pub response: Option<ResponseLevel>,
    /// What is put in force.
    pub measures: Vec<Measure>,
    /// The administrative area in which it holds.
    pub area: AreaCode,
    /// The kinds of zone in which it holds; all when empty.
    pub zone_kinds: Vec<ZoneKind>,
    /// The enterprises at whose gates it holds; all of the area, and its roads, when empty.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub enterprises: Vec<Id<Organisation>>,
    /// Its first instant.
    pub starts_at: Instant,
    /// The instant at which it ends; open when absent.
    pub ends_at: Option<Instant>,
    /// Its basis.
    pub basis: String,
    /// Who ordered it.
    pub ordered_by: String,
}

/// What a measure bans from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MeasureVersion {
    /// The measure.
    pub measure: Measure,
    /// Its first day.
    #[schema(value_type = chrono::NaiveDate)]
    pub effective_from: Day,
    /// What it bans.
    pub bans: Vec<Ban>,
    /// Where it stands.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Vehicles that a measure bans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ban {
    /// In words.
    #[validate(length(min = 2, max = 200))]
    #[schema(min_length = 2, max_length = 200)]
    pub title: String,
    /// Which vehicles.
    #[validate(nested)]
    pub who: Who,
}

/// A step that an order does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// It ends before it starts.
    #[error("the order ends before it starts")]
    EndsBeforeItStarts,
    /// It has ended.
    #[error("the order has ended already")]
    Ended,
}

impl Order {
    /// Whether it is in force: its start instant belongs to it, its end does not.
    #[must_use]
    pub fn is_in_force(&self, at: Instant) -> bool {
        self.starts_at <= at && self.ends_at.is_none_or(|end| at < end)
    }

    /// Whether it holds in a zone.
    #[must_use]
    pub fn reaches(&self, zone: &Zone) -> bool {
        let of_kind = self.zone_kinds.is_empty() || self.zone_kinds.contains(&zone.kind);
        let named = |gate: &super::Gate| self.enterprises.contains(&gate.organisation_id);
        let of_enterprise = self.enterprises.is_empty() || zone.gate.as_ref().is_some_and(named);
        of_kind && of_enterprise && zone.area.is_within(&self.area)
    }

    /// Ends it, at that instant or at its own start when that is later.
    ///
    /// # Errors
    /// It has ended already.
    pub fn end(mut self, at: Instant) -> Result<Self, OrderError> {
        if self.ends_at.is_some_and(|end| end <= at) {
            return Err(OrderError::Ended);
        }
        self.ends_at = Some(at.max(self.starts_at));
        Ok(self)
    }

    /// Refuses an order that makes no sense.
    ///
    /// # Errors
    /// It ends before it starts.
    pub fn check(&self) -> Result<(), OrderError> {
        if self.ends_at.is_some_and(|end| end <= self.starts_at) {
            Err(OrderError::EndsBeforeItStarts)
        } else {
            Ok(())
        }
    }
}
