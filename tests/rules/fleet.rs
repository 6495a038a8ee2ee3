//! The fleet register: which movements are refused, what each vehicle adds to the books, and that the books never lie.

use std::collections::BTreeMap;

use imfleet::domain::{
    fleet::{
        Book, Build, Cell, Entry, FleetOddity, FuelGroup, History, Learned, Membership, MembershipError, Movement,
        MovementError, MovementKind, Trade, Trades, TruckClass, check_membership, check_movements, entries, oddities,
        settle,
    },
    time::Day,
    vehicle::{Vehicle, area::AreaCode, energy::EnergyKind, stage::Stage},
    words::Word,
};
use proptest::prelude::*;
use rstest::rstest;
use serde::Deserialize;

use crate::{
    cast::{car, id, local},
    golden,
    station::day,
};

pub const BUS: Build =
    Build { truck: TruckClass::NotATruck, fuel: FuelGroup::Other, stage: Stage::Electric, energy: EnergyKind::Bev };

pub fn area(code: &str) -> AreaCode {
    AreaCode::read(code).unwrap()
}

/// `registered 2026-03-01`, the number of its place in the story.
fn movement(number: u128, kind: &str, on: &str) -> Movement {
    let kind = MovementKind::parse(kind).unwrap();
    let replaces = (kind == MovementKind::Renewed).then(|| id(77));
    Movement { id: id(number), kind, held_on: day(on), area: area("610502"), replaces }
}

/// `registered 2026-03-01 scrapped 2026-04-01`.
pub fn movements(text: &str) -> Vec<Movement> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..).zip(words.chunks(2)).map(|(number, pair)| movement(number, pair[0], pair[1])).collect()
}

/// `bus 2026-03-01 taxi 2026-03-01/2026-04-01`.
pub fn memberships(text: &str) -> Vec<Membership> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let membership = |(number, pair): (u128, &[&str])| {
        let (from, to) = pair[1].split_once('/').map_or((pair[1], None), |(from, to)| (from, Some(to)));
        Membership {
            id: id(number),
            trade: Trade::parse(pair[0]).unwrap(),
            operator: None,
            permit: None,
            area: area("610502"),
            from: day(from),
            to: to.map(day),
        }
    };
    (1..).zip(words.chunks(2)).map(membership).collect()
}

fn word_of(error: MovementError) -> &'static str {
    match error {
        MovementError::InTheFuture => "in_the_future",
        MovementError::UnknownArea => "unknown_area",
        MovementError::AddedTwice => "added_twice",
        MovementError::RegisteredTwice => "registered_twice",
        MovementError::RemovedBeforeAdded => "removed_before_added",
        MovementError::Scrapped => "scrapped",
        MovementError::OutOfOrder => "out_of_order",
        MovementError::ReplacesNothing => "replaces_nothing",
        MovementError::ReplacesWithoutRenewal => "replaces_without_renewal",
        MovementError::ReplacesItself => "replaces_itself",
    }
}

#[derive(Deserialize)]
struct MovementRow {
    known: String,
    new: String,
    refused: String,
}

#[test]
fn a_movement_that_the_history_makes_impossible_is_refused_by_name() {
    for row in golden::rows::<MovementRow>("movements.csv") {
        let new = Movement { id: id(99), ..movements(&row.new).remove(0) };
        let history = History::new(movements(&row.known), Vec::new()).with(Some(new.clone()), None);
        let refused = check_movements(car(), &history, Some(&new), local("2026-08-22 23:59:59")).err().map(word_of);
        assert_eq!(refused.unwrap_or_default(), row.refused, "{} + {}", row.known, row.new);
    }
}

#[test]
fn a_renewal_names_another_vehicle_and_nothing_else_does() {
    let check = |kind: &str, replaces| {
        let new = Movement { replaces, ..movement(9, kind, "2026-03-01") };
        let history = History::new(vec![new.clone()], Vec::new());
        check_movements(car(), &history, Some(&new), local("2026-08-22 10:00:00"))
    };
    assert_eq!(check("renewed", Some(id(5))), Ok(()));
    assert_eq!(check("renewed", None), Err(MovementError::ReplacesNothing));
    assert_eq!(check("renewed", Some(car())), Err(MovementError::ReplacesItself));
    assert_eq!(check("registered", Some(id(5))), Err(MovementError::ReplacesWithoutRenewal));
}

