//! The emission standards of vehicles in use: GB 18285-2018 (petrol) and GB 3847-2018 (diesel).
//!
//! `item` names what is judged, `limit` is one row of law, `limits.csv` holds all rows, `book` finds the row that
//! applies; `readings` is what a station measured, in the shapes of `gb18285` and `gb3847`.

pub mod appearance;
mod book;
mod bound;
mod field;
mod gb18285;
mod gb3847;
mod item;
mod limit;
pub mod obd;
mod outcome;
mod readings;
mod subject;
mod table;
pub mod which_methods;

pub use book::LimitBook;
pub use bound::{Bound, BoundError, Comparison, ComparisonRule};
pub use field::{ReadingError, ReadingFault};
pub use gb3847::{mean_k, power_share};
pub use gb18285::{AsmReadings, HighIdleReadings, IdleReadings};
pub use item::Item;
pub use limit::{Condition, Confidence, LegalSource, LimitRule, RuleRef};
pub use outcome::{Finding, Outcome};
pub use readings::Readings;
pub use subject::{TestFuel, TestSubject};
pub use table::LimitError;

use super::words::words;

words! {
    /// How an emission test is run (检验方法).
    pub enum Method {
        /// GB 18285-2018, unloaded at idle and high idle.
        DoubleIdle = "double_idle" / "双怠速法",
        /// GB 18285-2018, steady load on a dynamometer at 25 and 40 km/h.
        Asm = "asm" / "稳态工况法",
        /// GB 18285-2018, 195 s driving cycle with a flow meter (VMAS).
        ShortTransient = "short_transient" / "简易瞬态工况法",
        /// GB 18285-2018, 195 s driving cycle with constant volume sampling.
        Transient = "transient" / "瞬态工况法",
        /// GB 3847-2018, unloaded full-throttle accelerations.
        FreeAcceleration = "free_acceleration" / "自由加速法",
        /// GB 3847-2018, full load on a dynamometer at 100 % and 80 % of the speed of greatest power.
        LugDown = "lug_down" / "加载减速法",
        /// GB 3847-2018, smoke compared by eye or camera with the Ringelmann chart.
        Ringelmann = "ringelmann" / "林格曼黑度法",
        /// No tail-pipe test: a vehicle without exhaust.
        Exempt = "exempt" / "免检",
    }

    /// Which column of limits a city applies (GB 18285-2018 and GB 3847-2018).
    pub enum LimitClass {
        /// The national default.
        A = "a" / "限值a",
        /// The stricter column that a province may bring forward.
        B = "b" / "限值b",
    }
}

impl Method {
    /// Whether the method's standard covers an engine that runs on this fuel.
    #[must_use]
    pub fn fits(self, fuel: TestFuel) -> bool {
        match self {
            Self::DoubleIdle | Self::Asm | Self::ShortTransient | Self::Transient => fuel != TestFuel::Diesel,
            Self::FreeAcceleration | Self::LugDown | Self::Ringelmann => {
                matches!(fuel, TestFuel::Diesel | TestFuel::Other)
            }
            Self::Exempt => true,
        }
    }
}
