//! Measuring: which of the counted vehicles stand in a target's numerator and denominator.

use std::{collections::BTreeMap, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Merit, Tally, Target};
use crate::domain::{
    fleet::{Cell, FuelGroup, Trade},
    vehicle::{area::AreaCode, energy::EnergyKind, stage::Stage},
    words::{UnknownWord, Word},
};

/// Which vehicles a reading is about: those that fulfil all that is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// In one of these trades; any when empty.
    #[serde(default)]
    pub trades: Vec<Trade>,
    /// Trucks (货车) alone.
    #[serde(default)]
    pub trucks: bool,
    /// Of this fuel.
    pub fuel: Option<FuelGroup>,
    /// Of this stage or an older one; what is measured is how many of them remain.
    pub stage_at_most: Option<Stage>,
}

/// One way to read a target; where the plan's words allow several, all are counted and one is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TargetReading)]
pub struct Reading {
    /// Its name.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The denominator.
    pub scope: Scope,
}

/// Which drives make a new-energy vehicle: a dated setting, `bev fcev phev erev`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewEnergy(pub Vec<EnergyKind>);

impl FromStr for NewEnergy {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        text.split_whitespace().map(EnergyKind::parse).collect::<Result<_, _>>().map(Self)
    }
}

/// What a reading counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measured {
    /// All of it; a vehicle in two trades once.
    pub whole: Tally,
    /// Each trade by itself; a vehicle in two trades in both.
    pub trades: BTreeMap<Trade, Tally>,
    /// Each area by itself.
    pub areas: BTreeMap<AreaCode, Tally>,
}

/// Where the counts of a city end: its area, without the one that is assessed apart.
pub const APART: &str = "610581";

impl Scope {
    /// Whether vehicles belong to it, their stage left out.
    fn covers(&self, cell: &Cell) -> bool {
        let of_trade = self.trades.is_empty() || cell.trades.meet(&self.trades);
        let of_kind = !self.trucks || cell.build.truck.is_truck();
        of_trade && of_kind && self.fuel.is_none_or(|fuel| fuel == cell.build.fuel)
    }

    /// What so many vehicles add to the tally; none when they do not belong to it.
    #[must_use]
    pub fn tally(&self, cell: &Cell, count: i64, (merit, new_energy): (Merit, &NewEnergy)) -> Option<Tally> {
        if !self.covers(cell) {
            return None;
        }
        let build = cell.build;
        let is_new_energy = new_energy.0.contains(&build.energy);
        let (counted, unknown) = match merit {
            Merit::NewEnergy => (is_new_energy, build.energy == EnergyKind::Unknown),
            Merit::NewEnergyOrChina6 => {
                let clean = is_new_energy || build.stage.number().is_some_and(|stage| stage >= 6);
                (clean, !clean && (build.energy == EnergyKind::Unknown || build.stage == Stage::Unknown))
            }
            Merit::Remaining => {
                let old = self.stage_at_most.is_none_or(|limit| build.stage.at_most(limit));
                (old, !old && build.stage == Stage::Unknown)
            }
            Merit::Connected | Merit::Served => return None,
        };
        let times = |whether: bool| if whether { count } else { 0 };
        Some(Tally { counted: times(counted), total: count, unknown: times(unknown) })
    }
}

impl Target {
    /// Whether an area's vehicles count.
    #[must_use]
    pub fn counts_area(&self, area: &AreaCode, within: Option<&AreaCode>) -> bool {
        (self.counts_hancheng || area.as_str() != APART) && within.is_none_or(|within| area.is_within(within))
    }

    /// Measures a reading over counted vehicles, in the whole city or within one area.
    pub fn measure<'c>(
        &self,
        reading: &Reading,
        new_energy: &NewEnergy,
        within: Option<&AreaCode>,
        counts: impl IntoIterator<Item = &'c (Cell, i64)>,
    ) -> Measured {
        let mut measured = Measured::default();
        for trade in &reading.scope.trades {
            measured.trades.insert(*trade, Tally::default());
        }
        for (cell, count) in counts {
            let here = self.counts_area(&cell.area, within);
            let tally = reading.scope.tally(cell, *count, (self.merit, new_energy)).filter(|_| here);
            let Some(tally) = tally else { continue };
            measured.whole.add(tally);
            measured.areas.entry(cell.area.clone()).or_default().add(tally);
            for trade in cell.trades.iter() {
                if let Some(own) = measured.trades.get_mut(&trade) {
                    own.add(tally);
                }
            }
        }
        measured
    }
}
