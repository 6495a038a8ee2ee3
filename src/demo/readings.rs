//! The readings of a test that is to pass or to fail (GB 18285-2018, GB 3847-2018, limits a).

use super::dice::Dice;
use crate::domain::{
    quantity::Amount,
    standard::{AsmReadings, HighIdleReadings, IdleReadings, Method, Readings},
};

/// Readings by a method; `power` is the engine's rated power.
pub fn draw(dice: &mut Dice, method: Method, power: Amount, passes: bool) -> Readings {
    // Which of the limits a failing test exceeds.
    let over = if passes { 0 } else { dice.between(1, 3) };
    match method {
        Method::Asm => asm(dice, over),
        Method::LugDown => lug_down(dice, over, power),
        Method::FreeAcceleration => free_acceleration(dice, over),
        _ => double_idle(dice, over),
    }
}

fn double_idle(dice: &mut Dice, over: i64) -> Readings {
    Readings::DoubleIdle {
        idle: IdleReadings {
            co_percent: Some(if over == 1 { dice.hundredths(63, 260) } else { dice.hundredths(3, 55) }),
            hc_ppm: Some(dice.whole(12, 74)),
        },
        high_idle: HighIdleReadings {
            co_percent: Some(if over == 2 { dice.hundredths(33, 140) } else { dice.hundredths(2, 27) }),
            hc_ppm: Some(dice.whole(8, 46)),
            lambda: Some(if over == 3 { dice.hundredths(107, 124) } else { dice.hundredths(97, 103) }),
        },
    }
}

fn asm(dice: &mut Dice, over: i64) -> Readings {
    let asm5025 = AsmReadings {
        co_percent: Some(if over == 1 { dice.hundredths(53, 290) } else { dice.hundredths(2, 45) }),
        hc_ppm: Some(dice.whole(10, 84)),
        no_ppm: Some(if over == 2 { dice.whole(730, 2_600) } else { dice.whole(40, 640) }),
    };
    // A test that passes at 25 km/h may end there.
    let goes_on = over > 0 || dice.happens(300);
    let asm2540 = goes_on.then(|| AsmReadings {
        co_percent: Some(if over == 1 { dice.hundredths(43, 240) } else { dice.hundredths(2, 36) }),
        hc_ppm: Some(dice.whole(9, 74)),
        no_ppm: Some(if over >= 2 { dice.whole(680, 2_400) } else { dice.whole(40, 600) }),
    });
    Readings::Asm { asm5025, asm2540 }
}

fn lug_down(dice: &mut Dice, over: i64, power: Amount) -> Readings {
    let percent = if over == 3 { dice.between(29, 38) } else { dice.between(46, 74) };
    let tenths_kw = power.micros() / 1_000_000 * percent / 10;
    Readings::LugDown {
        k100_per_m: Some(if over == 1 { dice.hundredths(126, 340) } else { dice.hundredths(12, 112) }),
        k80_per_m: Some(if over == 1 { dice.hundredths(110, 290) } else { dice.hundredths(10, 105) }),
        nox80_ppm: Some(if over == 2 { dice.whole(1_540, 2_700) } else { dice.whole(280, 1_420) }),
        max_wheel_power_kw: Some(Amount::from_micros(tenths_kw * 100_000)),
        rpm_at_max_power: Some(dice.whole(1_900, 2_600)),
    }
}

fn free_acceleration(dice: &mut Dice, over: i64) -> Readings {
    let (low, high) = if over > 0 { (130, 310) } else { (15, 112) };
    Readings::FreeAcceleration {
        k1_per_m: Some(dice.hundredths(low, high)),
        k2_per_m: Some(dice.hundredths(low, high)),
        k3_per_m: Some(dice.hundredths(low, high)),
        rated_rpm: Some(dice.whole(2_400, 3_200)),
        measured_rpm: Some(dice.whole(2_350, 3_150)),
    }
}