#[rstest]
#[case::what_was_in_force("china_5", "B", false)]
#[case::newer_than_had_to_be("china_6", "B", false)]
#[case::older_than_could_be_registered("china_3", "B", true)]
#[case::a_burning_fuel_of_an_electric_stage("electric", "B", true)]
#[case::electricity_of_a_numbered_stage("china_6", "C", true)]
#[case::not_known("unknown", "B", false)]
fn a_stage_that_contradicts_fuel_or_date_is_noted(#[case] stage: &str, #[case] fuel: &str, #[case] noted: bool) {
    let truck = Vehicle {
        stage: Stage::parse(stage).unwrap(),
        fuel: fuel.parse().unwrap(),
        ..crate::vehicles::orderly_truck()
    };
    let new = movement(1, "registered", "2019-05-01");
    let history = History::new(vec![new.clone()], Vec::new());
    let found = oddities(&truck, &history, &new, local("2019-05-02 10:00:00"));
    assert_eq!(found.contains(&FleetOddity::StageContradicts), noted, "{found:?}");
}

#[rstest]
#[case::the_last_second_of_the_day("2025-12-31 23:59:59", true)]
#[case::the_first_of_the_next("2026-01-01 00:00:00", true)]
#[case::the_evening_before("2025-12-30 23:59:59", false)]
fn a_day_is_over_in_shanghai(#[case] now: &str, #[case] taken: bool) {
    let new = movement(1, "registered", "2025-12-31");
    let history = History::new(vec![new.clone()], Vec::new());
    assert_eq!(check_movements(car(), &history, Some(&new), local(now)).is_ok(), taken);
}

#[rstest]
#[case::another_trade("taxi 2026-01-01", Ok(()))]
#[case::the_same_trade_on_the_same_day("bus 2026-03-01/2026-03-01", Err(MembershipError::Overlaps))]
#[case::the_same_trade_the_day_after("bus 2026-03-02", Ok(()))]
#[case::the_same_trade_the_day_before("bus 2025-12-01/2025-12-31", Ok(()))]
#[case::backwards("bus 2026-05-02/2026-05-01", Err(MembershipError::EndsBeforeItBegins))]
#[case::tomorrow("taxi 2026-08-23", Err(MembershipError::InTheFuture))]
#[case::ends_tomorrow("taxi 2026-08-01/2026-08-23", Err(MembershipError::InTheFuture))]
fn a_membership_stands_beside_the_others(#[case] new: &str, #[case] expected: Result<(), MembershipError>) {
    let others = memberships("bus 2026-01-01/2026-03-01");
    let new = Membership { id: id(50), ..memberships(new).remove(0) };
    assert_eq!(check_membership(&others, &new, local("2026-08-22 10:00:00")), expected);
    let elsewhere =
        Membership { area: area("110101"), trade: Trade::Postal, ..memberships("bus 2026-01-01").remove(0) };
    let refused = check_membership(&[], &elsewhere, local("2026-08-22 10:00:00"));
    assert_eq!(refused, Err(MembershipError::UnknownArea));
}

#[derive(Deserialize)]
struct BookRow {
    case: String,
    movements: String,
    memberships: String,
    additions: String,
    stock: String,
}

#[test]
fn every_vehicle_adds_to_the_books_what_its_history_says() {
    for row in golden::rows::<BookRow>("books.csv") {
        let history = History::new(movements(&row.movements), memberships(&row.memberships));
        let all = entries(&history, BUS);
        let of = |book| all.iter().filter(move |entry| entry.book == book);
        let additions: Vec<_> =
            of(Book::Additions).map(|entry| format!("{} {} {}", entry.from, entry.way_in, entry.trades)).collect();
        let stay = |entry: &Entry| {
            let until = entry.until.map(|until| until.to_string()).unwrap_or_default();
            let way_out = entry.way_out.map(|way| format!(" {way}")).unwrap_or_default();
            format!("{}..{until}{way_out};{}", entry.from, entry.trades)
        };
        let stock: Vec<_> = of(Book::Stock).map(stay).collect();
        assert_eq!((additions.join("|"), stock.join("|")), (row.additions, row.stock), "{}", row.case);
    }
}

