//! Findings by a simulated city: honest stations, and every cheat at its strengths among them. What is printed here stands
//! in docs/operations.md.

mod cheats;
mod city;
mod dice;
mod measures;
mod traces;
mod what_is_told;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use imfleet::{
    domain::{
        finding::{FindingKind, Standing},
        id::Id,
        inspection::Inspection,
        party::Organisation,
        settings::Settings,
        supervision::{Fold, Measured, Rules, TestFacts, of_day, of_test, of_window},
        time::Day,
        words::Word,
    },
    statistics::chances::Figures,
};

use self::{
    cheats::{CHEATS, Cheat},
    city::{Station, Tested, models, repairs},
    dice::Dice,
};
use crate::{cast::local, station::day};

const SEEDS: [u64; 4] = [610_511, 714_000, 715_400, 726_100];
const HONEST: usize = 20;
const TESTS: i64 = 540;
/// The stated rate of false alarms: of a thousand honest tests, and of a hundred honest stations, at most so many.
const FALSE_TESTS_PERMILLE: i64 = 1;
const FALSE_STATIONS_PERCENT: i64 = 5;

/// A cheating station: the tests that were touched.
struct Culprit {
    cheat: Cheat,
    station: Id<Organisation>,
    touched: BTreeSet<Id<Inspection>>,
}

#[derive(Default)]
struct Tally {
    planted: i64,
    found: i64,
}

/// Runs the city of one seed; answers what was found, who cheats, and who is honest.
fn run(seed: u64) -> (Vec<Measured>, Vec<Culprit>, BTreeSet<Id<Organisation>>, i64) {
    let mut dice = Dice::new(seed);
    let models = models(&mut dice);
    let (mut tests, mut honest, mut culprits) = (Vec::new(), BTreeSet::new(), Vec::new());
    for _ in 0..HONEST {
        let station = Station::new(&mut dice);
        honest.insert(station.id);
        tests.extend(station.work(&mut dice, &models, TESTS, 150));
    }
    let sound = i64::try_from(tests.len()).unwrap();
    for cheat in CHEATS {
        let station = Station::new(&mut dice);
        let mut worked = station.work(&mut dice, &models, TESTS, 20);
        let touched = cheat.plant(&mut dice, &mut worked);
        let touched = touched.into_iter().map(|at| worked[at].facts.inspection).collect();
        culprits.push(Culprit { cheat: *cheat, station: station.id, touched });
        tests.extend(worked);
    }
    (look(tests), culprits, honest, sound)
}

/// What the service does: each test by itself, each day by itself, and the window as the sum of its days.
fn look(tests: Vec<Tested>) -> Vec<Measured> {
    let settings = Settings::delivered();
    let rules = Rules { settings: &settings, day: day("2026-11-24") };
    let (mut found, mut days): (Vec<Measured>, BTreeMap<Day, Vec<TestFacts>>) = (Vec::new(), BTreeMap::new());
    let mut prints = HashMap::new();
    for Tested { mut facts, trace } in tests {
        facts.trace = trace.map(|trace| {
            assert_eq!(trace.check(facts.method), [], "the city sends sound records");
            trace.facts()
        });
        if let Some(trace) = facts.trace.as_mut()
            && let Some(print) = &trace.print
        {
            let first = *prints.entry(print.clone()).or_insert((facts.vehicle, facts.inspection, facts.station));
            trace.repeats = (first.0 != facts.vehicle).then_some(first);
        }
        found.extend(of_test(&facts, &rules));
        days.entry(facts.started_at.local_day()).or_default().push(facts);
    }
    let mut window = Fold::default();
    for tests in days.values() {
        let (of_this_day, fold) = of_day(tests, &[], &rules);
        found.extend(of_this_day);
        window.merge(&fold);
    }
    let concluded = of_window(&window, &rules, &Figures);
    found.extend(concluded.into_iter().filter(|measured| measured.standing == Standing::Found));
    found
}

#[test]
fn planted_cheats_are_found_as_stated_and_honest_stations_are_left_alone() {
    let mut recalls: Vec<Tally> = CHEATS.iter().map(|_| Tally::default()).collect();
    let mut alarms: BTreeMap<FindingKind, i64> = BTreeMap::new();
    let (mut honest_tests, mut honest_stations) = (0, 0);
    for seed in SEEDS {
        let (found, culprits, honest, sound) = run(seed);
        honest_tests += sound;
        honest_stations += i64::try_from(honest.len()).unwrap();
        let mut kinds_at = BTreeSet::new();
        for measured in found.iter().filter(|measured| honest.contains(&measured.subject.organisation)) {
            let each = measured.subject.inspection.is_some();
            if each || kinds_at.insert((measured.kind, measured.subject.organisation)) {
                *alarms.entry(measured.kind).or_default() += 1;
            }
        }
        for (culprit, tally) in culprits.iter().zip(&mut recalls) {
            count(culprit, &found, tally);
        }
    }
    let rows = print(&recalls, &alarms, honest_tests, honest_stations);
    for (cheat, tally) in CHEATS.iter().zip(&recalls) {
        assert!(tally.planted > 0, "{} {} was never planted", cheat.kind, cheat.strength);
        assert!(tally.found * 100 >= tally.planted * cheat.recall, "{} {}\n{rows}", cheat.kind, cheat.strength);
    }
    for (kind, alarms) in alarms {
        let of_station = CHEATS.iter().any(|cheat| cheat.kind == kind && cheat.is_of_station());
        let stated = if of_station {
            alarms * 100 <= honest_stations * FALSE_STATIONS_PERCENT
        } else {
            alarms * 1_000 <= honest_tests * FALSE_TESTS_PERMILLE
        };
        assert!(stated, "{kind} accuses {alarms} times\n{rows}");
    }
}

