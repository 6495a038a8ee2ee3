//! The nightly walk: once on each legal day through all vehicles, in batches that each commit with the place reached, so
//! that a walk that was cut off goes on where it stood, in whichever process.

use crate::{
    domain::{
        event::Event,
        lawbook::Lawbook,
        listing::LiftedBy,
        listing_rule::unanswered,
        removal::{Removal, RemovalFacts, RemovalGround, grounds, owner_kind},
        scrap::{Failing, ScrapFacts},
        settings::Settings,
        time::{Day, is_past},
        vehicle::Vehicle,
    },
    features::{
        cases, fleet, inspections, listings,
        removals::store::{self, Kept, Listed, Walk},
        vehicles,
    },
    platform::{
        db::{AnyConnection, Tx},
        journal::Actor,
        problem::Problem,
        state::State,
    },
};

/// Vehicles of one batch: small enough that other changes wait for milliseconds.
const BATCH: i64 = 500;
/// Batches of one tick, after which the other deadlines have their turn.
const BATCHES_A_TICK: usize = 200;

/// A batch that was looked at: what holds for each vehicle, and the place to which it leads.
struct Batch {
    from: Walk,
    to: Walk,
    found: Vec<Found>,
}

/// What holds for a vehicle; once it has left the fleet, nothing does.
struct Found {
    vehicle: Vehicle,
    listed: Listed,
    grounds: Vec<RemovalFacts>,
    left_on: Option<Day>,
}

/// Walks on through the register, until the day's walk is done or the tick is over.
///
/// # Errors
/// The database fails.
pub async fn walk_fleet(state: &State) -> Result<(), Problem> {
    for _ in 0..BATCHES_A_TICK {
        let (lawbook, today) = (state.lawbook.get(), state.clock.now().local_day());
        let book = lawbook.clone();
        let Some(batch) = state.db.read(move |conn| look(conn, &book.settings, today)).await? else { return Ok(()) };
        let keep = move |tx: &mut Tx<'_>| keep(tx, &lawbook, today, &batch);
        state.db.write("walk_fleet", Actor::service(), keep).await?;
    }
    Ok(())
}

/// Looks at the next vehicles; none when the day's walk is done.
fn look(conn: &mut AnyConnection, settings: &Settings, today: Day) -> Result<Option<Batch>, Problem> {
    let from = store::walk_of(conn, today)?;
    if from.done {
        return Ok(None);
    }
    let next = vehicles::walk(conn, from.after, BATCH)?;
    let ids: Vec<_> = next.iter().map(|(vehicle, _)| vehicle.id).collect();
    let (last, cases) = (inspections::last_tests(conn, &ids)?, cases::open_cases(conn, &ids)?);
    let (exits, sighted) = (fleet::exits(conn, &ids)?, fleet::last_seen(conn, &ids)?);
    let seen = i64::try_from(next.len()).unwrap_or(BATCH);
    let after = ids.last().copied().or(from.after);
    let to = Walk { after, seen: from.seen + seen, done: seen < BATCH, started: true };
    let look = |(vehicle, owner): (Vehicle, Option<_>)| {
        let (tests, case) = (last.get(&vehicle.id), cases.get(&vehicle.id));
        let failing = case.map(|case| Failing {
            case: case.id,
            failed_retests: case.round - 1,
            last_on: case.failing.ended_at.local_day(),
        });
        let facts = ScrapFacts {
            odometer_km: tests.and_then(|tests| tests.odometer_km),
            failing,
            unanswered: unanswered(&vehicle, tests.and_then(|tests| tests.passed_on), settings, today),
            ..ScrapFacts::default()
        };
        let left_on = exits.get(&vehicle.id).map(|(day, _)| *day);
        let there = left_on.is_none();
        let grounds = if there { grounds(&vehicle, &facts, settings, today) } else { Vec::new() };
        let listed = Listed {
            area: vehicle.area.clone(),
            owner_kind: owner_kind(owner.as_ref()),
            size: vehicle.vehicle_type.size(),
            stage: vehicle.stage,
            last_seen_on: tests.map(|tests| tests.seen_on).max(sighted.get(&vehicle.id).copied()),
        };
        Found { vehicle, listed, grounds, left_on }
    };
    Ok(Some(Batch { from, to, found: next.into_iter().map(look).collect() }))
}