#[test]
fn a_vehicle_counts_where_its_oldest_membership_is_and_for_its_operator() {
    let mut both = memberships("bus 2026-01-01 taxi 2026-02-01");
    both[0].area = area("610528");
    both[1].operator = Some(id(7));
    let all = entries(&History::new(movements("registered 2026-03-01"), both), BUS);
    assert!(all.iter().all(|entry| entry.area == area("610528") && entry.operator == Some(id(7))));
}

#[test]
fn a_set_of_trades_is_told_in_one_order_and_read_again() {
    let trades: Trades = "taxi+bus".parse().unwrap();
    assert_eq!(trades.to_string(), "bus+taxi");
    assert_eq!(Trades::default().to_string().parse(), Ok(Trades::default()));
    assert!("bus+tram".parse::<Trades>().is_err());
}

/// Something that somebody records.
#[derive(Debug, Clone)]
enum Step {
    Move(MovementKind, u32),
    Join(Trade, u32, Option<u32>),
    CorrectMovement(usize, u32),
    WithdrawMovement(usize),
    WithdrawMembership(usize),
    Drive(EnergyKind),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let kind = proptest::sample::select(MovementKind::ALL);
    let trade = proptest::sample::select(&Trade::ALL[..4]);
    let energy = proptest::sample::select(EnergyKind::ALL);
    let step = prop_oneof![
        4 => (kind, 0..1_500_u32).prop_map(|(kind, day)| Step::Move(kind, day)),
        3 => (trade, 0..1_500_u32, proptest::option::of(0..300_u32)).prop_map(|(trade, day, span)| Step::Join(trade, day, span)),
        1 => (0..6_usize, 0..1_500_u32).prop_map(|(place, day)| Step::CorrectMovement(place, day)),
        1 => (0..6_usize).prop_map(Step::WithdrawMovement),
        1 => (0..6_usize).prop_map(Step::WithdrawMembership),
        1 => energy.prop_map(Step::Drive),
    ];
    proptest::collection::vec(step, 1..40)
}

/// One vehicle's register as it grows.
#[derive(Default)]
struct Register {
    movements: Vec<Learned<Movement>>,
    memberships: Vec<Learned<Membership>>,
    energy: Option<EnergyKind>,
    books: Vec<Learned<Entry>>,
    rollup: BTreeMap<(Book, Day, Cell), i64>,
}

impl Register {
    fn build(&self) -> Build {
        Build { energy: self.energy.unwrap_or(EnergyKind::Unknown), ..BUS }
    }

    /// Takes a step at the instant of its number, as the service would: refused steps change nothing.
    fn take(&mut self, number: u128, step: &Step) {
        let at = at(number);
        let on = |days: u32| day("2022-01-01") + chrono::Days::new(u64::from(days));
        let history = History::known(&self.movements, &self.memberships, at);
        let moved = |kind, days| Movement {
            id: id(number),
            kind,
            held_on: on(days),
            area: area("610502"),
            replaces: (kind == MovementKind::Renewed).then(|| id(5)),
        };
        match step {
            Step::Move(kind, days) => {
                let new = moved(*kind, *days);
                if check_movements(car(), &history.with(Some(new.clone()), None), Some(&new), at).is_ok() {
                    self.movements.push(Learned { fact: new, recorded_at: at, superseded_at: None });
                }
            }
            Step::Join(trade, days, span) => {
                let to = span.map(|span| on(days + span));
                let fact = Membership {
                    id: id(number),
                    trade: *trade,
                    operator: None,
                    permit: None,
                    area: area("610503"),
                    from: on(*days),
                    to,
                };
                if check_membership(&history.memberships, &fact, at).is_ok() {
                    self.memberships.push(Learned { fact, recorded_at: at, superseded_at: None });
                }
            }
            Step::CorrectMovement(place, days) => self.replace(*place, number, Some(*days)),
            Step::WithdrawMovement(place) => self.replace(*place, number, None),
            Step::WithdrawMembership(place) => {
                if let Some(known) = self.memberships.get_mut(*place) {
                    known.superseded_at.get_or_insert(at);
                }
            }
            Step::Drive(energy) => self.energy = Some(*energy),
        }
        self.settle(number);
    }

