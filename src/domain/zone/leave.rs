//! Leave to enter: the register of exempt vehicles, and permits with their conditions.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{PermitKind, Point, Polygon, When, Zone, when::Holidays};
use crate::domain::{
    id::Id,
    time::{Day, Instant},
    vehicle::plate::{Plate, PlateKind},
};

/// A vehicle that is exempt by a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    /// The exemption.
    pub id: Id<Exemption>,
    /// The vehicle's plate.
    pub plate: Plate,
    /// The plate's kind.
    pub plate_kind: PlateKind,
    /// The zones; all when empty.
    pub zones: Vec<Id<Zone>>,
    /// The first day.
    pub from: Day,
    /// The last day; open when absent.
    pub until: Option<Day>,
    /// The legal basis.
    pub basis: String,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
}

/// A vehicle's permit. For construction waste (渣土): one vehicle one permit (一车一证), limits of time, speed and
/// route, and a card (三限一卡).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PermitFacts)]
pub struct Permit {
    /// The permit.
    #[schema(value_type = uuid::Uuid)]
    pub id: Id<Permit>,
    /// What it is for.
    pub kind: PermitKind,
    /// The number on it.
    pub number: String,
    /// The vehicle's plate.
    pub plate: Plate,
    /// The plate's kind.
    pub plate_kind: PlateKind,
    /// The zones that it opens.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub zones: Vec<Id<Zone>>,
    /// The times at which it opens them.
    pub when: When,
    /// The route, in words.
    pub route: Option<String>,
    /// The ground along the route; a decision by coordinates holds the vehicle to it.
    #[schema(value_type = Option<super::GeoJson>)]
    pub corridor: Option<Polygon>,
    /// The speed that it keeps to, km/h.
    pub speed_limit_kmh: Option<i64>,
    /// The number of the card that it carries (双向登记卡).
    pub card: Option<String>,
    /// The site from which it carries.
    pub origin_site: Option<String>,
    /// The tip to which it carries.
    pub tip_site: Option<String>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
}

/// What a permit lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PermitError {
    /// It opens no zone.
    #[error("the permit opens no zone")]
    NoZone,
    /// A permit of construction waste has all of the three limits and the card, and both sites.
    #[error("a permit of construction waste needs `{0}`")]
    Lacks(&'static str),
}

impl Exemption {
    /// Whether it holds in a zone on that day.
    #[must_use]
    pub fn holds(&self, zone: Id<Zone>, day: Day, at: Instant) -> bool {
        let of_zone = self.zones.is_empty() || self.zones.contains(&zone);
        let in_time = self.from <= day && self.until.is_none_or(|last| day <= last);
        of_zone && in_time && self.revoked_at.is_none_or(|revoked_at| at < revoked_at)
    }
}

impl Permit {
    /// Refuses a permit that lacks what its kind needs.
    ///
    /// # Errors
    /// What it lacks.
    pub fn check(&self) -> Result<(), PermitError> {
        if self.zones.is_empty() {
            return Err(PermitError::NoZone);
        }
        let needed = [
            ("route", self.route.is_some()),
            ("speed_limit_kmh", self.speed_limit_kmh.is_some()),
            ("card", self.card.is_some()),
            ("origin_site", self.origin_site.is_some()),
            ("tip_site", self.tip_site.is_some()),
            ("hours", !self.when.hours.is_empty()),
        ];
        let lacks =
            needed.into_iter().find(|(_, there)| !there).filter(|_| self.kind == PermitKind::ConstructionWaste);
        lacks.map_or(Ok(()), |(name, _)| Err(PermitError::Lacks(name)))
    }

    /// Whether it opens a zone at a time, and at a point where one is told.
    #[must_use]
    pub fn opens(&self, zone: Id<Zone>, point: Option<Point>, moment: &super::Moment, holidays: &Holidays) -> bool {
        let on_route = self.corridor.as_ref().zip(point).is_none_or(|(corridor, point)| corridor.contains(point));
        let stands = self.revoked_at.is_none_or(|revoked_at| moment.at < revoked_at);
        stands && self.zones.contains(&zone) && on_route && self.when.holds(moment, holidays)
    }
}
