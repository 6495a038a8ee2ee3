//! Judging an observation by the dated limits of its day.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ComponentState, DeviceValidity, Facts, ObservationResult, Pollutant, RemoteObd, RemoteSensing, RoadsideCheck,
    Smoke, WhyNotJudged,
};
use crate::domain::{
    lawbook::Lawbook,
    quantity::Amount,
    standard::{Bound, Item, TestFuel, TestSubject},
    time::Day,
    vehicle::fuel::{Fuel, FuelKind},
};

/// The vehicle as far as an observation's judgement depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// Its fuel.
    pub fuel: Fuel,
    /// Whether its plate is green.
    pub green_plate: bool,
}

/// What an observation came to, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Judged {
    /// In a word.
    pub result: ObservationResult,
    /// Why it is not judged or not valid.
    pub why: Option<WhyNotJudged>,
    /// Every measured value that has a limit.
    pub pollutants: Vec<JudgedPollutant>,
}

/// A measured value beside its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JudgedPollutant {
    /// What was measured.
    pub pollutant: Pollutant,
    /// The reading.
    pub reading: Amount,
    /// The least that is allowed.
    pub at_least: Option<Amount>,
    /// The most that is allowed; a reading equal to it passes.
    pub at_most: Option<Amount>,
    /// Whether it exceeds.
    pub over: bool,
}

/// Judges what was seen of a vehicle by the law of a day.
#[must_use]
pub fn judge(facts: &Facts, subject: Subject, lawbook: &Lawbook, day: Day) -> Judged {
    match facts {
        Facts::RemoteSensing(facts) => judge_remote_sensing(facts, subject, lawbook, day),
        Facts::Roadside(check) => judge_check(check, subject, lawbook, day),
        Facts::Premises(premises) => judge_check(&premises.check, subject, lawbook, day),
        Facts::Smoke(facts) => judge_smoke(facts, subject, lawbook, day),
        Facts::RemoteObd(facts) => judge_remote_obd(facts, subject, lawbook, day),
        Facts::Tampering(check) => {
            let intact = check.state == ComponentState::Intact;
            Judged::of(vec![JudgedPollutant::in_order(Pollutant::Devices, intact)])
        }
    }
}

fn judge_remote_sensing(facts: &RemoteSensing, subject: Subject, lawbook: &Lawbook, day: Day) -> Judged {
    let settings = &lawbook.settings;
    if facts.device_validity == Some(DeviceValidity::Invalid) {
        return Judged::invalid(WhyNotJudged::DeviceInvalid);
    }
    let wind = facts.weather.as_ref().and_then(|weather| weather.wind_m_per_s);
    if wind.is_some_and(|wind| wind > Amount::whole(settings.on("remote_sensing_wind_max_m_per_s", day))) {
        return Judged::invalid(WhyNotJudged::Wind);
    }
    let least_load = Amount::whole(settings.on("remote_sensing_vsp_min_kw_per_t", day));
    let most_load = Amount::whole(settings.on("remote_sensing_vsp_max_kw_per_t", day));
    if facts.vsp_kw_per_t.is_some_and(|vsp| !(least_load..=most_load).contains(&vsp)) {
        return Judged::invalid(WhyNotJudged::SpecificPower);
    }
    if let Some(why) = subject.why_not_diesel() {
        return Judged::not_judged(why);
    }
    let opacity = Amount::whole(settings.on("remote_sensing_opacity_percent", day));
    let grade = Amount::whole(settings.on("remote_sensing_ringelmann_grade", day));
    let no = Amount::whole(settings.on("remote_sensing_no_ppm", day));
    let measured = [
        (Pollutant::Opacity, facts.opacity_percent, opacity),
        (Pollutant::Ringelmann, facts.ringelmann_grade.map(Amount::whole), grade),
        (Pollutant::No, facts.no_ppm, no),
    ];
    let judged = measured.into_iter().filter_map(|(pollutant, reading, limit)| {
        reading.map(|reading| JudgedPollutant::at_most(pollutant, reading, limit))
    });
    Judged::of(judged.collect())
}

