//! The cheats, each at its strengths: what a station does with a test that was honest until then.

use chrono::Duration;
use imfleet::domain::{
    finding::FindingKind::{self, *},
    inspection::Nature,
    quantity::Amount,
    standard::{Method, which_methods::Permission},
    supervision::Trace,
    time::Instant,
    verdict::Verdict,
};

use super::{
    city::Tested,
    dice::Dice,
    traces::{copied, trace},
};

/// A cheat at one strength: how often, how hard, and the recall that is stated for it, percent.
#[derive(Clone, Copy)]
pub struct Cheat {
    pub kind: FindingKind,
    pub strength: &'static str,
    /// Of a thousand tests so many are touched.
    pub permille: i64,
    /// What the number means is the cheat's.
    pub hard: i64,
    pub recall: i64,
}

const fn cheat(kind: FindingKind, strength: &'static str, permille: i64, hard: i64, recall: i64) -> Cheat {
    Cheat { kind, strength, permille, hard, recall }
}

/// Every pattern at its strengths.
pub const CHEATS: &[Cheat] = &[
    cheat(ReadingOffTrace, "reported at 60 % of the record", 60, 60, 95),
    cheat(ReadingOffTrace, "reported at 80 % of the record", 60, 80, 80),
    cheat(ReadingDivided, "the quotient itself", 60, 0, 95),
    cheat(ReadingDivided, "the quotient, disturbed by 0.5 % of the limit", 60, 5, 95),
    cheat(TraceBroken, "cut by a fifth", 60, 160, 100),
    cheat(TraceBroken, "one second cut out", 60, 1, 100),
    cheat(TraceRepeated, "copied to the last digit", 60, 0, 95),
    cheat(TraceAlike, "copied, noise of 0.5 %", 60, 5, 90),
    cheat(TraceAlike, "copied, noise of 2 %", 60, 20, 80),
    cheat(TraceAlike, "copied, scaled to 80 %, noise of 1 %", 60, 80, 90),
    cheat(TestTooShort, "half of the method's time", 60, 50, 100),
    cheat(TestTooShort, "nine tenths of the method's time", 60, 90, 90),
    cheat(TooFewSamples, "half of the method's seconds", 60, 50, 100),
    cheat(EcuVinDiffers, "another vehicle plugged in", 60, 0, 100),
    cheat(SoftwareBlank, "no CVN", 60, 0, 100),
    cheat(SoftwareAcrossMakes, "a simulator on 1 test in 100", 10, 0, 60),
    cheat(SoftwareAcrossMakes, "a simulator on 1 test in 20", 50, 0, 100),
    cheat(SoftwareOfOneStation, "a rewritten unit on 1 in 8 of its vehicles", 125, 0, 0),
    cheat(SoftwareOfOneStation, "a rewritten unit on half of its vehicles", 500, 0, 100),
    cheat(RatedPowerLowered, "to 70 %", 60, 70, 100),
    cheat(RatedPowerLowered, "to 35 %", 60, 35, 100),
    cheat(PowerBelowModel, "to 70 %", 60, 70, 90),
    cheat(PowerBelowModel, "to 35 %", 60, 35, 90),
    cheat(ReadingsPiled, "half of the failing readings", 500, 0, 0),
    cheat(ReadingsPiled, "all failing readings", 1_000, 0, 90),
    cheat(TestsOverlap, "by 100 s", 60, 100, 90),
    cheat(OutsideHours, "at night", 60, 0, 100),
    cheat(PassedTooFast, "12 minutes after failing", 60, 12, 100),
    cheat(PassedTooFast, "50 minutes after, no repair", 60, 50, 100),
    cheat(RetestsRarelyFail, "2 in 3 failing retests turned", 667, 0, 20),
    cheat(RetestsRarelyFail, "all failing retests turned", 1_000, 0, 100),
    cheat(TestsRarelyFail, "half of the failing tests turned", 500, 0, 50),
    cheat(TestsRarelyFail, "four fifths turned", 800, 0, 100),
    cheat(WeakerMethod, "without a reason", 60, 0, 100),
    cheat(WeakerMethodOften, "on 12 % more of the tests", 120, 0, 60),
    cheat(WeakerMethodOften, "on 25 % more of the tests", 250, 0, 100),
    cheat(LineUncalibrated, "an expired check", 60, 0, 100),
    cheat(ClockAhead, "by 4 minutes", 60, 240, 100),
    cheat(PlatesOfOneVin, "three plates", 10, 3, 100),
    cheat(VerdictDiffers, "failing told as passing", 60, 0, 100),
];

