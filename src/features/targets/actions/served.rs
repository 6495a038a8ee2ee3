//! The electric vehicles that charging and swap sites serve (规划 二(三)3), by the dated rates, against the goal of the day.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::{Question, counting::month_end, tallies::tally_out};
use crate::{
    domain::{
        charging::{ChargingSite, Provision, Rates},
        target::Tally,
        time::Day,
        vehicle::area::{AreaCode, CITY},
    },
    features::{
        charging,
        targets::wire::{AreaTallyOut, MonthTallyOut, ReadingOut},
    },
    platform::{db::AnyConnection, problem::Problem},
};

/// The name of the only reading.
const READING: &str = "vehicles_served";

/// What the sites serve on the day asked of, by area and by month of its year.
///
/// # Errors
/// The database cannot be read.
pub fn reading(conn: &mut AnyConnection, question: &Question) -> Result<(ReadingOut, Tally), Problem> {
    let (target, sites) = (&question.target, sites(conn, question)?);
    let whole = whole(question, &sites, question.as_of);
    let mut areas: Vec<_> = by_area(question, &sites).into_iter().collect();
    areas.sort_by(|(code, served), (other_code, other)| other.cmp(served).then(code.cmp(other_code)));
    let area_out = |(code, served): (AreaCode, i64)| AreaTallyOut {
        name: code.area().map(|area| area.name.clone()).unwrap_or_default(),
        area: code,
        tally: tally_out(target, Tally { counted: served, ..Tally::default() }),
    };
    let out = ReadingOut {
        reading: READING.to_owned(),
        zh: "充换电设施可服务车辆".to_owned(),
        en: "Electric vehicles served by charging and swap sites".to_owned(),
        judging: true,
        whole: tally_out(target, whole),
        trades: Vec::new(),
        areas: areas.into_iter().map(area_out).collect(),
        trend: trend(question, &sites),
    };
    Ok((out, whole))
}

/// The count of the only reading.
///
/// # Errors
/// The database cannot be read.
pub fn tally(conn: &mut AnyConnection, question: &Question) -> Result<(String, Tally), Problem> {
    let sites = sites(conn, question)?;
    Ok((READING.to_owned(), whole(question, &sites, question.as_of)))
}

/// The sites that count, as they were known.
fn sites(conn: &mut AnyConnection, question: &Question) -> Result<Vec<ChargingSite>, Problem> {
    let mut sites = charging::sites_known(conn, question.known_at())?;
    sites.retain(|site| question.target.counts_area(&site.area, question.area.as_ref()));
    Ok(sites)
}

/// What they serve on a day. The goal is the whole city's, and an empty register is no data.
fn whole(question: &Question, sites: &[ChargingSite], day: Day) -> Tally {
    let rates = Rates::on(&question.settings, day);
    let sum = sites.iter().map(|site| site.provision(rates, day)).fold(Provision::default(), Provision::and);
    let is_city = question.area.as_ref().is_none_or(|area| area.as_str() == CITY);
    let goal: i64 = question.settings.on("charging_goal_vehicles", day);
    Tally { counted: sum.vehicles, total: if is_city && !sites.is_empty() { goal } else { 0 }, unknown: 0 }
}

fn by_area(question: &Question, sites: &[ChargingSite]) -> BTreeMap<AreaCode, i64> {
    let rates = Rates::on(&question.settings, question.as_of);
    let mut areas = BTreeMap::<AreaCode, i64>::new();
    for site in sites.iter().filter(|site| site.serves_on(question.as_of)) {
        *areas.entry(site.area.clone()).or_default() += site.provision(rates, question.as_of).vehicles;
    }
    areas
}

fn trend(question: &Question, sites: &[ChargingSite]) -> Vec<MonthTallyOut> {
    let month = |number: u32| {
        let first = Day::from_ymd_opt(question.year, number, 1)?;
        let tally = whole(question, sites, month_end(first).min(question.as_of));
        let tally = tally_out(&question.target, tally);
        Some(MonthTallyOut {
            month: format!("{:04}-{number:02}", question.year),
            of_month: tally.clone(),
            to_date: tally,
        })
    };
    if sites.is_empty() { Vec::new() } else { (1..=question.as_of.month()).filter_map(month).collect() }
}
