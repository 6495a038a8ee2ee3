//! A question about a standing: which version of the target, which days, which law, as they were known.

use chrono::{Datelike, Duration};

use crate::{
    domain::{
        fleet::Book,
        id::Id,
        party::Organisation,
        role::Role,
        settings::Settings,
        target::{NewEnergy, Reading, Target, TargetKind},
        time::{Day, Instant},
        vehicle::area::{AreaCode, areas},
    },
    features::{
        fleet::Lookup,
        rules,
        targets::{store, wire::StandingsQuery},
    },
    platform::{auth::Caller, db::AnyConnection, problem::Problem},
};

/// A question that can be answered.
pub struct Question {
    /// The target in the version of the day.
    pub target: Target,
    /// The settings as they were known.
    pub settings: Settings,
    /// What makes a new-energy vehicle on the day.
    pub new_energy: NewEnergy,
    /// The calendar year of the last day.
    pub year: i32,
    /// The last day that counts.
    pub as_of: Day,
    /// At the end of which day it was known.
    pub known_on: Option<Day>,
    /// Within an area.
    pub area: Option<AreaCode>,
    /// Of one operator.
    pub operator: Option<Id<Organisation>>,
    /// Now.
    pub now: Instant,
}

impl Question {
    /// Reads what is asked; a fleet operator asks of itself.
    ///
    /// # Errors
    /// No such target (404), or days and area that cannot be (422).
    pub fn read(
        conn: &mut AnyConnection,
        caller: &Caller,
        id: &str,
        asked: &StandingsQuery,
        now: Instant,
    ) -> Result<Self, Problem> {
        let today = now.local_day();
        let as_of = last_day(asked, today)?;
        if asked.as_known.is_some_and(|known| known > today) {
            return Err(in_the_future("/as_known"));
        }
        if asked.area.as_ref().is_some_and(|area| area.area().is_none()) {
            let (en, zh) = ("the area is none of this city", "不是本市行政区划");
            return Err(Problem::invalid("/area", "unknown_area", en, zh));
        }
        let known_at = asked.as_known.map(end_of);
        let settings = rules::settings_known(conn, known_at.unwrap_or(now))?;
        Ok(Self {
            target: version(conn, id, as_of, known_at)?,
            new_energy: settings.on("new_energy_kinds", as_of),
            settings,
            year: as_of.year(),
            as_of,
            known_on: asked.as_known,
            area: asked.area.clone(),
            operator: if caller.role == Role::FleetOperator { Some(caller.home()) } else { asked.operator_id },
            now,
        })
    }