/// Counts what was planted and what of it was found.
fn count(culprit: &Culprit, found: &[Measured], tally: &mut Tally) {
    let of_kind = |measured: &&Measured| {
        measured.kind == culprit.cheat.kind && measured.subject.organisation == culprit.station
    };
    if culprit.cheat.is_of_station() {
        tally.planted += 1;
        tally.found += i64::from(found.iter().any(|measured| of_kind(&measured)));
        return;
    }
    let named: BTreeSet<_> =
        found.iter().filter(of_kind).filter_map(|measured| measured.subject.inspection).collect();
    tally.planted += i64::try_from(culprit.touched.len()).unwrap();
    let of_vehicles = culprit.cheat.kind == FindingKind::PowerBelowModel;
    tally.found += if of_vehicles {
        i64::try_from(found.iter().filter(of_kind).count()).unwrap()
    } else {
        i64::try_from(named.intersection(&culprit.touched).count()).unwrap()
    };
}

/// The table of docs/operations.md.
#[expect(clippy::print_stdout, reason = "the table is copied into the docs")]
fn print(recalls: &[Tally], alarms: &BTreeMap<FindingKind, i64>, tests: i64, stations: i64) -> String {
    let mut rows =
        vec!["| pattern | cheat | planted | found | false alarms |".to_owned(), "|---|---|---|---|---|".to_owned()];
    for (cheat, tally) in CHEATS.iter().zip(recalls) {
        let alarms = alarms.get(&cheat.kind).copied().unwrap_or_default();
        let of = if cheat.is_of_station() { format!("{stations} stations") } else { format!("{tests} tests") };
        let (kind, strength) = (cheat.kind.word(), cheat.strength);
        let percent = tally.found * 100 / tally.planted.max(1);
        rows.push(format!("| `{kind}` | {strength} | {} | {percent} % | {alarms} of {of} |", tally.planted));
    }
    let rows = rows.join("\n");
    println!("{rows}");
    rows
}

#[test]
fn a_window_is_the_sum_of_its_days_in_any_order() {
    let mut dice = Dice::new(7);
    let models = models(&mut dice);
    let worked = Station::new(&mut dice).work(&mut dice, &models, 200, 0);
    let tests: Vec<TestFacts> = worked.into_iter().map(|tested| tested.facts).collect();
    let shop = dice.id();
    let repairs = repairs(&mut dice, shop, 30, 200);
    let settings = Settings::delivered();
    let rules = Rules { settings: &settings, day: day("2026-11-24") };
    let (_, whole) = of_day(&tests, &repairs, &rules);
    let (mut forward, mut backward) = (Fold::default(), Fold::default());
    let parts: Vec<Fold> = tests.chunks(37).map(|part| of_day(part, &[], &rules).1).collect();
    let of_repairs = of_day(&[], &repairs, &rules).1;
    parts.iter().chain([&of_repairs]).for_each(|part| forward.merge(part));
    [&of_repairs].into_iter().chain(parts.iter().rev()).for_each(|part| backward.merge(part));
    assert_eq!((&forward, &backward), (&whole, &whole));
    let kept: Fold = serde_json::from_str(&serde_json::to_string(&whole).unwrap()).unwrap();
    assert_eq!(kept, whole);
}

#[test]
fn repair_shops_that_repeat_themselves_are_told_from_those_with_a_favourite() {
    let mut dice = Dice::new(9);
    let settings = Settings::delivered();
    let rules = Rules { settings: &settings, day: day("2026-11-24") };
    for (count, alike, standing) in [
        (60, 250, Standing::InOrder),
        (60, 750, Standing::Found),
        (60, 1_000, Standing::Found),
        (10, 1_000, Standing::InsufficientData),
    ] {
        let shop = dice.id();
        let (found, fold) = of_day(&[], &repairs(&mut dice, shop, count, alike), &rules);
        assert_eq!(found, [], "a retest follows its repair");
        let concluded = of_window(&fold, &rules, &Figures);
        assert_eq!(concluded.iter().map(|measured| measured.standing).collect::<Vec<_>>(), [standing]);
    }
    let shop = dice.id();
    let mut late = repairs(&mut dice, shop, 1, 0);
    late[0].retested_on = late[0].done_on.pred_opt();
    let (found, _) = of_day(&[], &late, &rules);
    assert_eq!(
        found.iter().map(|measured| (measured.kind, measured.numerator)).collect::<Vec<_>>(),
        [(FindingKind::RepairAfterRetest, 1)]
    );
    assert!(local("2026-09-01 12:00:00").local_day() == late[0].done_on);
}