/// Keeps what a batch found, unless another process has walked here in the meantime.
fn keep(tx: &mut Tx<'_>, lawbook: &Lawbook, today: Day, batch: &Batch) -> Result<(), Problem> {
    let at = tx.at();
    if !store::advance(tx.conn(), today, &batch.from, &batch.to, at)? {
        return Ok(());
    }
    let ids: Vec<_> = batch.found.iter().map(|found| found.vehicle.id).collect();
    let (mut known, contacts) = (store::of_vehicles(tx.conn(), &ids)?, store::last_contacts(tx.conn(), &ids)?);
    let mut changed = Vec::new();
    for Found { vehicle, listed, grounds, left_on } in &batch.found {
        let before = known.remove(&vehicle.id).unwrap_or_default();
        let contact = contacts.get(&vehicle.id).copied().unwrap_or_default();
        for facts in grounds {
            let old = before.iter().find(|kept| kept.removal.facts.ground() == facts.ground());
            let removal = match old {
                Some(old) => old.removal.clone().find_again(facts.clone(), today),
                None => Removal::find(vehicle.id, facts.clone(), today),
            };
            if old.is_none_or(|old| old.removal.standing() != removal.standing()) {
                tx.record(vehicle.id, Event::RemovalFound { ground: facts.ground() });
            }
            list_overdue(tx, lawbook, &removal)?;
            let new = Kept { removal, listed: listed.clone(), contact };
            changed.extend((old != Some(&new)).then_some(new));
        }
        for old in before {
            changed.extend(gone(tx, old, grounds, (*left_on, today))?);
        }
    }
    Ok(store::save_all(tx.conn(), &changed)?)
}

/// A ground that was known and holds no more, or whose vehicle is gone; what people reported stays while it is there.
fn gone(
    tx: &mut Tx<'_>,
    old: Kept,
    found: &[RemovalFacts],
    (left_on, today): (Option<Day>, Day),
) -> Result<Option<Kept>, Problem> {
    let ground = old.removal.facts.ground();
    let holds = found.iter().any(|facts| facts.ground() == ground);
    let reported = ground == RemovalGround::SafetyFails && left_on.is_none();
    if holds || reported || old.removal.has_left() {
        return Ok(None);
    }
    let vehicle = old.removal.vehicle;
    let removal = old.removal.clone().leave(left_on.unwrap_or(today)).map_err(|error| Problem::internal(&error))?;
    tx.record(vehicle, Event::RemovalLeft { ground });
    if ground == RemovalGround::DieselTruck {
        let (by, reason) = match left_on {
            Some(_) => (LiftedBy::LeftStock, "车辆已报废、注销或转出"),
            None => (LiftedBy::Decision, "车辆信息更正后不再属于淘汰范围"),
        };
        listings::lift_elimination(tx, vehicle, by, reason)?;
    }
    Ok(Some(Kept { removal, ..old }))
}

/// A truck of the scope that is still there after its deadline is listed, where the dated setting says so.
fn list_overdue(tx: &mut Tx<'_>, lawbook: &Lawbook, removal: &Removal) -> Result<(), Problem> {
    let RemovalFacts::Scope(facts) = &removal.facts else { return Ok(()) };
    let overdue = facts.deadline_on.filter(|deadline| is_past(*deadline, tx.at()));
    let Some(deadline) = overdue.filter(|_| lawbook.settings.is_on("elimination_lists", tx.at().local_day())) else {
        return Ok(());
    };
    let basis = format!("属于国三及以下柴油货车淘汰范围，逾期未淘汰（期限 {deadline}）");
    listings::list_elimination(tx, lawbook, removal.vehicle, basis)?;
    Ok(())
}