    fn replace(&mut self, place: usize, number: u128, days: Option<u32>) {
        let at = at(number);
        let Some(old) = self.movements.get(place).filter(|old| old.superseded_at.is_none()).cloned() else { return };
        let held_on = days.map(|days| day("2022-01-01") + chrono::Days::new(u64::from(days)));
        let new = held_on.map(|held_on| Movement { id: id(number), held_on, ..old.fact.clone() });
        let history = History::known(&self.movements, &self.memberships, at).with(new.clone(), Some(old.fact.id));
        if check_movements(car(), &history, new.as_ref(), at).is_ok() {
            self.movements[place].superseded_at = Some(at);
            self.movements.extend(new.map(|fact| Learned { fact, recorded_at: at, superseded_at: None }));
        }
    }

    fn settle(&mut self, number: u128) {
        let at = at(number);
        let standing: Vec<Entry> =
            self.books.iter().filter(|learned| learned.is_known(at)).map(|learned| learned.fact.clone()).collect();
        let history = History::known(&self.movements, &self.memberships, at);
        let settlement = settle(&standing, &entries(&history, self.build()));
        for closed in &settlement.closed {
            let open = self.books.iter_mut().find(|own| own.superseded_at.is_none() && own.fact == *closed);
            open.unwrap().superseded_at = Some(at);
        }
        for posting in settlement.postings() {
            *self.rollup.entry((posting.book, posting.day, posting.cell)).or_default() += posting.change;
        }
        self.books.extend(settlement.opened.into_iter().map(|fact| Learned {
            fact,
            recorded_at: at,
            superseded_at: None,
        }));
    }

    /// The counts from the movements alone.
    fn recount(&self, number: u128) -> BTreeMap<(Book, Day, Cell), i64> {
        let history = History::known(&self.movements, &self.memberships, at(number));
        count(&entries(&history, self.build()))
    }

    /// The books as they were known at an instant.
    fn as_known(&self, number: u128) -> BTreeMap<(Book, Day, Cell), i64> {
        let known = self.books.iter().filter(|learned| learned.is_known(at(number)));
        count(&known.map(|learned| learned.fact.clone()).collect::<Vec<_>>())
    }
}

fn count(entries: &[Entry]) -> BTreeMap<(Book, Day, Cell), i64> {
    let mut counts = BTreeMap::new();
    for posting in entries.iter().flat_map(Entry::postings) {
        *counts.entry((posting.book, posting.day, posting.cell)).or_default() += posting.change;
    }
    counts.retain(|_, count| *count != 0);
    counts
}

fn at(number: u128) -> imfleet::domain::time::Instant {
    local("2026-08-22 10:00:00").plus(chrono::Duration::seconds(i64::try_from(number).unwrap()))
}

proptest! {
    #[test]
    fn the_rollup_is_the_recount_after_any_sequence_and_what_was_known_never_changes(steps in steps()) {
        let mut register = Register::default();
        let mut told = Vec::new();
        for (number, step) in (1_u128..).zip(&steps) {
            register.take(number, step);
            let recount = register.recount(number);
            let mut rollup = register.rollup.clone();
            rollup.retain(|_, count| *count != 0);
            prop_assert_eq!(&rollup, &recount);
            told.push((number, recount));
        }
        for (number, then) in told {
            prop_assert_eq!(register.as_known(number), then);
        }
    }

    #[test]
    fn a_vehicle_is_never_twice_in_stock_and_never_twice_among_a_years_additions(steps in steps()) {
        use chrono::Datelike;
        let mut register = Register::default();
        for (number, step) in (1_u128..).zip(&steps) {
            register.take(number, step);
        }
        let history = History::known(&register.movements, &register.memberships, at(99));
        let all = entries(&history, BUS);
        for days in 0..1_900 {
            let on = day("2022-01-01") + chrono::Days::new(days);
            prop_assert!(all.iter().filter(|entry| entry.stands_on(on)).count() <= 1);
        }
        for year in 2022..2027 {
            let of_year = all.iter().filter(|entry| entry.book == Book::Additions && entry.from.year() == year);
            prop_assert!(of_year.count() <= 1);
        }
    }
}
