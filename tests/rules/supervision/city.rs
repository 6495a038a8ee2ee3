//! An honest city: stations of different fleets, hours and luck; whole models share their software, some vehicles change
//! their plate, clocks drift by seconds, and repair shops have favourite words.

use imfleet::domain::{
    id::Id,
    inspection::{InspectionKind, Nature},
    party::{Line, Organisation},
    quantity::Amount,
    standard::{Item, Method, TestFuel, which_methods::Permission},
    supervision::{Family, Previous, ReadingFacts, RepairFacts, TestFacts, Trace},
    time::Instant,
    verdict::Verdict,
};

use super::{dice::Dice, traces::trace};
use crate::cast::local;

/// A model that the city drives.
pub struct Model {
    pub family: Family,
    pub fuel: TestFuel,
    pub power_kw: i64,
    pub software: Vec<String>,
}

/// A station as it works.
pub struct Station {
    pub id: Id<Organisation>,
    pub lines: Vec<Id<Line>>,
    /// Favourite models: which it sees three times as often.
    pub favourites: Vec<usize>,
    /// Percent of the usual rate of failures.
    pub luck: i64,
    /// Minute of the day at which it opens.
    pub opens: i64,
}

/// A test with its record, before a cheat touches it.
pub struct Tested {
    pub facts: TestFacts,
    pub trace: Option<Trace>,
}

pub fn models(dice: &mut Dice) -> Vec<Model> {
    (0..30)
        .map(|number| {
            let diesel = number % 3 == 0;
            let versions = dice.between(1, 3);
            let of = |version| format!("CAL{number:03}{version}/{:08X}", 0x1000_0000 + number * 16 + version);
            Model {
                family: Family {
                    maker: format!("MAKER{}", number / 4),
                    model: format!("MODEL{number}"),
                    engine: format!("ENGINE{}", number / 2),
                },
                fuel: if diesel { TestFuel::Diesel } else { TestFuel::Petrol },
                power_kw: dice.between(60, 300),
                software: (0..versions).map(of).collect(),
            }
        })
        .collect()
}

impl Station {
    pub fn new(dice: &mut Dice) -> Self {
        Self {
            id: dice.id(),
            lines: vec![dice.id(), dice.id()],
            favourites: (0..6).map(|_| usize::try_from(dice.between(0, 29)).unwrap()).collect(),
            luck: dice.between(85, 115),
            opens: dice.between(420, 540),
        }
    }

    /// So many tests over ninety days, one after another on each line.
    pub fn work(&self, dice: &mut Dice, models: &[Model], count: i64, with_trace_permille: i64) -> Vec<Tested> {
        let start = local("2026-08-24 00:00:00");
        (0..count)
            .map(|number| {
                let per_day = (count / 90).max(1) + 1;
                let (day, place) = (number / per_day, number % per_day);
                let minute = self.opens + place / 2 * 25 + dice.between(0, 4);
                let at = start.plus(chrono::Duration::minutes(day * 1_440 + minute));
                let line = self.lines[usize::try_from(place % 2).unwrap()];
                self.test(dice, models, (at, line, place % 2), with_trace_permille)
            })
            .collect()
    }

