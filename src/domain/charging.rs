//! Charging and swap sites (充换电设施), and how many electric vehicles they serve (规划 二(三)3: 5 万辆).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{id::Id, quantity::Amount, settings::Settings, time::Day, vehicle::area::AreaCode, words::words};

words! {
    /// How a site fills a vehicle.
    pub enum SiteKind {
        /// By cable.
        Charging = "charging" / "充电站",
        /// By changing the battery.
        Swap = "swap" / "换电站",
    }
}

/// A charging or swap site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargingSite {
    /// Its id.
    pub id: Id<ChargingSite>,
    /// What it does.
    pub kind: SiteKind,
    /// Its name.
    pub name: String,
    /// Who runs it.
    pub operator: String,
    /// Where it lies.
    pub area: AreaCode,
    /// Its power, kW.
    pub power: Amount,
    /// Its connectors (充电枪); none at a mere swap site.
    pub connectors: i64,
    /// The swaps that it can make in a day; none at a charging site.
    pub swaps_a_day: i64,
    /// The first day in service.
    pub from: Day,
    /// The last day in service.
    pub to: Option<Day>,
}

/// A site that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SiteError {
    /// A charging site without connectors.
    #[error("a charging site has at least one connector")]
    NoConnectors,
    /// A swap site without swaps.
    #[error("a swap site makes at least one swap a day")]
    NoSwaps,
    /// The last day lies before the first.
    #[error("the last day lies before the first")]
    EndsBeforeItBegins,
}

/// How many vehicles a unit serves: dated settings with their sources.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rates {
    /// Vehicles for each connector.
    pub per_connector: i64,
    /// Vehicles for each swap that can be made in a day.
    pub per_daily_swap: i64,
}

/// What sites hold together on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Provision {
    /// The sites in service.
    pub sites: i64,
    /// Their power, kW.
    pub power_kw: Amount,
    /// Their connectors.
    pub connectors: i64,
    /// The swaps that they can make in a day.
    pub swaps_a_day: i64,
    /// The vehicles that they serve.
    pub vehicles: i64,
}

impl Rates {
    /// The rates of a day.
    #[must_use]
    pub fn on(settings: &Settings, day: Day) -> Self {
        Self {
            per_connector: settings.on("vehicles_per_connector", day),
            per_daily_swap: settings.on("vehicles_per_daily_swap", day),
        }
    }
}

impl ChargingSite {
    /// Whether it can be.
    ///
    /// # Errors
    /// What contradicts itself.
    pub fn check(&self) -> Result<(), SiteError> {
        match self.kind {
            SiteKind::Charging if self.connectors < 1 => Err(SiteError::NoConnectors),
            SiteKind::Swap if self.swaps_a_day < 1 => Err(SiteError::NoSwaps),
            _ if self.to.is_some_and(|to| to < self.from) => Err(SiteError::EndsBeforeItBegins),
            _ => Ok(()),
        }
    }

    /// Whether it serves on a day.
    #[must_use]
    pub fn serves_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// What it provides on a day; nothing out of service.
    #[must_use]
    pub fn provision(&self, rates: Rates, day: Day) -> Provision {
        if !self.serves_on(day) {
            return Provision::default();
        }
        let by_cable = self.connectors.saturating_mul(rates.per_connector);
        let by_swap = self.swaps_a_day.saturating_mul(rates.per_daily_swap);
        Provision {
            sites: 1,
            power_kw: self.power,
            connectors: self.connectors,
            swaps_a_day: self.swaps_a_day,
            vehicles: by_cable.saturating_add(by_swap),
        }
    }
}

impl Provision {
    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            sites: self.sites + other.sites,
            power_kw: self.power_kw.and(other.power_kw),
            connectors: self.connectors.saturating_add(other.connectors),
            swaps_a_day: self.swaps_a_day.saturating_add(other.swaps_a_day),
            vehicles: self.vehicles.saturating_add(other.vehicles),
        }
    }
}
