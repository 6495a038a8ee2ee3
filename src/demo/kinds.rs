//! The kinds of vehicles of the demo and how many of a thousand each has.

use crate::domain::vehicle::{energy::EnergyKind, plate::PlateKind, use_nature::UseNature};

/// A kind of vehicle.
#[derive(Debug)]
pub struct VehicleKind {
    /// Of a thousand vehicles.
    pub share: i64,
    /// Vehicle type (GA 24.4).
    pub vehicle_type: &'static str,
    /// Fuel (GA 24.9).
    pub fuel: &'static str,
    /// What drives it.
    pub energy: EnergyKind,
    /// Use (GA 24.3).
    pub use_nature: UseNature,
    /// The plate's kind (GA 24.7).
    pub plate_kind: PlateKind,
    /// Maximum mass, kg: from, to.
    pub gvm_kg: (i64, i64),
    /// Rated engine power, kW: from, to.
    pub power_kw: (i64, i64),
    /// The oldest, years.
    pub oldest: i64,
    /// What it drives in a day, km.
    pub km_per_day: i64,
}

impl VehicleKind {
    /// Whether it has no exhaust, so that it is registered and never tested.
    pub fn is_electric(&self) -> bool {
        self.energy == EnergyKind::Bev
    }

    /// Whether it is a truck.
    pub fn is_truck(&self) -> bool {
        self.vehicle_type.starts_with(['H', 'Q'])
    }
}

macro_rules! kinds {
    ($($share:literal $vehicle_type:literal $fuel:literal $energy:ident $use_nature:ident $plate_kind:ident
        $gvm:expr, $power:expr, $oldest:literal, $km:literal;)+) => {
        /// Every kind.
        pub const KINDS: &[VehicleKind] = &[$(VehicleKind {
            share: $share, vehicle_type: $vehicle_type, fuel: $fuel, energy: EnergyKind::$energy,
            use_nature: UseNature::$use_nature, plate_kind: PlateKind::$plate_kind, gvm_kg: $gvm, power_kw: $power,
            oldest: $oldest, km_per_day: $km,
        }),+];
    };
}

kinds! {
    440 "K33" "A"  Ice  NonOperating SmallCar (1_350, 2_200), (70, 160), 16, 35;
     60 "K39" "A"  Ice  NonOperating SmallCar (1_400, 2_100), (55, 90),  14, 60;
     20 "K33" "AE" Ice  Taxi         SmallCar (1_500, 1_800), (75, 100),  7, 280;
     15 "K33" "A"  Ice  RideHailing  SmallCar (1_500, 1_900), (75, 120),  7, 220;
     20 "K11" "E"  Ice  CityBus      LargeCar (12_000, 17_500), (150, 220), 10, 180;
     15 "K11" "B"  Ice  Coach        LargeCar (10_000, 18_000), (160, 280), 11, 260;
    140 "H31" "B"  Ice  Freight      SmallCar (3_000, 4_450), (65, 110), 13, 110;
     75 "H11" "B"  Ice  Freight      LargeCar (16_000, 31_000), (160, 290), 13, 190;
     50 "Q11" "B"  Ice  Freight      LargeCar (18_000, 25_000), (220, 380), 12, 260;
     30 "Q11" "E"  Ice  Freight      LargeCar (18_000, 25_000), (240, 350),  7, 270;
     70 "K33" "C"  Bev  NonOperating SmallNev (1_500, 2_300), (80, 180),  6, 45;
     15 "K11" "C"  Bev  CityBus      LargeNev (12_000, 18_000), (150, 240), 7, 170;
     15 "H32" "C"  Bev  Freight      SmallNev (3_000, 4_450), (60, 90),   4, 120;
     35 "K33" "AC" Phev NonOperating SmallNev (1_700, 2_400), (80, 140),  6, 45;
}
