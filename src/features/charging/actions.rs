//! Changes of charging sites, and what they provide on a day.

use std::collections::BTreeMap;

use super::{
    store,
    wire::{CapacityOut, ClosureIn, ProvisionOut, SiteIn},
};
use crate::{
    domain::{
        charging::{ChargingSite, Provision, Rates, SiteError},
        event::Event,
        id::Id,
        settings::Settings,
        time::{Day, Instant},
        vehicle::area::AreaCode,
    },
    platform::{
        db::{AnyConnection, Tx},
        problem::{Kind, Problem},
        state::Ground,
    },
};

/// Registers a site.
///
/// # Errors
/// It contradicts itself (422), or the operator has one of this name and day (409).
pub fn register_charging_site(tx: &mut Tx<'_>, on: &Ground, told: &SiteIn) -> Result<ChargingSite, Problem> {
    let site = told.read(tx.mint())?;

    site.check().map_err(misfit)?;

    let at = tx.at();
    if !store::insert(tx.conn(), &site, at)? {
        return Err(Problem::new(Kind::AlreadyExists)
            .because("the operator has a site of this name from this day", "该运营单位已登记同名同日投用的站点"));
    }
    tx.record(on.caller.home(), Event::ChargingSiteRegistered { site: site.id });
    Ok(site)
}

/// A site goes out of service after a day.
///
/// # Errors
/// No such site (404), it is closed already (409), or the day lies before its first (422).
pub fn close_charging_site(
    tx: &mut Tx<'_>,
    on: &Ground,
    id: Id<ChargingSite>,
    told: &ClosureIn,
) -> Result<ChargingSite, Problem> {
    let mut site = store::lock(tx.conn(), id)?;
    if site.to.is_some() {
        return Err(Problem::new(Kind::WrongState).because("the site is closed already", "该站点已停用"));
    }

    site.to = Some(told.last_on);
    site.check().map_err(|error| Problem::invalid("/last_on", "order", error.to_string(), "停用日期早于投用日期"))?;

    let at = tx.at();
    store::close(tx.conn(), id, told.last_on, at)?;
    tx.record(on.caller.home(), Event::ChargingSiteClosed { site: id, on: told.last_on });
    Ok(site)
}

/// What the sites of an area provide on a day, as it was known at an instant or is known now.
///
/// # Errors
/// The database fails.
pub fn provision(
    conn: &mut AnyConnection,
    settings: &Settings,
    (area, day): (&AreaCode, Day),
    known_at: Option<Instant>,
) -> Result<Provision, Problem> {
    let rates = Rates::on(settings, day);
    let sites = store::known(conn, known_at)?;
    let here = sites.iter().filter(|site| site.area.is_within(area));
    Ok(here.map(|site| site.provision(rates, day)).fold(Provision::default(), Provision::and))
}

/// The sites as they were known at an instant, or as they are known now.
///
/// # Errors
/// The database fails.
pub fn sites_known(conn: &mut AnyConnection, at: Option<Instant>) -> Result<Vec<ChargingSite>, Problem> {
    Ok(store::known(conn, at)?)
}

/// The figures of an area against the plan's goal, with the rates by which they were reached.
///
/// # Errors
/// The database fails.
pub fn capacity(
    conn: &mut AnyConnection,
    settings: &Settings,
    area: &AreaCode,
    day: Day,
) -> Result<CapacityOut, Problem> {
    let rates = Rates::on(settings, day);
    let mut areas = BTreeMap::<AreaCode, Provision>::new();
    for site in store::on_day(conn, day)?.iter().filter(|site| site.area.is_within(area)) {
        let sum = areas.entry(site.area.clone()).or_default();
        *sum = sum.and(site.provision(rates, day));
    }
    let whole = areas.values().copied().fold(Provision::default(), Provision::and);
    let by_area = areas.into_iter().map(|(area, provision)| ProvisionOut { area, provision }).collect();
    Ok(CapacityOut::new(area.clone(), day, whole, by_area, settings))
}

fn misfit(error: SiteError) -> Problem {
    let (pointer, code, zh) = match error {
        SiteError::NoConnectors => ("/connectors", "missing", "充电站须有至少一个充电枪"),
        SiteError::NoSwaps => ("/swaps_a_day", "missing", "换电站须有日换电能力"),
        SiteError::EndsBeforeItBegins => ("/in_service_to", "order", "停用日期早于投用日期"),
    };
    Problem::invalid(pointer, code, error.to_string(), zh)
}
