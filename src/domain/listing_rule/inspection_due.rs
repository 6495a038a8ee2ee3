//! When a vehicle's periodic inspection is due (道路交通安全法实施条例 art. 16; 公交管〔2022〕295号), and when it is overdue.

use std::sync::LazyLock;

use chrono::{Datelike, Days, Months};
use serde::Deserialize;

use crate::domain::{
    settings::Settings,
    time::Day,
    vehicle::{Vehicle, use_nature::UseNature, vehicle_type::SizeClass},
    words::words,
};

words! {
    /// The classes of vehicles that have periods of their own.
    pub enum PeriodClass {
        /// Small and mini passenger vehicles that earn no living, without 面包车.
        PrivateCar = "private_car" / "非营运小微型载客汽车",
        /// 面包车, which has no exemption.
        Van = "van" / "面包车",
        /// Passenger vehicles that earn their living.
        OperatingPassenger = "operating_passenger" / "营运载客汽车",
        /// School buses.
        SchoolBus = "school_bus" / "校车",
        /// Trucks, and larger passenger vehicles that earn no living.
        Truck = "truck" / "载货汽车和大中型非营运载客汽车",
        /// Motorcycles.
        Motorcycle = "motorcycle" / "摩托车",
    }
}

/// One row of the periods: from an age on, so many months to the next inspection.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct InspectionPeriod {
    /// Of which class.
    pub class: PeriodClass,
    /// From which age on, months.
    pub from_age_months: u32,
    /// The months to the next inspection on the test line.
    pub months: u32,
    /// The first day on which the row holds.
    pub effective_from: Day,
    /// Where it comes from.
    pub source: String,
    /// Whether an expert has yet to check it.
    pub confidence: String,
}

/// The dated table: `inspection_periods.csv`.
#[must_use]
pub fn inspection_periods() -> &'static [InspectionPeriod] {
    static ROWS: LazyLock<Vec<InspectionPeriod>> =
        LazyLock::new(|| crate::domain::table::rows(include_str!("../inspection_periods.csv")));
    &ROWS
}

/// The class of a vehicle; `None` of one that has no periodic emission inspection or of which too little is known.
#[must_use]
pub fn period_class(vehicle: &Vehicle) -> Option<PeriodClass> {
    let kind = &vehicle.vehicle_type;
    if vehicle.fuel.is_none() || vehicle.fuel.is_pure_electric() {
        return None;
    }
    if matches!(
        vehicle.use_nature,
        UseNature::KindergartenBus | UseNature::PrimarySchoolBus | UseNature::MiddleSchoolBus | UseNature::SchoolBus
    ) {
        return Some(PeriodClass::SchoolBus);
    }
    if kind.as_str().starts_with('M') {
        return Some(PeriodClass::Motorcycle);
    }
    if kind.is_passenger() {
        let small = matches!(kind.size(), Some(SizeClass::Small | SizeClass::Micro));
        return Some(match (vehicle.use_nature.is_operating(), small) {
            (true, _) => PeriodClass::OperatingPassenger,
            (false, true) if kind.is_van() => PeriodClass::Van,
            (false, true) => PeriodClass::PrivateCar,
            (false, false) => PeriodClass::Truck,
        });
    }
    kind.is_truck().then_some(PeriodClass::Truck)
}

/// The first due day that a pass on `passed_on` does not answer; without a pass, the first due day after the
/// registration. A test up to so many months before the due day counts for it.
#[must_use]
pub fn due_after(vehicle: &Vehicle, passed_on: Option<Day>, settings: &Settings, today: Day) -> Option<Day> {
    let early = Months::new(settings.on("inspection_early_months", today));
    let answered = |due: Day| {
        let opens = due.checked_sub_months(early).unwrap_or(Day::MIN);
        passed_on.is_some_and(|passed| passed >= opens)
    };
    due_days(vehicle, settings, today)?.find(|due| !answered(*due))
}

/// The due days up to a day that no pass answers, the first first: those that the register can know of, after the last
/// pass. The first is the day on which the last mark expired; each further one ends a period without a mark.
#[must_use]
pub fn unanswered(vehicle: &Vehicle, passed_on: Option<Day>, settings: &Settings, today: Day) -> Vec<Day> {
    let known_from: Day = settings.on("overdue_inspection_counts_from", today);
    let early = Months::new(settings.on("inspection_early_months", today));
    let opens = |due: Day| due.checked_sub_months(early).unwrap_or(Day::MIN);
    let counts = |due: &Day| *due >= known_from && passed_on.is_none_or(|passed| passed < opens(*due));
    due_days(vehicle, settings, today)
        .map(|days| days.take_while(|due| *due <= today).filter(counts).collect())
        .unwrap_or_default()
}

/// The first day of the inspection cycle in which a day lies: the day after the newest due day before it, or the day of
/// registration.
#[must_use]
pub fn cycle_start(vehicle: &Vehicle, settings: &Settings, day: Day) -> Option<Day> {
    let registered = vehicle.registered_on?;
    let before = due_days(vehicle, settings, day)?.take_while(|due| *due < day).last();
    Some(before.map_or(registered, |due| due.checked_add_days(Days::new(1)).unwrap_or(due)))
}

/// Whether the periodic inspection of a vehicle is overdue: a due day that the register can know of has passed, with its
/// days of grace, and no pass answers it.
#[must_use]
pub fn is_overdue(vehicle: &Vehicle, passed_on: Option<Day>, settings: &Settings, today: Day) -> Option<Day> {
    let known_from: Day = settings.on("overdue_inspection_counts_from", today);
    let grace = Days::new(settings.on("overdue_inspection_grace_days", today));
    let due = due_after(vehicle, passed_on, settings, today)?;
    // A pass before the register's own history is not known, so a due day from before it accuses nobody.
    let due =
        if due >= known_from { Some(due) } else { first_from(vehicle, passed_on, known_from, settings, today) }?;
    let last = due.checked_add_days(grace).unwrap_or(Day::MAX);
    (today > last).then_some(due)
}

fn first_from(
    vehicle: &Vehicle,
    passed_on: Option<Day>,
    known_from: Day,
    settings: &Settings,
    today: Day,
) -> Option<Day> {
    let early = Months::new(settings.on("inspection_early_months", today));
    let opens = |due: Day| due.checked_sub_months(early).unwrap_or(Day::MIN);
    due_days(vehicle, settings, today)?
        .find(|due| *due >= known_from && passed_on.is_none_or(|passed| passed < opens(*due)))
}

/// The due days of a vehicle, the first first: each by the row of its age, at the end of its month where the dated
/// setting says so.
fn due_days(vehicle: &Vehicle, settings: &Settings, today: Day) -> Option<impl Iterator<Item = Day>> {
    let registered = vehicle.registered_on?;
    let class = period_class(vehicle)?;
    let at_month_end = settings.is_on("inspection_due_at_month_end", today);
    let ages = std::iter::successors(Some(next_age(class, 0, today)?), move |age| next_age(class, *age, today));
    Some(ages.map_while(move |age| {
        let day = registered.checked_add_months(Months::new(age))?;
        if at_month_end { month_end(day) } else { Some(day) }
    }))
}

fn next_age(class: PeriodClass, age: u32, today: Day) -> Option<u32> {
    let rows = inspection_periods().iter().filter(|row| row.class == class && row.effective_from <= today);
    let row =
        rows.filter(|row| row.from_age_months <= age).max_by_key(|row| (row.from_age_months, row.effective_from));
    row.filter(|row| row.months > 0).and_then(|row| age.checked_add(row.months))
}

fn month_end(day: Day) -> Option<Day> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}
