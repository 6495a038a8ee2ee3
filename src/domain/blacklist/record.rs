//! One vehicle of the index in 48 bytes, and one reason that bars a vehicle in 16.

use uuid::Uuid;

use super::{
    Known,
    key::{number_of, ordinal, pack_plate, pack_vin, plate_and_kind, scatter, text_of, word_of},
};
use crate::domain::{
    listing::{Listing, ListingReason},
    time::Instant,
    vehicle::{
        energy::EnergyKind,
        fuel::{Fuel, FuelKind},
        plate::PlateKind,
        stage::Stage,
        use_nature::UseNature,
        vehicle_type::VehicleType,
    },
    words::Word,
};

/// One reason that bars a vehicle, now or later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Microseconds since 1970; the largest number while it waits for its notice.
    effective: i64,
    /// Why.
    pub reason: ListingReason,
    suspended: bool,
}

impl Mark {
    /// A listing that nothing has lifted: when it takes effect, and whether an appeal holds it off.
    #[must_use]
    pub fn new(reason: ListingReason, effective_at: Option<Instant>, suspended: bool) -> Self {
        Self { effective: effective_at.map_or(i64::MAX, Instant::micros), reason, suspended }
    }

    /// The mark of a listing; none when it was lifted.
    #[must_use]
    pub fn of(listing: &Listing) -> Option<Self> {
        let stands = listing.lift.is_none();
        stands.then(|| Self::new(listing.reason, listing.effective_at, listing.suspended_at.is_some()))
    }

    /// Since when it bars the vehicle; `None` when it does not at this instant.
    #[must_use]
    pub fn in_effect(&self, at: Instant) -> Option<Instant> {
        let bars = !self.suspended && self.effective <= at.micros();
        bars.then(|| Instant::from_micros(self.effective))
    }
}

/// What a vehicle is, in one number: type, fuels, stage, drive and use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts(u64);

const TYPE_MARKS: usize = 4;
const FUEL_AT: u32 = 21;
const STAGE_AT: u32 = 36;
const ENERGY_AT: u32 = 44;
const USE_AT: u32 = 52;

impl Facts {
    fn of(known: &Known) -> Self {
        let vehicle_type = known.vehicle_type.as_deref().and_then(|code| number_of(code, TYPE_MARKS));
        let vehicle_type = vehicle_type.and_then(|number| u64::try_from(number).ok()).unwrap_or_default();
        let letters = known.fuel.as_deref().unwrap_or_default().chars();
        let fuels = letters.filter_map(|letter| {
            let kind = FuelKind::from_code(letter.encode_utf8(&mut [0; 4]))?;
            Some(1_u64 << (ordinal(Some(kind)) - 1))
        });
        Self(
            vehicle_type
                | fuels.fold(0, |all, one| all | one) << FUEL_AT
                | u64::from(ordinal(Some(known.stage))) << STAGE_AT
                | u64::from(ordinal(Some(known.energy))) << ENERGY_AT
                | u64::from(ordinal(known.use_nature)) << USE_AT,
        )
    }

    /// Its type.
    #[must_use]
    pub fn vehicle_type(self) -> Option<VehicleType> {
        VehicleType::read(&text_of(self.0 & ((1 << FUEL_AT) - 1))).ok()
    }

    /// Its fuels.
    #[must_use]
    pub fn fuel(self) -> Option<Fuel> {
        let has = |kind: &FuelKind| self.0 >> FUEL_AT & 1 << (ordinal(Some(*kind)) - 1) != 0;
        let letters: String = FuelKind::ALL.iter().copied().filter(|kind| has(kind)).map(FuelKind::code).collect();
        Fuel::read(&letters).ok()
    }

    /// Its emission stage.
    #[must_use]
    pub fn stage(self) -> Stage {
        self.word(STAGE_AT).unwrap_or(Stage::Unknown)
    }

    /// What drives it.
    #[must_use]
    pub fn energy(self) -> EnergyKind {
        self.word(ENERGY_AT).unwrap_or(EnergyKind::Unknown)
    }

    /// What it is used for.
    #[must_use]
    pub fn use_nature(self) -> Option<UseNature> {
        self.word(USE_AT)
    }

    fn word<W: Word>(self, at: u32) -> Option<W> {
        word_of(u8::try_from(self.0 >> at & 0xFF).unwrap_or_default())
    }
}

/// A vehicle of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    /// Plate and kind; the kind alone where the plate is kept as a text.
    plate: u64,
    pub(super) facts: Facts,
    pub(super) id: Uuid,
    vin: [u32; 3],
    pub(super) is_marked: bool,
}

impl Record {
    pub(super) fn of(known: &Known) -> Self {
        let plate = known.plate.as_ref().map(|(text, kind)| plate_and_kind(pack_plate(text).unwrap_or(0), *kind));
        Self {
            plate: plate.unwrap_or_default(),
            facts: Facts::of(known),
            id: known.id,
            vin: known.vin.as_deref().and_then(pack_vin).unwrap_or_default(),
            is_marked: !known.marks.is_empty(),
        }
    }

    /// What is left of a vehicle that is no longer known.
    pub(super) fn blank(id: Uuid) -> Self {
        Self { plate: 0, facts: Facts::default(), id, vin: [0; 3], is_marked: false }
    }

    /// The packed plate without its kind; `None` without one that fits.
    pub(super) fn plate(&self) -> Option<u64> {
        Some(self.plate >> 8).filter(|packed| *packed != 0)
    }

    pub(super) fn plate_kind(&self) -> Option<PlateKind> {
        word_of(u8::try_from(self.plate & 0xFF).unwrap_or_default())
    }

    /// The packed VIN; `None` without one that fits.
    pub(super) fn vin(&self) -> Option<[u32; 3]> {
        Some(self.vin).filter(|words| *words != [0; 3])
    }
}

pub(super) const fn hash_plate(packed: u64) -> u64 {
    scatter(packed)
}

pub(super) fn hash_vin([first, second, third]: [u32; 3]) -> u64 {
    scatter(u64::from(first) << 32 ^ scatter(u64::from(second) << 32 | u64::from(third)))
}