fn judge_check(check: &RoadsideCheck, subject: Subject, lawbook: &Lawbook, day: Day) -> Judged {
    let settings = &lawbook.settings;
    let mut judged = Vec::new();
    judged.extend(check.k_per_m.and_then(|k| judge_k(k, subject, lawbook, day)));
    if let Some(grade) = check.ringelmann_grade {
        let limit = Amount::whole(settings.on("smoke_ringelmann_grade", day));
        judged.push(JudgedPollutant::at_most(Pollutant::Ringelmann, Amount::whole(grade), limit));
    }
    if judged.is_empty() {
        judged.extend(match check.officers_result {
            Some(ObservationResult::Pass) => Some(JudgedPollutant::in_order(Pollutant::Officers, true)),
            Some(ObservationResult::OverLimit) => Some(JudgedPollutant::in_order(Pollutant::Officers, false)),
            _ => None,
        });
    }
    if let Some(sulphur) = check.fuel_sample.as_ref().and_then(|sample| sample.sulphur_mg_per_kg) {
        let limit = Amount::whole(settings.on("fuel_sulphur_mg_per_kg", day));
        judged.push(JudgedPollutant::at_most(Pollutant::FuelSulphur, sulphur, limit));
    }
    if let Some(urea) = check.urea_sample.as_ref().and_then(|sample| sample.urea_percent) {
        let tenths = |tenths: i64| Amount::from_micros(tenths.saturating_mul(100_000));
        let low = tenths(settings.on("urea_min_tenths_percent", day));
        let high = tenths(settings.on("urea_max_tenths_percent", day));
        let over = !(low..=high).contains(&urea);
        let (at_least, at_most) = (Some(low), Some(high));
        judged.push(JudgedPollutant { pollutant: Pollutant::Urea, reading: urea, at_least, at_most, over });
    }
    Judged::of(judged)
}

/// k at free acceleration (GB 3847-2018, annex A), which only a diesel engine has a limit for.
fn judge_k(k: Amount, subject: Subject, lawbook: &Lawbook, day: Day) -> Option<JudgedPollutant> {
    let (class, diesel) = (lawbook.limit_class(day), TestSubject::of(TestFuel::Diesel));
    let rule = lawbook.limits.rule_for(Item::FreeAccelerationK, class, day, &diesel);
    let rule = rule.filter(|_| !subject.fuel.is_spark_ignition())?;
    match rule.bound {
        Bound::AtMost(high) | Bound::Within { high, .. } => {
            let over = rule.comparison.compared(k) > high;
            Some(JudgedPollutant { over, ..JudgedPollutant::at_most(Pollutant::K, k, high) })
        }
        Bound::AtLeast(_) => None,
    }
}

fn judge_smoke(facts: &Smoke, subject: Subject, lawbook: &Lawbook, day: Day) -> Judged {
    if subject.green_plate {
        return Judged::not_judged(WhyNotJudged::GreenPlate);
    }
    let limit = Amount::whole(lawbook.settings.on("smoke_ringelmann_grade", day));
    let grade = Amount::whole(facts.ringelmann_grade);
    Judged::of(vec![JudgedPollutant::at_most(Pollutant::Ringelmann, grade, limit)])
}

fn judge_remote_obd(facts: &RemoteObd, subject: Subject, lawbook: &Lawbook, day: Day) -> Judged {
    let settings = &lawbook.settings;
    if let Some(why) = subject.why_not_diesel() {
        return Judged::not_judged(why);
    }
    if facts.minutes < settings.on("remote_obd_minutes", day) {
        return Judged::invalid(WhyNotJudged::TooShort);
    }
    let limit = Amount::whole(settings.on("remote_obd_nox_ppm", day));
    let judged = facts.nox_ppm.map(|nox| JudgedPollutant::at_most(Pollutant::Nox, nox, limit));
    Judged::of(judged.into_iter().collect())
}

impl Subject {
    /// Why no limit for diesel applies to it; `None` when one does.
    fn why_not_diesel(self) -> Option<WhyNotJudged> {
        let vague = |kind| matches!(kind, FuelKind::Other | FuelKind::Hybrid);
        if self.green_plate {
            Some(WhyNotJudged::GreenPlate)
        } else if self.fuel.is_diesel() {
            None
        } else if self.fuel.kinds().all(vague) {
            Some(WhyNotJudged::FuelUnknown)
        } else {
            Some(WhyNotJudged::NoLimitForFuel)
        }
    }
}

impl Judged {
    fn of(pollutants: Vec<JudgedPollutant>) -> Self {
        let mut of_the_vehicle = pollutants.iter().filter(|judged| judged.pollutant.is_of_the_vehicle()).peekable();
        if of_the_vehicle.peek().is_none() {
            return Self { pollutants, ..Self::not_judged(WhyNotJudged::NothingMeasured) };
        }
        let over = of_the_vehicle.any(|judged| judged.over);
        let result = if over { ObservationResult::OverLimit } else { ObservationResult::Pass };
        Self { result, why: None, pollutants }
    }

    const fn not_judged(why: WhyNotJudged) -> Self {
        Self { result: ObservationResult::NotJudged, why: Some(why), pollutants: Vec::new() }
    }

    const fn invalid(why: WhyNotJudged) -> Self {
        Self { result: ObservationResult::Invalid, why: Some(why), pollutants: Vec::new() }
    }
}

impl JudgedPollutant {
    fn at_most(pollutant: Pollutant, reading: Amount, limit: Amount) -> Self {
        Self { pollutant, reading, at_least: None, at_most: Some(limit), over: reading > limit }
    }

    fn in_order(pollutant: Pollutant, in_order: bool) -> Self {
        let reading = Amount::whole(i64::from(in_order));
        Self { pollutant, reading, at_least: Some(Amount::whole(1)), at_most: None, over: !in_order }
    }
}