impl Cheat {
    /// Whether the station as a whole is found, and not each of its tests.
    pub fn is_of_station(&self) -> bool {
        matches!(
            self.kind,
            SoftwareAcrossMakes
                | SoftwareOfOneStation
                | ReadingsPiled
                | RetestsRarelyFail
                | TestsRarelyFail
                | WeakerMethodOften
                | PlatesOfOneVin
        )
    }

    /// Touches a station's tests; answers the inspections that were touched.
    pub fn plant(&self, dice: &mut Dice, tests: &mut [Tested]) -> Vec<usize> {
        let mut touched = Vec::new();
        let mut kept: Option<Trace> = None;
        for at in 0..tests.len() {
            if dice.happens(self.permille) && self.touch(dice, tests, at, &mut kept) {
                touched.push(at);
            }
        }
        touched
    }

    fn touch(&self, dice: &mut Dice, tests: &mut [Tested], at: usize, kept: &mut Option<Trace>) -> bool {
        let before_ended = at.checked_sub(2).map(|before| tests[before].facts.ended_at);
        let test = &mut tests[at];
        match self.kind {
            ReadingOffTrace | ReadingDivided => self.touch_readings(dice, test),
            TraceBroken | TraceRepeated | TraceAlike | TooFewSamples => self.touch_trace(dice, test, kept),
            RatedPowerLowered | PowerBelowModel => {
                let power = test.facts.rated_power.unwrap().micros() * self.hard / 100;
                test.facts.rated_power = Some(Amount::from_micros(power));
                true
            }
            SoftwareAcrossMakes => {
                test.facts.software = vec!["SIMULATOR/0BADF00D".to_owned()];
                true
            }
            SoftwareOfOneStation => {
                let family = test.facts.family.as_ref().unwrap();
                test.facts.software = vec![format!("TUNED{}/00C0FFEE", family.model)];
                true
            }
            ReadingsPiled => pile(dice, test),
            TestsOverlap => overlap(test, before_ended, self.hard),
            _ => self.touch_facts(dice, test),
        }
    }

    fn touch_facts(&self, dice: &mut Dice, Tested { facts, .. }: &mut Tested) -> bool {
        match self.kind {
            TestTooShort => {
                let least = if facts.method == Some(Method::LugDown) { 40 } else { 120 };
                facts.ended_at = facts.started_at.plus(Duration::seconds(least * self.hard / 100));
            }
            EcuVinDiffers => facts.ecu_vin_differs = Some(true),
            SoftwareBlank => facts.software_blank = true,
            OutsideHours => {
                let midnight = Instant::start_of(facts.started_at.local_day());
                facts.started_at = midnight.plus(Duration::minutes(dice.between(60, 300)));
                facts.ended_at = facts.started_at.plus(Duration::minutes(5));
            }
            PassedTooFast => {
                let previous = facts.previous.as_mut().unwrap();
                previous.verdict = Verdict::Fail;
                previous.ended_at = facts.started_at.minus(Duration::minutes(self.hard));
                (facts.verdict, facts.nature) = (Verdict::Pass, Nature::Retest);
                facts.repaired = self.hard < 20;
            }
            RetestsRarelyFail if facts.nature == Nature::Retest => facts.verdict = Verdict::Pass,
            TestsRarelyFail if facts.nature == Nature::First => facts.verdict = Verdict::Pass,
            RetestsRarelyFail | TestsRarelyFail => return false,
            WeakerMethod => (facts.permission, facts.reasoned) = (Permission::NeedsReason, false),
            WeakerMethodOften => (facts.permission, facts.reasoned) = (Permission::NeedsReason, true),
            LineUncalibrated => facts.calibrated = Some(false),
            ClockAhead => facts.recorded_at = facts.ended_at.minus(Duration::seconds(self.hard)),
            PlatesOfOneVin => facts.vin = Some("one vin".to_owned()),
            VerdictDiffers => {
                facts.station_verdict =
                    Some(if facts.verdict == Verdict::Pass { Verdict::Fail } else { Verdict::Pass });
            }
            _ => unreachable!("{} is planted elsewhere", self.kind),
        }
        true
    }

