//! The blacklist in memory: every vehicle by plate and VIN, what bars it, and what a check answers at an instant.

mod index;
mod key;
mod record;

use uuid::Uuid;

pub use self::{
    index::Index,
    key::pack_plate,
    record::{Facts, Mark},
};
use super::{
    listing::ListingReason,
    time::Instant,
    vehicle::{
        energy::EnergyKind,
        plate::{Plate, PlateColour, PlateKind},
        stage::Stage,
        use_nature::UseNature,
        vin::Vin,
    },
    words::words,
};

words! {
    /// What a check finds of a vehicle.
    pub enum ListStatus {
        /// At least one reason bars it now.
        Listed = "listed" / "在黑名单内",
        /// The vehicle is known here, and no reason bars it now.
        NotListed = "not_listed" / "不在黑名单内",
        /// No such vehicle is known here, or the question cannot be read: no clean bill.
        Unknown = "unknown" / "查无此车，不等于不在黑名单内",
    }
}

/// What the register tells of a vehicle, as the index takes it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The vehicle.
    pub id: Uuid,
    /// Its plate as it stands in the register, and the plate's kind.
    pub plate: Option<(String, PlateKind)>,
    /// Its VIN as it stands in the register.
    pub vin: Option<String>,
    /// Its type (GA 24.4).
    pub vehicle_type: Option<String>,
    /// Its fuels (GA 24.9).
    pub fuel: Option<String>,
    /// Its emission stage.
    pub stage: Stage,
    /// What drives it.
    pub energy: EnergyKind,
    /// What it is used for.
    pub use_nature: Option<UseNature>,
    /// Its listings that nothing has lifted.
    pub marks: Vec<Mark>,
}

/// What is known of the kind of the plate that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wearing {
    /// This kind.
    Kind(PlateKind),
    /// Some kind that may show this colour.
    Colour(PlateColour),
    /// Nothing.
    Anything,
}

/// By what a check asks: a plate, a VIN, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The plate, and what is known of its kind.
    pub plate: Option<(Plate, Wearing)>,
    /// The VIN.
    pub vin: Option<Vin>,
}

/// A vehicle that may be the one asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The vehicle.
    pub id: Uuid,
    /// The kind of its plate.
    pub plate_kind: Option<PlateKind>,
    /// What it is.
    pub facts: Facts,
    /// Its listings that nothing has lifted.
    pub marks: Vec<Mark>,
}

/// What a check answers: every vehicle it may be, the strictest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The strictest status.
    pub status: ListStatus,
    /// Whether several vehicles may be meant: the kind of the plate was not told, or plate and VIN are of two vehicles.
    pub ambiguous: bool,
    /// The vehicles.
    pub vehicles: Vec<Found>,
}

impl Wearing {
    /// Whether a plate of that kind may be the one that was read.
    #[must_use]
    pub fn may_be(self, kind: PlateKind) -> bool {
        match self {
            Self::Kind(told) => told == kind,
            Self::Colour(seen) => kind.colour().is_none_or(|own| own == seen),
            Self::Anything => true,
        }
    }
}

impl Found {
    /// The reasons that bar the vehicle at an instant, each with the instant since when.
    pub fn reasons(&self, at: Instant) -> impl Iterator<Item = (ListingReason, Instant)> {
        self.marks.iter().filter_map(move |mark| mark.in_effect(at).map(|since| (mark.reason, since)))
    }

    /// Whether anything bars it at an instant.
    #[must_use]
    pub fn status(&self, at: Instant) -> ListStatus {
        if self.reasons(at).next().is_some() { ListStatus::Listed } else { ListStatus::NotListed }
    }
}

impl Index {
    /// Answers a check at an instant.
    #[must_use]
    pub fn check(&self, asked: &Asked, at: Instant) -> Checked {
        let mut vehicles = self.find(asked);
        vehicles
            .sort_by_cached_key(|found| (found.status(at), std::cmp::Reverse(found.reasons(at).count()), found.id));
        let guessed = matches!(&asked.plate, Some((_, wearing)) if !matches!(wearing, Wearing::Kind(_)));
        Checked {
            status: vehicles.first().map_or(ListStatus::Unknown, |strictest| strictest.status(at)),
            ambiguous: vehicles.len() > 1 || (guessed && asked.vin.is_none()),
            vehicles,
        }
    }
}
