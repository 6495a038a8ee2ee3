//! How targets stand, in JSON: counts first, the exact fraction beside the shown share.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{
    fleet::{FuelGroup, MovementKind, Trade, TruckClass},
    id::Id,
    party::Organisation,
    target::{Distance, Merit, Register, TargetKind, TargetVerdict},
    time::Day,
    vehicle::{
        Vehicle,
        area::AreaCode,
        energy::EnergyKind,
        plate::{Plate, PlateKind},
        stage::Stage,
    },
    words::words,
};

/// A count against its total.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TallyOut {
    /// In the numerator; of a stock to be cleared, what remains.
    pub counted: i64,
    /// In the denominator.
    pub total: i64,
    /// Of the total, those to be cleared: not known whether they belong in the numerator.
    pub unknown: i64,
    /// The exact fraction.
    #[schema(example = "2249/2500")]
    pub fraction: Option<String>,
    /// The share in percent, cut towards the side of the verdict.
    #[schema(example = "89.9")]
    pub share_percent: Option<String>,
    /// How it stands.
    pub verdict: TargetVerdict,
    /// How far it is from the threshold.
    pub distance: Option<Distance>,
}

/// One trade of a reading.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TradeTallyOut {
    /// The trade.
    pub trade: Trade,
    /// Its count; a vehicle in two trades counts in both.
    #[serde(flatten)]
    pub tally: TallyOut,
}

/// One area of a reading.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaTallyOut {
    /// The area.
    pub area: AreaCode,
    /// Its Chinese name.
    pub name: String,
    /// Its count.
    #[serde(flatten)]
    pub tally: TallyOut,
}

/// One month of a reading.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MonthTallyOut {
    /// The month.
    #[schema(example = "2026-03")]
    pub month: String,
    /// What the month added; of stock, how it stood at its end.
    pub of_month: TallyOut,
    /// The year up to its end; of stock the same.
    pub to_date: TallyOut,
}

/// One reading of a target.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = StandingReadingOut)]
pub struct ReadingOut {
    /// Its name.
    pub reading: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// Whether the target is judged by it.
    pub judging: bool,
    /// All of it; a vehicle in two trades once.
    pub whole: TallyOut,
    /// Each trade.
    pub trades: Vec<TradeTallyOut>,
    /// Each area, the best first; of what remains, the most first.
    pub areas: Vec<AreaTallyOut>,
    /// By month; empty where the past is counted from the entries and the number is one of stock.
    pub trend: Vec<MonthTallyOut>,
}

/// A reading's count alone.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReadingTallyOut {
    /// The reading.
    pub reading: String,
    /// Its count.
    #[serde(flatten)]
    pub tally: TallyOut,
}

/// How a target stood at its deadline.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeadlineOut {
    /// The deadline.
    #[schema(value_type = chrono::NaiveDate)]
    pub deadline: Day,
    /// The result as it was known at the end of that day.
    pub known_then: Vec<ReadingTallyOut>,
    /// The result of that day as it is known now.
    pub known_now: Vec<ReadingTallyOut>,
}

/// A way in or out, and how many took it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WayOut {
    /// The way.
    pub way: MovementKind,
    /// How many.
    pub vehicles: i64,
}

/// A month of removals.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RemovalMonthOut {
    /// The month.
    pub month: String,
    /// Came in.
    pub came: Vec<WayOut>,
    /// Left.
    pub left: Vec<WayOut>,
    /// What remained at the end of the month.
    pub remaining: i64,
}

/// The burn-down of what is to be cleared.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RemovalOut {
    /// The day from which is counted down.
    #[schema(value_type = chrono::NaiveDate)]
    pub baseline_on: Day,
    /// What there was at its end, as it is known now.
    pub baseline: i64,
    /// The same as it was written down when the baseline was first taken.
    pub baseline_as_taken: Option<i64>,
    /// Month by month.
    pub months: Vec<RemovalMonthOut>,
    /// All that left, by way.
    pub left: Vec<WayOut>,
    /// What remains.
    pub remaining: i64,
}

words! {
    /// What a standing was counted from.
    pub enum CountedFrom {
        /// The rollups with their open changes.
        Rollups = "rollups" / "汇总",
        /// The entries of each vehicle.
        Entries = "entries" / "逐车账目",
        /// The stations and their last data.
        Stations = "stations" / "检验机构数据",
        /// The charging and swap sites.
        Sites = "sites" / "充换电设施台账",
        /// Nothing.
        Nothing = "nothing" / "无",
    }
}

/// By which definitions it was counted.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DefinitionsOut {
    /// What stands in the numerator.
    pub merit: Merit,
    /// The drives that make a new-energy vehicle.
    pub new_energy: Vec<EnergyKind>,
    /// Whether 韩城 counts.
    pub counts_hancheng: bool,
    /// Whether each trade by itself must reach the threshold.
    pub each_trade: bool,
    /// The legal source.
    pub source: String,
    /// What is not clear.
    pub ambiguities: Vec<String>,
    /// What it was counted from.
    pub counted_from: CountedFrom,
}

/// How a target stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StandingOut {
    /// The target.
    pub target_id: String,
    /// The version of the day.
    pub version: i64,
    /// What kind of number it is.
    pub kind: TargetKind,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The year, of a share of additions.
    pub year: Option<i32>,
    /// The last day that counts.
    #[schema(value_type = chrono::NaiveDate)]
    pub as_of: Day,
    /// As known at the end of this day.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub as_known: Option<Day>,
    /// Whether the same question will have the same answer for ever.
    pub is_final: bool,
    /// How it stands, by the reading to judge by.
    pub verdict: TargetVerdict,
    /// The register that is missing, where nothing can be counted.
    pub waits_for: Option<Register>,
    /// Every reading.
    pub readings: Vec<ReadingOut>,
    /// The result at the deadline, once it has passed.
    pub deadline: Option<DeadlineOut>,
    /// The burn-down of what is to be cleared.
    pub removal: Option<RemovalOut>,
    /// By which definitions.
    pub definitions: DefinitionsOut,
}

/// An operator's place.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OperatorRankOut {
    /// The operator; none for vehicles without one.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub operator_id: Option<Id<Organisation>>,
    /// Its name.
    pub name: Option<String>,
    /// Its count.
    #[serde(flatten)]
    pub tally: TallyOut,
}

/// The operators of a standing, the best first; of what remains, the most first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OperatorsOut {
    /// The reading.
    pub reading: String,
    /// The operators.
    pub items: Vec<OperatorRankOut>,
}

/// A vehicle behind a number.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StandingVehicleOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// Its plate of today.
    pub plate: Option<Plate>,
    /// Its kind.
    pub plate_kind: Option<PlateKind>,
    /// Where it counts.
    pub area: AreaCode,
    /// Its operator.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub operator_id: Option<Id<Organisation>>,
    /// Its trades.
    pub trades: Vec<Trade>,
    /// How it came.
    pub way_in: MovementKind,
    /// The day of the addition, or the first day in stock.
    #[schema(value_type = chrono::NaiveDate)]
    pub from: Day,
    /// The first day no longer in stock.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub until: Option<Day>,
    /// What drives it.
    pub energy: EnergyKind,
    /// Its stage.
    pub stage: Stage,
    /// Its fuel.
    pub fuel: FuelGroup,
    /// Its size as a truck.
    pub truck: TruckClass,
}
