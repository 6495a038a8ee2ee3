//! Phases of a test within its per-second record, and the readings that they show by themselves.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Trace;
use crate::domain::{
    quantity::Amount,
    standard::{Item, Method},
    words::words,
};

words! {
    /// A phase of a test.
    pub enum PhaseName {
        /// Double idle: the seconds whose mean is the idle reading.
        Idle = "idle" / "怠速",
        /// Double idle: the seconds whose mean is the high idle reading.
        HighIdle = "high_idle" / "高怠速",
        /// Steady state: the seconds whose mean is the reading at 25 km/h.
        Asm5025 = "asm5025" / "ASM5025",
        /// Steady state: the seconds whose mean is the reading at 40 km/h.
        Asm2540 = "asm2540" / "ASM2540",
        /// Driving cycle: all of it.
        Cycle = "cycle" / "行驶循环",
        /// Free acceleration: the third but last acceleration, whose greatest value counts.
        Acceleration1 = "acceleration1" / "自由加速1",
        /// Free acceleration: the last but one.
        Acceleration2 = "acceleration2" / "自由加速2",
        /// Free acceleration: the last.
        Acceleration3 = "acceleration3" / "自由加速3",
        /// Lug-down: the seconds at the speed of greatest power.
        K100 = "k100" / "100%点",
        /// Lug-down: the seconds at 80 % of that speed.
        K80 = "k80" / "80%点",
    }
}

/// A phase: where it lies in the record, by the count of samples, the first being 1; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Which.
    pub phase: PhaseName,
    /// Its first sample.
    pub from: u32,
    /// Its last sample.
    pub to: u32,
}

impl PhaseName {
    /// The method that has the phase.
    #[must_use]
    pub fn is_of(self, method: Method) -> bool {
        match self {
            Self::Idle | Self::HighIdle => method == Method::DoubleIdle,
            Self::Asm5025 | Self::Asm2540 => method == Method::Asm,
            Self::Cycle => matches!(method, Method::ShortTransient | Method::Transient),
            Self::Acceleration1 | Self::Acceleration2 | Self::Acceleration3 => method == Method::FreeAcceleration,
            Self::K100 | Self::K80 => method == Method::LugDown,
        }
    }
}

/// Whose mean over which phase is which reading. Traces carry corrected values, as the readings are.
const MEANS: [(Item, &str, PhaseName); 15] = [
    (Item::IdleCo, "co_percent", PhaseName::Idle),
    (Item::IdleHc, "hc_ppm", PhaseName::Idle),
    (Item::HighIdleCo, "co_percent", PhaseName::HighIdle),
    (Item::HighIdleHc, "hc_ppm", PhaseName::HighIdle),
    (Item::Asm5025Co, "co_percent", PhaseName::Asm5025),
    (Item::Asm5025Hc, "hc_ppm", PhaseName::Asm5025),
    (Item::Asm5025No, "no_ppm", PhaseName::Asm5025),
    (Item::Asm2540Co, "co_percent", PhaseName::Asm2540),
    (Item::Asm2540Hc, "hc_ppm", PhaseName::Asm2540),
    (Item::Asm2540No, "no_ppm", PhaseName::Asm2540),
    (Item::ShortTransientCo, "co_g_per_km", PhaseName::Cycle),
    (Item::ShortTransientNox, "nox_g_per_km", PhaseName::Cycle),
    (Item::LugDownK100, "k_per_m", PhaseName::K100),
    (Item::LugDownK80, "k_per_m", PhaseName::K80),
    (Item::LugDownNox80, "nox_ppm", PhaseName::K80),
];
const ACCELERATIONS: [PhaseName; 3] = [PhaseName::Acceleration1, PhaseName::Acceleration2, PhaseName::Acceleration3];

impl Trace {
    /// The readings that the record shows by itself, where it tells its phases.
    #[must_use]
    pub fn own_readings(&self) -> Vec<(Item, Amount)> {
        let mut own = Vec::new();
        for (item, channel, phase) in MEANS {
            own.extend(self.of_phase(channel, phase).and_then(Amount::mean).map(|mean| (item, mean)));
        }
        let peak = |phase| self.of_phase("k_per_m", phase).and_then(|samples| samples.iter().copied().max());
        let peaks: Vec<Amount> = ACCELERATIONS.into_iter().filter_map(peak).collect();
        if peaks.len() == ACCELERATIONS.len() {
            own.extend(Amount::mean(&peaks).map(|mean| (Item::FreeAccelerationK, mean)));
        }
        own
    }

    fn of_phase(&self, channel: &str, name: PhaseName) -> Option<&[Amount]> {
        let phase = self.phases.iter().find(|phase| phase.phase == name)?;
        let (from, to) = (usize::try_from(phase.from).ok()?, usize::try_from(phase.to).ok()?);
        self.channels.get(channel)?.get(from.checked_sub(1)?..to)
    }
}
