//! The rules by which a vehicle comes on the blacklist, each by its dated switch: what fires, on which evidence, and how
//! long that evidence holds. A rule's id is the name of its switch.
//!
//! Sources: 渭南市环境空气质量限期达标规划 二(三)3–4; HJ 845-2017; the windows and numbers are dated settings.

mod inspection_due;
mod remote_sensing;
mod sampling;

pub use self::{
    inspection_due::{
        InspectionPeriod, PeriodClass, cycle_start, due_after, inspection_periods, is_overdue, period_class,
        unanswered,
    },
    remote_sensing::{Chain, Reading, Sensed, chain_with, window_end},
    sampling::{Sampling, failed_samplings},
};
use super::{
    listing::{Evidence, ListingReason},
    observation::{Observation, ObservationKind},
    settings::Settings,
    time::{Day, Instant},
};

/// A rule that fires: the listing that it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firing {
    /// For which reason.
    pub reason: ListingReason,
    /// By which rule.
    pub rule: &'static str,
    /// The facts, in words.
    pub basis: String,
    /// What stands behind it.
    pub evidence: Vec<Evidence>,
    /// The last day on which the evidence holds; none when it does not expire.
    pub expires_on: Option<Day>,
}

/// The id of the rule that lists for a reason: the name of its switch.
#[must_use]
pub const fn rule_of(reason: ListingReason) -> &'static str {
    match reason {
        ListingReason::OverdueCase => "overdue_case_lists",
        ListingReason::OverdueInspection => "overdue_inspection_lists",
        ListingReason::Roadside => "roadside_lists",
        ListingReason::Premises => "premises_lists",
        ListingReason::RemoteSensing => "remote_sensing_lists",
        ListingReason::BlackSmoke => "black_smoke_lists",
        ListingReason::RemoteMonitoring => "remote_monitoring_lists",
        ListingReason::Tampering => "tampering_lists",
        ListingReason::RepeatedSampling => "repeated_sampling_lists",
        ListingReason::Elimination => "elimination_lists",
        ListingReason::Decision => "decision",
    }
}

/// Whether the rule that lists for a reason is on; a decision needs no rule.
#[must_use]
pub fn is_on(reason: ListingReason, settings: &Settings, day: Day) -> bool {
    match reason {
        ListingReason::OverdueCase => settings.is_on("overdue_case_lists", day),
        ListingReason::OverdueInspection => settings.is_on("overdue_inspection_lists", day),
        ListingReason::Roadside => settings.is_on("roadside_lists", day),
        ListingReason::Premises => settings.is_on("premises_lists", day),
        ListingReason::RemoteSensing => settings.is_on("remote_sensing_lists", day),
        ListingReason::BlackSmoke => settings.is_on("black_smoke_lists", day),
        ListingReason::RemoteMonitoring => settings.is_on("remote_monitoring_lists", day),
        ListingReason::Tampering => settings.is_on("tampering_lists", day),
        ListingReason::RepeatedSampling => settings.is_on("repeated_sampling_lists", day),
        ListingReason::Elimination => settings.is_on("elimination_lists", day),
        ListingReason::Decision => true,
    }
}

/// Whether an observation establishes an exceedance, so that a case is opened or joined: by itself, or as the link of a
/// chain of remote sensing. One exceedance by remote sensing is suspicion only.
#[must_use]
pub fn establishes(observation: &Observation, chain: Option<&Chain>) -> bool {
    observation.exceeds() && (observation.kind != ObservationKind::RemoteSensing || chain.is_some())
}

/// The listing that an established exceedance asks for on the day of its recording, if its rule is on.
#[must_use]
pub fn fires(observation: &Observation, chain: Option<&Chain>, settings: &Settings, today: Day) -> Option<Firing> {
    let (reason, kind) = (observation.kind.reason(), observation.kind);
    let rule = rule_of(reason);
    if !establishes(observation, chain) || !is_on(reason, settings, today) {
        return None;
    }
    let Some(chain) = chain else {
        let evidence = vec![Evidence::observation(observation)];
        let day = observation.observed_at.local_day();
        let basis = format!("{}超限，{day}，编号 {}", zh(kind), observation.number);
        return Some(Firing { reason, rule, basis, evidence, expires_on: None });
    };
    let (count, from, to) = (chain.links.len(), chain.first().local_day(), chain.last().local_day());
    Some(Firing {
        reason,
        rule,
        basis: format!("遥感监测同一污染物连续 {count} 次有效超限（{from} 至 {to}）"),
        evidence: chain.links.iter().map(Sensed::evidence).collect(),
        expires_on: Some(window_end(to, settings, today)),
    })
}

/// The listing that failed samplings of one inspection cycle ask for, if there are enough and the rule is on.
#[must_use]
pub fn fires_for_samplings(samplings: &[Sampling], since: Day, settings: &Settings, at: Instant) -> Option<Firing> {
    let (reason, today) = (ListingReason::RepeatedSampling, at.local_day());
    let rule = rule_of(reason);
    let needed: usize = settings.on("repeated_sampling_count", today);
    let failed = failed_samplings(samplings, since);
    if !is_on(reason, settings, today) || needed == 0 || failed.len() < needed {
        return None;
    }
    Some(Firing {
        reason,
        rule,
        basis: format!("本检验周期（自 {since}）内监督抽测 {} 次不合格", failed.len()),
        evidence: failed.into_iter().map(|sampling| sampling.evidence.clone()).collect(),
        expires_on: None,
    })
}

fn zh(kind: ObservationKind) -> &'static str {
    crate::domain::words::Word::zh(kind)
}
