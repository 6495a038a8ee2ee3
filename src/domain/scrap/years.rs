//! How many years a vehicle may be used: the dated table, and the pro-rata formula of a change of use.

use std::sync::LazyLock;

use chrono::{Datelike, Months};
use serde::Deserialize;

use super::class::{ScrapClass, class_of, was_used_otherwise};
use crate::domain::{
    settings::Settings,
    table,
    time::Day,
    vehicle::{Vehicle, use_nature::UseNature, vehicle_type::SizeClass},
};

/// A row of the dated table: `years.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ScrapRow {
    /// The class of use.
    pub class: ScrapClass,
    /// The size, where the class is parted by size.
    pub size: Option<SizeClass>,
    /// The years; none where none are set.
    pub years: Option<u32>,
    /// The kilometres at which the owner is led to scrap it; never a reason by itself.
    pub guide_km: Option<i64>,
    /// The years that count in the formula of a change of use.
    pub change_years: Option<u32>,
    /// The first day on which the row holds.
    pub effective_from: Day,
    /// Where it comes from.
    pub source: String,
    /// Whether an expert has yet to check it.
    pub confidence: String,
}

/// A change of use: from which use, and on which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UseChange {
    /// What the vehicle was used for before.
    pub from: UseNature,
    /// The day of the change.
    pub on: Day,
}

/// The table as it was delivered.
#[must_use]
pub fn scrap_rows() -> &'static [ScrapRow] {
    static ROWS: LazyLock<Vec<ScrapRow>> = LazyLock::new(|| table::rows(include_str!("years.csv")));
    &ROWS
}

/// The row of a vehicle in a use on a day.
#[must_use]
pub fn row_of(vehicle: &Vehicle, used: UseNature, day: Day) -> Option<&'static ScrapRow> {
    let (class, size) = class_of(vehicle, used)?;
    let rows = scrap_rows().iter().filter(|row| row.class == class && row.size == size && row.effective_from <= day);
    rows.max_by_key(|row| row.effective_from)
}

/// The day from which the years are counted: the registration; the production when it was registered much later.
#[must_use]
pub fn counted_from(vehicle: &Vehicle, settings: &Settings, day: Day) -> Option<Day> {
    let late = Months::new(settings.on("scrap_counts_from_production_after_months", day));
    let registered = vehicle.registered_on?;
    let built = vehicle.built_on.filter(|built| built.checked_add_months(late).is_some_and(|last| last < registered));
    Some(built.unwrap_or(registered))
}

/// The day on which a vehicle has reached its years; `None` where no years are set, or where they hang on a change of
/// use that is not known.
#[must_use]
pub fn years_end(vehicle: &Vehicle, change: Option<UseChange>, settings: &Settings, day: Day) -> Option<Day> {
    let from = counted_from(vehicle, settings, day)?;
    let row = row_of(vehicle, vehicle.use_nature, day)?;
    let Some(change) = change.filter(|change| change.on > from) else {
        let known = !was_used_otherwise(vehicle.use_nature);
        return row.years.filter(|_| known).and_then(|years| from.checked_add_months(Months::new(years * 12)));
    };
    let former = row_of(vehicle, change.from, day)?;
    let (before, now) = (former.change_years?, row.change_years?);
    // A small car that neither use limits has no end.
    if row.years.is_none() && former.years.is_none() {
        return None;
    }
    from.checked_add_months(Months::new(pro_rata_months(months_between(from, change.on), before * 12, now * 12)))
}

/// The months of use that a change of use allows in all: those used, and the share of the new years that the old use has
/// left over (annex 1: used + (1 − used ÷ old years) × new years), cut to whole months.
#[must_use]
pub const fn pro_rata_months(used: u32, old: u32, new: u32) -> u32 {
    if old == 0 || used >= old { used } else { used + (old - used) * new / old }
}

/// Whole months from a day to a later one.
fn months_between(from: Day, to: Day) -> u32 {
    let months = (to.year() - from.year()) * 12 + i32::try_from(to.month0()).unwrap_or(0)
        - i32::try_from(from.month0()).unwrap_or(0);
    let whole = u32::try_from(months).unwrap_or(0);
    if from.checked_add_months(Months::new(whole)).is_some_and(|day| day > to) {
        whole.saturating_sub(1)
    } else {
        whole
    }
}
