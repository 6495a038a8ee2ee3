//! A test station for the rules: readings that pass with room to spare, one of them changed, judged.

use std::sync::LazyLock;

use imfleet::domain::{
    quantity::Amount,
    standard::{Item, LimitBook, LimitClass, Method, Readings, TestFuel, TestSubject, obd::ObdCutOffs},
    time::Day,
    verdict::{Evidence, JudgeError, JudgedItem, Judgement, Law, judge},
};
use serde_json::{Value, json};

static BOOK: LazyLock<LimitBook> = LazyLock::new(|| LimitBook::embedded().unwrap());

static CUT_OFFS: LazyLock<ObdCutOffs> = LazyLock::new(|| ObdCutOffs {
    light_petrol: day("2011-07-01"),
    heavy_petrol: day("2013-07-01"),
    diesel: day("2018-01-01"),
    incomplete_monitors_allowed: 2,
});

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn amount(text: &str) -> Amount {
    Amount::parse(text).unwrap()
}

/// The law of a day in a city that applies this column; every passed ASM5025 is accepted as a fast pass.
pub fn law(class: LimitClass, on: &str) -> Law<'static> {
    Law { book: &BOOK, day: day(on), class, obd: &CUT_OFFS, fast_pass_percent: 100 }
}

/// The law of today, limit a.
pub fn law_a() -> Law<'static> {
    law(LimitClass::A, "2026-08-22")
}

/// A light vehicle with catalyst and 100 kW, of which no day of production is known.
pub fn vehicle(fuel: TestFuel) -> TestSubject {
    TestSubject { closed_loop_catalyst: true, rated_power: Some(Amount::whole(100)), ..TestSubject::of(fuel) }
}

/// Readings of a clean vehicle, as JSON.
pub fn clean(method: Method) -> Value {
    match method {
        Method::DoubleIdle => json!({
            "method": "double_idle",
            "idle": {"co_percent": 0.1, "hc_ppm": 10},
            "high_idle": {"co_percent": 0.1, "hc_ppm": 10, "lambda": 1},
        }),
        Method::Asm => json!({
            "method": "asm",
            "asm5025": {"co_percent": 0.1, "hc_ppm": 10, "no_ppm": 100},
            "asm2540": {"co_percent": 0.1, "hc_ppm": 10, "no_ppm": 100},
        }),
        Method::ShortTransient => {
            json!({"method": "short_transient", "co_g_per_km": 1, "hc_g_per_km": 0.1, "nox_g_per_km": 0.1})
        }
        Method::Transient => json!({"method": "transient", "co_g_per_km": 1, "hc_nox_g_per_km": 0.2}),
        Method::FreeAcceleration => {
            json!({"method": "free_acceleration", "k1_per_m": 0.1, "k2_per_m": 0.1, "k3_per_m": 0.1})
        }
        Method::LugDown => json!({
            "method": "lug_down",
            "k100_per_m": 0.1, "k80_per_m": 0.1, "nox80_ppm": 100, "max_wheel_power_kw": 60,
        }),
        Method::Ringelmann => json!({"method": "ringelmann", "grade": 0}),
        Method::Exempt => panic!("nothing is read from an exempt vehicle"),
    }
}

/// Where the readings of an item stand.
pub fn pointers(item: Item) -> &'static [&'static str] {
    match item {
        Item::IdleCo => &["/idle/co_percent"],
        Item::IdleHc => &["/idle/hc_ppm"],
        Item::HighIdleCo => &["/high_idle/co_percent"],
        Item::HighIdleHc => &["/high_idle/hc_ppm"],
        Item::Lambda => &["/high_idle/lambda"],
        Item::Asm5025Co => &["/asm5025/co_percent"],
        Item::Asm5025Hc => &["/asm5025/hc_ppm"],
        Item::Asm5025No => &["/asm5025/no_ppm"],
        Item::Asm2540Co => &["/asm2540/co_percent"],
        Item::Asm2540Hc => &["/asm2540/hc_ppm"],
        Item::Asm2540No => &["/asm2540/no_ppm"],
        Item::ShortTransientCo | Item::TransientCo => &["/co_g_per_km"],
        Item::ShortTransientHc => &["/hc_g_per_km"],
        Item::ShortTransientNox => &["/nox_g_per_km"],
        Item::TransientHcNox => &["/hc_nox_g_per_km"],
        Item::FreeAccelerationK => &["/k1_per_m", "/k2_per_m", "/k3_per_m"],
        Item::LugDownK100 => &["/k100_per_m"],
        Item::LugDownK80 => &["/k80_per_m"],
        Item::LugDownNox80 => &["/nox80_ppm"],
        Item::LugDownPower => &["/max_wheel_power_kw"],
        Item::Ringelmann => &["/grade"],
        Item::Appearance | Item::Obd | Item::VisibleSmoke => &[],
    }
}

/// Readings of a clean vehicle but for this item.
pub fn clean_but(item: Item, value: &str) -> Readings {
    let mut readings = clean(item.method().unwrap());
    for pointer in pointers(item) {
        *readings.pointer_mut(pointer).unwrap() = serde_json::from_str(value).unwrap();
    }
    serde_json::from_value(readings).unwrap()
}

pub fn read(readings: Value) -> Readings {
    serde_json::from_value(readings).unwrap()
}

pub fn judged(law: &Law, subject: &TestSubject, readings: &Readings) -> Result<Judgement, JudgeError> {
    judge(law, subject, &Evidence { readings: Some(readings), ..Evidence::default() })
}

/// The one judged item of this name.
pub fn the(item: Item, judgement: &Judgement) -> &JudgedItem {
    judgement.items.iter().find(|judged| judged.item == item).unwrap()
}
