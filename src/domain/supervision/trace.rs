//! A per-second record as a station sends it. What cannot be understood is refused by name; what is understood and does
//! not add up is kept, and is a finding.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use super::{Phase, TraceFacts, print_of, sketch_of};
use crate::domain::{quantity::Amount, standard::Method, words::words};

words! {
    /// What cannot be understood of a record.
    pub enum TraceFault {
        /// The substance in a unit that the service does not know.
        OtherUnit = "other_unit" / "通道单位不符",
        /// A channel or a phase of another method.
        OtherMethod = "other_method" / "属于其他检测方法",
        /// A phase outside the record.
        PhaseOutside = "phase_outside" / "阶段超出过程数据",
    }

    /// What does not add up in a record.
    pub enum TraceOddity {
        /// Fewer seconds than the station says.
        ShorterThanSaid = "shorter_than_said" / "少于申报时长",
        /// Seconds are missing in between.
        Gaps = "gaps" / "采样中断",
        /// Seconds come twice or run backwards.
        RepeatedSeconds = "repeated_seconds" / "采样秒重复",
    }
}

/// Something that cannot be understood, with its JSON pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceError {
    /// Where.
    pub pointer: String,
    /// What.
    pub fault: TraceFault,
}

/// A per-second record: channels of equal length. Substances carry their unit in the name (`co_percent`, `hc_ppm`,
/// `no_ppm`, `nox_ppm`, `k_per_m`, `co_g_per_km`, …); other channels (`rpm`, …) are kept as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "is_even"))]
#[schema(example = json!({ "channels": { "rpm": [850, 860, 855], "co_percent": [0.81, 0.82, 0.82] } }))]
pub struct Trace {
    /// Samples by channel, one a second from the first on.
    #[validate(length(min = 1, max = 40))]
    pub channels: BTreeMap<String, Vec<Amount>>,
    /// The number of each sample's second; without it the samples are one a second, without gaps.
    #[validate(length(max = 3600))]
    #[schema(max_items = 3600)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seconds: Vec<u32>,
    /// How many seconds the station says that it recorded.
    #[validate(range(max = 3600))]
    #[schema(maximum = 3600)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said_seconds: Option<u32>,
    /// Where the phases of the test lie, so that readings can be compared with them.
    #[validate(length(max = 12))]
    #[schema(max_items = 12)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<Phase>,
}

const MOST_SAMPLES: usize = 3_600;

fn is_even(trace: &Trace) -> Result<(), ValidationError> {
    let samples = trace.samples();
    let told = trace.seconds.is_empty() || trace.seconds.len() == samples;
    if samples <= MOST_SAMPLES && told && trace.channels.values().all(|channel| channel.len() == samples) {
        return Ok(());
    }
    Err(ValidationError::new("trace_length").with_message(
        "channels must have the same length, 3600 samples at most | 各通道长度须一致且不超过3600".into(),
    ))
}

/// A substance: its name, its channels, and the methods that measure it.
struct Substance {
    stem: &'static str,
    channels: &'static [&'static str],
    methods: &'static [Method],
}

const PETROL: &[Method] = &[Method::DoubleIdle, Method::Asm, Method::ShortTransient, Method::Transient];
const DRIVEN: &[Method] = &[Method::Asm, Method::ShortTransient, Method::Transient];
const CYCLES: [Method; 2] = [Method::ShortTransient, Method::Transient];
const SUBSTANCES: [Substance; 5] = [
    Substance { stem: "co", channels: &["co_percent", "co_g_per_km"], methods: PETROL },
    Substance { stem: "hc", channels: &["hc_ppm", "hc_g_per_km"], methods: PETROL },
    Substance { stem: "no", channels: &["no_ppm"], methods: DRIVEN },
    Substance {
        stem: "nox",
        channels: &["nox_ppm", "nox_g_per_km"],
        methods: &[Method::LugDown, Method::ShortTransient, Method::Transient],
    },
    Substance { stem: "k", channels: &["k_per_m"], methods: &[Method::FreeAcceleration, Method::LugDown] },
];

fn substance_of(channel: &str) -> Option<&'static Substance> {
    let stem = channel.split('_').next().filter(|stem| *stem != channel)?;
    SUBSTANCES.iter().find(|substance| substance.stem == stem)
}

impl Trace {
    /// How many samples it has.
    #[must_use]
    pub fn samples(&self) -> usize {
        self.channels.values().next().map_or(0, Vec::len)
    }

    /// What cannot be understood of the record of a test by this method.
    #[must_use]
    pub fn check(&self, method: Option<Method>) -> Vec<TraceError> {
        let mut errors = Vec::new();
        for channel in self.channels.keys() {
            let Some(substance) = substance_of(channel) else { continue };
            let fault = if !substance.channels.contains(&channel.as_str()) {
                Some(TraceFault::OtherUnit)
            } else if method.is_none_or(|method| !fits(substance, channel, method)) {
                Some(TraceFault::OtherMethod)
            } else {
                None
            };
            let pointer = format!("/trace/channels/{channel}");
            errors.extend(fault.map(|fault| TraceError { pointer, fault }));
        }
        let samples = u32::try_from(self.samples()).unwrap_or(u32::MAX);
        for (index, phase) in self.phases.iter().enumerate() {
            let fault = if method.is_none_or(|method| !phase.phase.is_of(method)) {
                Some(TraceFault::OtherMethod)
            } else if phase.from == 0 || phase.from > phase.to || phase.to > samples {
                Some(TraceFault::PhaseOutside)
            } else {
                None
            };
            errors.extend(fault.map(|fault| TraceError { pointer: format!("/trace/phases/{index}"), fault }));
        }
        errors
    }

    /// The record boiled down.
    #[must_use]
    pub fn facts(&self) -> TraceFacts {
        let measured: Vec<&[Amount]> = self.measured().collect();
        TraceFacts {
            samples: i64::try_from(self.distinct_seconds()).unwrap_or(i64::MAX),
            oddities: self.oddities(),
            print: print_of(&measured),
            sketch: sketch_of(&measured),
            own: self.own_readings(),
            repeats: None,
        }
    }

    /// The channels of substances; what is set, as speed, is alike in every test.
    fn measured(&self) -> impl Iterator<Item = &[Amount]> {
        let substances = self.channels.iter().filter(|(channel, _)| substance_of(channel).is_some());
        substances.map(|(_, samples)| samples.as_slice())
    }

    fn distinct_seconds(&self) -> usize {
        if self.seconds.is_empty() { self.samples() } else { self.seconds.iter().collect::<BTreeSet<_>>().len() }
    }

    fn oddities(&self) -> Vec<TraceOddity> {
        let seen = self.distinct_seconds();
        let said = self.said_seconds.and_then(|said| usize::try_from(said).ok());
        let steps = || self.seconds.windows(2).filter_map(|two| Some((*two.first()?, *two.last()?)));
        [
            (TraceOddity::ShorterThanSaid, said.is_some_and(|said| seen < said)),
            (TraceOddity::Gaps, steps().any(|(first, second)| second > first.saturating_add(1))),
            (TraceOddity::RepeatedSeconds, steps().any(|(first, second)| second <= first)),
        ]
        .into_iter()
        .filter_map(|(oddity, is_so)| is_so.then_some(oddity))
        .collect()
    }
}

/// Grams belong to driving cycles; concentrations to whatever method measures the substance.
fn fits(substance: &Substance, channel: &str, method: Method) -> bool {
    substance.methods.contains(&method) && (!channel.ends_with("g_per_km") || CYCLES.contains(&method))
}