    fn test(
        &self,
        dice: &mut Dice,
        models: &[Model],
        (started_at, line, driver): (Instant, Id<Line>, i64),
        with_trace_permille: i64,
    ) -> Tested {
        let at = if dice.happens(500) {
            *dice.pick(&self.favourites)
        } else {
            usize::try_from(dice.between(0, 29)).unwrap()
        };
        let model = &models[at];
        let age = dice.between(0, 15);
        let diesel = model.fuel == TestFuel::Diesel;
        let fails = dice.happens((40 + age * 12 + if diesel { 40 } else { 0 }) * self.luck / 100);
        let weaker = dice.happens(50);
        let method = if diesel { Method::LugDown } else { Method::DoubleIdle };
        let readings = readings(dice, method, fails);
        let trace = dice.happens(with_trace_permille).then(|| trace(dice, method, &readings));
        let ended_at = started_at.plus(chrono::Duration::seconds(dice.between(205, 600)));
        let power = Amount::whole(model.power_kw * dice.between(97, 103) / 100);
        let vehicle = dice.id();
        let retest = dice.happens(120);
        let verdict = match (retest, fails) {
            (true, _) if dice.happens(300 * self.luck / 100) => Verdict::Fail,
            (false, true) => Verdict::Fail,
            _ => Verdict::Pass,
        };
        let before = dice.between(40, 60 * 24 * 20);
        let previous = Previous {
            verdict: if retest { Verdict::Fail } else { Verdict::Pass },
            ended_at: started_at.minus(chrono::Duration::minutes(if retest { before } else { 60 * 24 * 365 })),
            rated_power: Some(power),
        };
        let facts = TestFacts {
            vehicle,
            inspection: dice.id(),
            station: self.id,
            line,
            kind: InspectionKind::Periodic,
            nature: if retest { Nature::Retest } else { Nature::First },
            method: Some(method),
            permission: if weaker { Permission::NeedsReason } else { Permission::Regular },
            reasoned: weaker,
            verdict,
            station_verdict: Some(verdict),
            started_at,
            ended_at,
            // A queue that waits for the network, or a clock that is a minute ahead.
            recorded_at: ended_at.plus(chrono::Duration::seconds(dice.between(-60, 600))),
            driver: Some(format!("driver{driver}")),
            fuel: model.fuel,
            similar: format!("{}/light/{}", model.fuel, age / 5),
            family: Some(model.family.clone()),
            rated_power: Some(power),
            software: vec![dice.pick(&model.software).clone()],
            software_blank: false,
            ecu_vin_differs: Some(false),
            readings,
            vin: Some(vehicle.to_string()),
            plate: Some(format!("plate{}", dice.next())),
            trace: None,
            calibrated: Some(true),
            repaired: retest,
            previous: Some(previous),
        };
        Tested { facts, trace }
    }
}

/// Readings that thin out towards the limit; of a failing test one lies beyond it.
fn readings(dice: &mut Dice, method: Method, fails: bool) -> Vec<ReadingFacts> {
    let items: &[(Item, i64)] = match method {
        Method::LugDown => {
            &[(Item::LugDownK100, 1_200_000), (Item::LugDownK80, 1_200_000), (Item::LugDownNox80, 1_500_000_000)]
        }
        _ => &[
            (Item::IdleCo, 600_000),
            (Item::IdleHc, 80_000_000),
            (Item::HighIdleCo, 300_000),
            (Item::HighIdleHc, 50_000_000),
        ],
    };
    let failing = usize::try_from(dice.between(0, i64::try_from(items.len()).unwrap() - 1)).unwrap();
    items
        .iter()
        .enumerate()
        .map(|(at, (item, limit))| {
            let even = dice.between(1, 1_000);
            let share = if fails && at == failing { dice.between(1_010, 2_500) } else { even * even / 1_000 };
            let digits = if *limit > 10_000_000 { 0 } else { 2 };
            let value = Amount::from_micros(limit / 1_000 * share).round_half_even(digits);
            ReadingFacts { item: *item, value, limit: Amount::from_micros(*limit) }
        })
        .collect()
}

/// Repairs of a shop: nine usual repairs, of which one is a favourite.
pub fn repairs(dice: &mut Dice, shop: Id<Organisation>, count: i64, alike_permille: i64) -> Vec<RepairFacts> {
    let day = local("2026-09-01 12:00:00").local_day();
    (0..count)
        .map(|_| {
            let alike = dice.happens(alike_permille);
            let content = if alike { "favourite".to_owned() } else { format!("content{}", dice.between(0, 400)) };
            RepairFacts {
                repair: dice.id(),
                vehicle: dice.id(),
                shop,
                content,
                done_on: day,
                retested_on: day.checked_add_days(chrono::Days::new(dice.next() % 5)),
            }
        })
        .collect()
}
