//! JSON of charging sites.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    domain::{
        charging::{ChargingSite, Provision, SiteKind},
        id::Id,
        quantity::Amount,
        settings::{Setting, Settings},
        time::Day,
        vehicle::area::{AreaCode, areas},
    },
    platform::problem::Problem,
};

/// A charging or swap site to be.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "charging", "name": "临渭区客运站充电站", "operator": "某充电运营公司", "area": "610502",
    "power_kw": 960, "connectors": 16, "in_service_from": "2026-06-01"
}))]
pub struct SiteIn {
    /// What it does.
    pub kind: SiteKind,
    /// Its name.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// Who runs it.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub operator: String,
    /// Where it lies (GB/T 2260).
    #[validate(length(equal = 6))]
    #[schema(min_length = 6, max_length = 6)]
    pub area: String,
    /// Its power, kW.
    pub power_kw: Amount,
    /// Its connectors; needed at a charging site.
    #[serde(default)]
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub connectors: i64,
    /// The swaps that it can make in a day; needed at a swap site.
    #[serde(default)]
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub swaps_a_day: i64,
    /// The first day in service.
    #[schema(value_type = chrono::NaiveDate)]
    pub in_service_from: Day,
    /// The last day in service.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub in_service_to: Option<Day>,
}

/// A site goes out of service.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosureIn {
    /// Its last day in service.
    #[schema(value_type = chrono::NaiveDate)]
    pub last_on: Day,
}

/// Which sites to list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SiteFilter {
    /// In this area, or in one that lies in it.
    #[param(inline)]
    pub area: Option<AreaCode>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// Of which day and area.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CapacityQuery {
    /// The day; today when absent.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub as_of: Option<Day>,
    /// The area; the whole city when absent.
    #[param(inline)]
    pub area: Option<AreaCode>,
}

/// A site.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SiteOut {
    /// The site.
    #[schema(value_type = uuid::Uuid)]
    pub site_id: Id<ChargingSite>,
    /// What it does.
    pub kind: SiteKind,
    /// Its name.
    pub name: String,
    /// Who runs it.
    pub operator: String,
    /// Where it lies.
    pub area: AreaCode,
    /// Its power, kW.
    pub power_kw: Amount,
    /// Its connectors.
    pub connectors: i64,
    /// The swaps that it can make in a day.
    pub swaps_a_day: i64,
    /// The first day in service.
    #[schema(value_type = chrono::NaiveDate)]
    pub in_service_from: Day,
    /// The last day in service.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub in_service_to: Option<Day>,
}

/// What an area's sites provide.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProvisionOut {
    /// The area.
    pub area: AreaCode,
    /// What its sites provide.
    #[serde(flatten)]
    pub provision: Provision,
}

/// What the sites provide on a day, against the plan's goal.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CapacityOut {
    /// The day.
    #[schema(value_type = chrono::NaiveDate)]
    pub as_of: Day,
    /// The area.
    pub area: AreaCode,
    /// What the sites provide together.
    pub whole: Provision,
    /// The vehicles of the plan's goal (T5), which is the whole city's.
    pub goal_vehicles: i64,
    /// The share of the goal in percent, cut to one decimal; none without a goal.
    pub share_percent: Option<String>,
    /// Whether the goal is reached; none for a part of the city.
    pub met: Option<bool>,
    /// The vehicles that are missing to the goal; none for a part of the city.
    pub missing: Option<i64>,
    /// By area.
    pub by_area: Vec<ProvisionOut>,
    /// The dated rates and the goal, each with its source.
    pub by_settings: Vec<Setting>,
}

impl SiteIn {
    /// Reads what is told.
    ///
    /// # Errors
    /// The area is none of this city, or the power is negative.
    pub fn read(&self, id: Id<ChargingSite>) -> Result<ChargingSite, Problem> {
        let area = AreaCode::read(&self.area).ok().filter(|area| area.area().is_some());
        let area = area.ok_or_else(|| {
            Problem::invalid("/area", "unknown_area", "no area of this city", "不是本市行政区划代码")
        })?;
        if self.power_kw < Amount::ZERO || self.power_kw > Amount::whole(1_000_000) {
            return Err(Problem::invalid("/power_kw", "range", "must be 0 to 1,000,000", "须为 0 至 1000000"));
        }
        Ok(ChargingSite {
            id,
            kind: self.kind,
            name: self.name.trim().to_owned(),
            operator: self.operator.trim().to_owned(),
            area,
            power: self.power_kw,
            connectors: self.connectors,
            swaps_a_day: self.swaps_a_day,
            from: self.in_service_from,
            to: self.in_service_to,
        })
    }
}

impl SiteFilter {
    /// The codes of the area and of what lies in it.
    #[must_use]
    pub fn areas(&self) -> Option<Vec<String>> {
        let area = self.area.as_ref()?;
        let inside = areas().iter().filter(|inner| inner.code.is_within(area)).map(|inner| inner.code.to_string());
        Some(inside.collect())
    }
}

impl From<ChargingSite> for SiteOut {
    fn from(site: ChargingSite) -> Self {
        Self {
            site_id: site.id,
            kind: site.kind,
            name: site.name,
            operator: site.operator,
            area: site.area,
            power_kw: site.power,
            connectors: site.connectors,
            swaps_a_day: site.swaps_a_day,
            in_service_from: site.from,
            in_service_to: site.to,
        }
    }
}

impl CapacityOut {
    /// The figures of a day with the dated numbers behind them.
    #[must_use]
    pub fn new(area: AreaCode, day: Day, whole: Provision, by_area: Vec<ProvisionOut>, settings: &Settings) -> Self {
        const KEYS: [&str; 3] = ["vehicles_per_connector", "vehicles_per_daily_swap", "charging_goal_vehicles"];
        let goal: i64 = settings.on("charging_goal_vehicles", day);
        let in_force = |key: &str| {
            let rows = settings.rows().filter(|row| row.key == key && row.effective_from <= day);
            rows.last().cloned()
        };
        let tenths = (goal > 0).then(|| whole.vehicles.saturating_mul(1_000) / goal);
        let city = area.as_str() == crate::domain::vehicle::area::CITY;
        Self {
            as_of: day,
            area,
            whole,
            goal_vehicles: goal,
            share_percent: tenths.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)),
            met: city.then_some(whole.vehicles >= goal),
            missing: city.then_some((goal - whole.vehicles).max(0)),
            by_area,
            by_settings: KEYS.iter().filter_map(|key| in_force(key)).collect(),
        }
    }
}