    /// The record fails by one reading; the report says what is wanted.
    fn touch_readings(&self, dice: &mut Dice, test: &mut Tested) -> bool {
        let method = test.facts.method.unwrap();
        let over = dice.between(1_100, 3_500);
        let limit = test.facts.readings[0].limit.micros();
        let own = limit / 1_000 * over;
        test.facts.readings[0].value = Amount::from_micros(own);
        test.trace = Some(trace(dice, method, &test.facts.readings));
        let own = test.trace.as_ref().unwrap().own_readings();
        let own = own.iter().find(|(item, _)| *item == test.facts.readings[0].item).unwrap().1.micros();
        let reported = if self.kind == ReadingDivided {
            let by = own / limit + i64::from(own % limit > 0);
            own / by + limit * self.hard / 1_000
        } else {
            own * self.hard / 100
        };
        test.facts.readings[0].value = Amount::from_micros(reported).round_half_even(3);
        true
    }

    fn touch_trace(&self, dice: &mut Dice, test: &mut Tested, kept: &mut Option<Trace>) -> bool {
        let method = test.facts.method.unwrap();
        let own = trace(dice, method, &test.facts.readings);
        match self.kind {
            TooFewSamples | TraceBroken => {
                let least = if method == Method::LugDown { 40 } else { 120 };
                let length = if self.kind == TraceBroken { self.hard.max(1) } else { least * self.hard / 100 };
                let mut own = own;
                own.seconds = (1..=200).collect();
                if self.kind == TraceBroken && self.hard == 1 {
                    own.seconds = (1..=201).filter(|second| *second != 100).collect();
                } else {
                    let length = usize::try_from(length).unwrap();
                    own.seconds.truncate(length);
                    own.channels.values_mut().for_each(|channel| channel.truncate(length));
                    own.phases.clear();
                    own.said_seconds = (self.kind == TraceBroken).then_some(200);
                }
                test.trace = Some(own);
            }
            _ => {
                let lively = own.facts().sketch.is_some() && own.channels.contains_key("co_percent");
                let Some(original) = kept else {
                    *kept = lively.then_some(own.clone());
                    test.trace = Some(own);
                    return false;
                };
                let copy = match (self.kind, self.hard) {
                    (TraceRepeated, _) => original.clone(),
                    (_, 80) => copied(dice, original, 10, 80),
                    (_, permille) => copied(dice, original, permille, 100),
                };
                if method == Method::LugDown {
                    return false;
                }
                // What is copied is reported, too.
                for (item, value) in copy.own_readings() {
                    for reading in test.facts.readings.iter_mut().filter(|reading| reading.item == item) {
                        reading.value = value;
                    }
                }
                test.trace = Some(copy);
            }
        }
        true
    }
}

/// A failing reading becomes one just under the limit.
fn pile(dice: &mut Dice, test: &mut Tested) -> bool {
    let failing = test.facts.readings.iter_mut().filter(|reading| reading.value > reading.limit);
    let mut any = false;
    for reading in failing {
        reading.value = Amount::from_micros(reading.limit.micros() / 1_000 * dice.between(951, 1_000));
        any = true;
    }
    if any {
        test.facts.verdict = Verdict::Pass;
    }
    any
}

fn overlap(test: &mut Tested, before: Option<Instant>, seconds: i64) -> bool {
    let Some(before) = before.filter(|before| before.local_day() == test.facts.started_at.local_day()) else {
        return false;
    };
    test.facts.started_at = before.minus(Duration::seconds(seconds));
    test.facts.ended_at = test.facts.started_at.plus(Duration::minutes(8));
    test.trace = None;
    true
}
