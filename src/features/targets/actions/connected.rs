//! The share of inspection stations whose data came on the last working day.

use chrono::{Datelike, Weekday};

use super::{Question, tallies::tally_out};
use crate::{
    domain::{
        target::Tally,
        time::{Day, Instant},
        vehicle::area::AreaCode,
    },
    features::targets::{
        store,
        wire::{AreaTallyOut, ReadingOut},
    },
    platform::{db::AnyConnection, problem::Problem},
};

/// Counts the stations that were connected on the last working day before the day asked of.
///
/// # Errors
/// The database cannot be read.
pub fn reading(conn: &mut AnyConnection, question: &Question) -> Result<(ReadingOut, Tally), Problem> {
    let day = last_working_day(question.as_of);
    let (from, to) = (Instant::start_of(day), Instant::start_of(day.succ_opt().unwrap_or(day)));
    let stations = store::stations(conn, to)?;
    let area_of = |code: &str| AreaCode::read(code).ok();
    let here = |code: &AreaCode| question.target.counts_area(code, question.area.as_ref());
    let stations: Vec<_> = stations
        .into_iter()
        .filter_map(|(id, code)| Some((id, area_of(&code)?)))
        .filter(|(_, code)| here(code))
        .collect();
    let ids: Vec<_> = stations.iter().map(|(id, _)| *id).collect();
    let connected = store::connected(conn, &ids, (from, to))?;
    let mut whole = Tally::default();
    let mut areas = std::collections::BTreeMap::<AreaCode, Tally>::new();
    for (id, code) in stations {
        let own = Tally { counted: i64::from(connected.contains(&id)), total: 1, unknown: 0 };
        whole.add(own);
        areas.entry(code).or_default().add(own);
    }
    let area_out = |(code, tally): (AreaCode, Tally)| AreaTallyOut {
        name: code.area().map(|area| area.name.clone()).unwrap_or_default(),
        area: code,
        tally: tally_out(&question.target, tally),
    };
    let out = ReadingOut {
        reading: format!("stations_on_{day}"),
        zh: format!("{day} 有数据的检验机构"),
        en: format!("Stations with data of {day}"),
        judging: true,
        whole: tally_out(&question.target, whole),
        trades: Vec::new(),
        areas: areas.into_iter().map(area_out).collect(),
        trend: Vec::new(),
    };
    Ok((out, whole))
}

/// The last working day before a day: Monday to Friday, since holidays are not known here.
fn last_working_day(day: Day) -> Day {
    let back = match day.weekday() {
        Weekday::Mon => 3,
        Weekday::Sun => 2,
        _ => 1,
    };
    day.checked_sub_days(chrono::Days::new(back)).unwrap_or(day)
}
