//! Emission stages (排放阶段): 国零 to 国七, where a stage is known from, and the fallback by date.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{
    codes::coded_words,
    fuel::{Fuel, FuelKind},
    mass::{MassClass, mass_class},
};
use crate::domain::{time::Day, words::words};

coded_words! {
    /// The emission stage of a vehicle, with its code at the gates (HJ 1321-2023).
    ///
    /// Compare numbers, not members: `Electric` and `Unknown` are no stage above 国七.
    pub enum Stage {
        China0 = "0" / "china_0" / "国零",
        China1 = "1" / "china_1" / "国一",
        China2 = "2" / "china_2" / "国二",
        China3 = "3" / "china_3" / "国三",
        China4 = "4" / "china_4" / "国四",
        China5 = "5" / "china_5" / "国五",
        China6 = "6" / "china_6" / "国六",
        China7 = "7" / "china_7" / "国七",
        Electric = "D" / "electric" / "电动",
        /// No stage, or none that is known.
        Unknown = "X" / "unknown" / "无排放阶段",
    }
}

words! {
    /// Where a stage is known from, the most trusted first.
    pub enum StageSource {
        /// The maker's environmental list that comes with the vehicle (环保信息随车清单).
        VehicleList = "vehicle_list" / "随车清单",
        /// The model database of VECC.
        ModelDb = "model_db" / "车型数据库",
        /// The registration certificate.
        Registry = "registry" / "登记证书",
        /// The day of first registration: a flagged fallback.
        DerivedFromDate = "derived_from_date" / "按登记日期推定",
        /// The owner or the station says so.
        Declared = "declared" / "申报",
    }

    /// The engines that `stages.csv` dates apart.
    pub enum StageFuel {
        /// Positive ignition (GB 18352, GB 14762).
        Petrol = "petrol" / "汽油",
        /// Compression ignition (GB 18352, GB 17691).
        Diesel = "diesel" / "柴油",
        /// CNG, LNG or LPG alone.
        Gas = "gas" / "燃气",
    }

    /// How sure a row of a table is.
    pub enum Confidence {
        /// Found in a cited source.
        Sourced = "sourced" / "有出处",
        /// Well known, not seen in a source: an expert must check it.
        Recalled = "recalled" / "待核",
    }
}

/// From which day every newly registered vehicle of a class must meet a stage, nationwide.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Introduction {
    /// Light or heavy.
    pub mass_class: MassClass,
    /// The engine.
    pub fuel: StageFuel,
    /// The stage.
    pub stage: Stage,
    /// The first day on which nothing older may be registered.
    pub from: Day,
    /// How sure the day is.
    pub confidence: Confidence,
    /// The standard, the source, and what was left out.
    pub source: String,
}

/// The dated table behind [`derive_stage`]: `stages.csv`.
#[must_use]
pub fn introductions() -> &'static [Introduction] {
    static ROWS: LazyLock<Vec<Introduction>> =
        LazyLock::new(|| crate::domain::table::rows(include_str!("stages.csv")));
    &ROWS
}

impl Stage {
    /// The number of the stage, 0 to 7; `None` of electric and unknown.
    #[must_use]
    pub fn number(self) -> Option<u8> {
        self.code().parse().ok()
    }

    /// Whether this is a known stage up to `limit`: `at_most(Stage::China3)` is 国三及以下.
    #[must_use]
    pub fn at_most(self, limit: Self) -> bool {
        self.number().zip(limit.number()).is_some_and(|(own, limit)| own <= limit)
    }
}

/// The stage a vehicle must at least have met to be registered first on that day; a fallback, always flagged.
///
/// `None` where no table dates the fuel. `gvm_kg` is the maximum mass.
#[must_use]
pub fn derive_stage(fuel: Fuel, gvm_kg: i64, registered: Day) -> Option<Stage> {
    if fuel.is_pure_electric() {
        return Some(Stage::Electric);
    }
    let (mass, fuel) = (mass_class(gvm_kg), stage_fuel(fuel)?);
    let in_force =
        introductions().iter().filter(|row| row.mass_class == mass && row.fuel == fuel && row.from <= registered);
    Some(in_force.map(|row| row.stage).max().unwrap_or(Stage::China0))
}

/// The engine that the table dates: a gas conversion stays what its engine was built for.
fn stage_fuel(fuel: Fuel) -> Option<StageFuel> {
    if fuel.is_diesel() {
        Some(StageFuel::Diesel)
    } else if fuel.contains(FuelKind::Petrol) {
        Some(StageFuel::Petrol)
    } else {
        fuel.is_gas().then_some(StageFuel::Gas)
    }
}
