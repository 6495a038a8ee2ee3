//! Everything that a decision stands on, in memory: the versions of zones, the table of holidays, exemptions,
//! permits, measures and orders.

use std::{cmp::Reverse, collections::HashMap};

use serde::{Deserialize, Serialize};

use super::{Exemption, Gate, Measure, MeasureVersion, Order, Permit, Point, SpecialDay, Zone, when::Holidays};
use crate::domain::{
    id::Id,
    time::{Day, Instant},
    vehicle::plate::{Plate, PlateKind},
};

/// One version of one control, as it is kept and sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "control", rename_all = "snake_case")]
pub enum Control {
    /// A zone with its rules.
    Zone(Zone),
    /// An entry of the table of holidays.
    SpecialDay(SpecialDay),
    /// An entry of the register of exempt vehicles.
    Exemption(Exemption),
    /// A permit.
    Permit(Permit),
    /// What a measure bans from a day on.
    Measure(MeasureVersion),
    /// An emergency order.
    Order(Order),
}

/// All controls.
#[derive(Debug, Clone, Default)]
pub struct Controls {
    zones: Vec<Vec<Zone>>,
    of_zone: HashMap<Id<Zone>, usize>,
    holidays: Holidays,
    exemptions: HashMap<Plate, Vec<Exemption>>,
    permits: HashMap<Plate, Vec<Permit>>,
    measures: HashMap<Measure, Vec<MeasureVersion>>,
    orders: Vec<Order>,
}

impl Controls {
    /// From versions in the order in which they were recorded; a later one of the same thing takes its place, but of a
    /// zone or a measure only from its own day on.
    #[must_use]
    pub fn new(recorded: impl IntoIterator<Item = Control>) -> Self {
        let mut controls = Self::default();
        for control in recorded {
            controls.add(control);
        }
        for versions in &mut controls.zones {
            versions.sort_by_key(|zone| Reverse(zone.version));
        }
        for versions in controls.measures.values_mut() {
            // The later record stands first among those of one day.
            versions.reverse();
            versions.sort_by_key(|version| Reverse(version.effective_from));
        }
        controls
    }

    fn add(&mut self, control: Control) {
        match control {
            Control::Zone(zone) => {
                let next = self.zones.len();
                let place = *self.of_zone.entry(zone.id).or_insert(next);
                if place == next {
                    self.zones.push(Vec::new());
                }
                if let Some(versions) = self.zones.get_mut(place) {
                    versions.push(zone);
                }
            }
            Control::SpecialDay(day) => drop(self.holidays.insert(day.day, day.kind)),
            Control::Exemption(exemption) => {
                let known = self.exemptions.entry(exemption.plate.clone()).or_default();
                known.retain(|other| other.id != exemption.id);
                known.push(exemption);
            }
            Control::Permit(permit) => {
                let known = self.permits.entry(permit.plate.clone()).or_default();
                known.retain(|other| other.id != permit.id);
                known.push(permit);
            }
            Control::Measure(version) => self.measures.entry(version.measure).or_default().push(version),
            Control::Order(order) => {
                self.orders.retain(|other| other.id != order.id);
                self.orders.push(order);
            }
        }
    }

    /// The zones in force at an instant, in the order in which they were first recorded.
    pub fn zones(&self, at: Instant) -> impl Iterator<Item = &Zone> {
        self.zones.iter().filter_map(move |versions| in_force(versions, at))
    }

    /// A zone in force at an instant.
    #[must_use]
    pub fn zone(&self, id: Id<Zone>, at: Instant) -> Option<&Zone> {
        in_force(self.versions(id), at)
    }

    /// Every version of a zone, the newest first.
    #[must_use]
    pub fn versions(&self, id: Id<Zone>) -> &[Zone] {
        self.of_zone.get(&id).and_then(|place| self.zones.get(*place)).map_or(&[], Vec::as_slice)
    }

    /// The zones around a point at an instant.
    pub fn zones_at(&self, point: Point, at: Instant) -> impl Iterator<Item = &Zone> {
        self.zones(at).filter(move |zone| zone.contains(point))
    }

    /// The zone of a gate at an instant.
    #[must_use]
    pub fn gate(&self, gate: &Gate, at: Instant) -> Option<&Zone> {
        self.zones(at).find(|zone| zone.gate.as_ref() == Some(gate))
    }

    /// The table of holidays.
    #[must_use]
    pub const fn holidays(&self) -> &Holidays {
        &self.holidays
    }

    /// The orders, as they were recorded.
    #[must_use]
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// An order.
    #[must_use]
    pub fn order(&self, id: Id<Order>) -> Option<&Order> {
        self.orders.iter().find(|order| order.id == id)
    }

    /// The version of a measure on a day.
    #[must_use]
    pub fn measure(&self, measure: Measure, day: Day) -> Option<&MeasureVersion> {
        self.measures.get(&measure)?.iter().find(|version| version.effective_from <= day)
    }

    pub(super) fn exemptions_of(&self, (plate, kind): &(Plate, PlateKind)) -> impl Iterator<Item = &Exemption> {
        let kind = *kind;
        self.exemptions.get(plate).into_iter().flatten().filter(move |exemption| exemption.plate_kind == kind)
    }

    pub(super) fn permits_of(&self, (plate, kind): &(Plate, PlateKind)) -> impl Iterator<Item = &Permit> {
        let kind = *kind;
        self.permits.get(plate).into_iter().flatten().filter(move |permit| permit.plate_kind == kind)
    }
}

/// Of some versions, the newest first, the one in force.
fn in_force(versions: &[Zone], at: Instant) -> Option<&Zone> {
    versions.iter().find(|zone| zone.effective_from <= at).filter(|zone| !zone.withdrawn)
}