    /// The question that the service itself asks: the whole city, today, as known now.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn of_today(conn: &mut AnyConnection, target: Target, now: Instant) -> Result<Self, Problem> {
        let settings = rules::settings_known(conn, now)?;
        let as_of = now.local_day();
        Ok(Self {
            target,
            new_energy: settings.on("new_energy_kinds", as_of),
            settings,
            year: as_of.year(),
            as_of,
            known_on: None,
            area: None,
            operator: None,
            now,
        })
    }

    /// The same question about another day, as it was known on a day or is known now.
    #[must_use]
    pub fn about(&self, as_of: Day, known_on: Option<Day>) -> Self {
        Self {
            target: self.target.clone(),
            settings: self.settings.clone(),
            new_energy: self.new_energy.clone(),
            area: self.area.clone(),
            year: as_of.year(),
            as_of,
            known_on,
            ..*self
        }
    }

    /// The instant at which it was known.
    #[must_use]
    pub fn known_at(&self) -> Option<Instant> {
        self.known_on.map(end_of)
    }

    /// Whether nothing that is recorded from now on can change the answer.
    #[must_use]
    pub fn is_final(&self) -> bool {
        // A change that began on the day may take a while to be committed.
        self.known_at().is_some_and(|known| known.plus(Duration::minutes(10)) < self.now)
    }

    /// The book that the target is counted by.
    #[must_use]
    pub fn book(&self) -> Book {
        if self.target.kind == TargetKind::FlowShare { Book::Additions } else { Book::Stock }
    }

    /// Whether the rollups end on its last day: today, or the end of a month, as known now.
    #[must_use]
    pub fn is_rolled_up(&self) -> bool {
        let ends_month = self.as_of.succ_opt().is_none_or(|next| next.day() == 1);
        let is_today = self.as_of >= self.now.local_day();
        self.known_on.is_none() && self.operator.is_none() && (is_today || ends_month)
    }

    /// The areas asked for; none when it is the whole city.
    #[must_use]
    pub fn areas(&self) -> Option<Vec<AreaCode>> {
        let within = self.area.as_ref()?;
        Some(areas().iter().map(|area| &area.code).filter(|area| area.is_within(within)).cloned().collect())
    }

    /// The entries that a reading is about.
    #[must_use]
    pub fn lookup(&self, reading: &Reading) -> Lookup {
        let within = |area: &&AreaCode| self.target.counts_area(area, self.area.as_ref());
        let all = self.area.is_none() && self.target.counts_hancheng;
        let areas = areas().iter().map(|area| &area.code).filter(within).cloned();
        let mut areas: Vec<AreaCode> = if all { Vec::new() } else { areas.collect() };
        if areas.is_empty() && !all {
            // Nothing counts there: the area that is assessed apart, asked for by itself.
            areas.extend(AreaCode::read("000000").ok());
        }
        Lookup {
            book: self.book(),
            from: Day::from_ymd_opt(self.year, 1, 1).unwrap_or_default(),
            to: self.as_of,
            as_known: self.known_at(),
            operator: self.operator,
            areas,
            trades: reading.scope.trades.clone(),
            trucks: reading.scope.trucks,
            fuel: reading.scope.fuel,
            energies: Vec::new(),
            stages: Vec::new(),
            either: None,
        }
    }
}

/// The last instant of a day.
fn end_of(day: Day) -> Instant {
    let next = day.succ_opt().map_or_else(|| Instant::start_of(day), Instant::start_of);
    next.minus(Duration::microseconds(1))
}

fn last_day(asked: &StandingsQuery, today: Day) -> Result<Day, Problem> {
    let ends = asked.year.and_then(Target::last_day_of);
    if asked.year.is_some_and(|year| !(2000..=today.year()).contains(&year)) {
        return Err(in_the_future("/year"));
    }
    let as_of = asked.as_of.unwrap_or_else(|| ends.map_or(today, |last| last.min(today)));
    if as_of > today {
        return Err(in_the_future("/as_of"));
    }
    if asked.year.is_some_and(|year| year != as_of.year()) {
        let (en, zh) = ("the day lies in another year", "日期不在该年度");
        return Err(Problem::invalid("/as_of", "not_in_year", en, zh));
    }
    Ok(as_of)
}

fn in_the_future(pointer: &'static str) -> Problem {
    Problem::invalid(pointer, "out_of_range", "lies in the future, or before 2000", "晚于今日，或早于2000年")
}

/// The version that held on a day, as it was known at an instant or is known now; none before the first.
///
/// # Errors
/// No such target (404), or the database cannot be read.
pub fn version_known(
    conn: &mut AnyConnection,
    id: &str,
    on: Day,
    known_at: Option<Instant>,
) -> Result<Option<Target>, Problem> {
    let versions = store::versions(conn, id)?;
    if versions.is_empty() {
        return Err(Problem::not_found());
    }
    let known = versions.into_iter().filter(|row| known_at.is_none_or(|at| row.recorded_at <= at));
    let held = known.filter(|row| row.effective_from <= on);
    Ok(held.max_by_key(|row| (row.effective_from, row.version)).map(|row| row.target.0))
}

fn version(conn: &mut AnyConnection, id: &str, on: Day, known_at: Option<Instant>) -> Result<Target, Problem> {
    version_known(conn, id, on, known_at)?.ok_or_else(|| {
        Problem::invalid("/as_of", "before_the_target", "the target did not hold yet", "该目标当时尚未生效")
    })
}
