//! The fleets of the demo's trades: what each had before 2022, and what it has taken on in each year since.

use crate::domain::{
    fleet::Trade,
    vehicle::{plate::PlateKind, use_nature::UseNature},
};

/// How the vehicles of a fleet are built.
#[derive(Debug, Clone, Copy)]
pub struct Make {
    /// Vehicle type (GA 24.4).
    pub vehicle_type: &'static str,
    /// Fuel (GA 24.9).
    pub fuel: &'static str,
    /// The plate's kind (GA 24.7).
    pub plate_kind: PlateKind,
    /// Maximum mass, kg.
    pub gvm_kg: i64,
}

/// A fleet.
#[derive(Debug)]
pub struct Fleet {
    /// Its trade; none for trucks that are in no trade.
    pub trade: Option<Trade>,
    /// The place of its operator among the fleet operators.
    pub operator: usize,
    /// Its use (GA 24.3).
    pub use_nature: UseNature,
    /// New-energy vehicles.
    pub electric: Make,
    /// All others.
    pub other: Make,
    /// Vehicles before 2022: new-energy, others.
    pub before: (u32, u32),
    /// Added or renewed in 2022, 2023, 2024, 2025, and in 2026 up to the demo's day: new-energy, others.
    pub added: [(u32, u32); 5],
    /// Of a thousand new-energy vehicles, so many take the place of an older one, which is scrapped.
    pub renews_permille: i64,
}

const fn make(vehicle_type: &'static str, fuel: &'static str, plate_kind: PlateKind, gvm_kg: i64) -> Make {
    Make { vehicle_type, fuel, plate_kind, gvm_kg }
}

const ELECTRIC_BUS: Make = make("K11", "C", PlateKind::LargeNev, 16_500);
const ELECTRIC_CAR: Make = make("K33", "C", PlateKind::SmallNev, 1_950);
const ELECTRIC_VAN: Make = make("H32", "C", PlateKind::SmallNev, 3_490);
const ELECTRIC_TRUCK: Make = make("H17", "C", PlateKind::LargeNev, 31_000);
const ELECTRIC_SWEEPER: Make = make("Z71", "C", PlateKind::SmallNev, 4_200);
const GAS_BUS: Make = make("K11", "E", PlateKind::LargeCar, 16_000);
const GAS_CAR: Make = make("K33", "AE", PlateKind::SmallCar, 1_700);
const PETROL_CAR: Make = make("K33", "A", PlateKind::SmallCar, 1_650);
const DIESEL_VAN: Make = make("H31", "B", PlateKind::SmallCar, 4_200);
const DIESEL_COACH: Make = make("K11", "B", PlateKind::LargeCar, 15_000);
const DIESEL_SWEEPER: Make = make("Z71", "B", PlateKind::SmallCar, 4_300);
const DIESEL_COMPACTOR: Make = make("Z12", "B", PlateKind::LargeCar, 18_000);
const DIESEL_TIPPER: Make = make("H17", "B", PlateKind::LargeCar, 31_000);
const DIESEL_MIXER: Make = make("H18", "B", PlateKind::LargeCar, 31_000);
const DIESEL_TRACTOR: Make = make("Q11", "B", PlateKind::LargeCar, 25_000);

macro_rules! fleets {
    ($($trade:ident $operator:literal $use_nature:ident $electric:ident $other:ident $before:expr, $added:expr,
        $renews:literal;)+) => {
        /// Every fleet of a trade.
        pub const FLEETS: &[Fleet] = &[$(Fleet {
            trade: Some(Trade::$trade), operator: $operator, use_nature: UseNature::$use_nature, electric: $electric,
            other: $other, before: $before, added: $added, renews_permille: $renews,
        }),+];
    };
}

// The six trades of the 90 % rule add up to 30/40, 40/47, 45/50 (90.0 %), 62/69 (89.8 %) and 46/49.
fleets! {
    Bus               1 CityBus      ELECTRIC_BUS     GAS_BUS          (10, 12), [(6, 1), (8, 1), (9, 0), (12, 0), (9, 0)],   900;
    Taxi              2 Taxi         ELECTRIC_CAR     GAS_CAR          (4, 26),  [(8, 3), (10, 2), (12, 2), (16, 2), (12, 0)], 800;
    RideHailing       3 RideHailing  ELECTRIC_CAR     PETROL_CAR       (3, 9),   [(6, 3), (8, 2), (9, 1), (13, 3), (10, 1)],  0;
    Logistics         4 Freight      ELECTRIC_VAN     DIESEL_VAN       (2, 12),  [(4, 2), (6, 1), (7, 1), (10, 1), (7, 1)],   300;
    Refuse            5 NonOperating ELECTRIC_BUS     DIESEL_COMPACTOR (1, 6),   [(3, 1), (4, 1), (4, 1), (6, 1), (4, 0)],    600;
    LightSanitation   5 NonOperating ELECTRIC_SWEEPER DIESEL_SWEEPER   (1, 5),   [(3, 0), (4, 0), (4, 0), (5, 0), (4, 1)],    500;
    OtherSanitation   5 NonOperating ELECTRIC_TRUCK   DIESEL_COMPACTOR (1, 6),   [(1, 1), (2, 0), (2, 0), (2, 0), (1, 0)],    500;
    Commuter          6 NonOperating ELECTRIC_BUS     DIESEL_COACH     (2, 6),   [(1, 1), (2, 0), (2, 0), (2, 0), (1, 0)],    500;
    Tourism           6 Tourism      ELECTRIC_BUS     DIESEL_COACH     (1, 7),   [(1, 1), (1, 1), (2, 0), (2, 0), (1, 0)],    400;
    Postal            7 Freight      ELECTRIC_VAN     DIESEL_VAN       (3, 5),   [(2, 1), (2, 0), (3, 0), (3, 0), (2, 0)],    500;
    Express           7 Freight      ELECTRIC_VAN     DIESEL_VAN       (4, 6),   [(3, 1), (4, 0), (4, 0), (4, 1), (3, 0)],    300;
    ConstructionWaste 0 Freight      ELECTRIC_TRUCK   DIESEL_TIPPER    (2, 14),  [(2, 2), (3, 2), (4, 1), (4, 0), (2, 0)],    900;
    Concrete          8 Freight      ELECTRIC_TRUCK   DIESEL_MIXER     (0, 8),   [(1, 2), (1, 1), (2, 0), (2, 0), (1, 0)],    800;
    Freight           9 Freight      ELECTRIC_TRUCK   DIESEL_TRACTOR   (1, 20),  [(1, 3), (1, 3), (2, 2), (2, 2), (2, 1)],    300;
}

/// China III trucks at the baseline, and how many leave in 2022, 2023, 2024, 2025 and in 2026 up to the demo's day.
pub const OLD_TRUCKS: (u32, [u32; 5]) = (56, [10, 13, 13, 12, 4]);

/// The build of such a truck.
pub const OLD_TRUCK: Make = make("H11", "B", PlateKind::LargeCar, 25_000);
