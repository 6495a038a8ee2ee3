//! The readings of one test, by method, and whether they can be true.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AsmReadings, HighIdleReadings, IdleReadings, Item, Method, ReadingError, field::Field, gb3847, gb18285};
use crate::domain::quantity::{Amount, Unit};

/// What a station measured; the member `method` tells the shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "method", rename_all = "snake_case", deny_unknown_fields)]
pub enum Readings {
    /// Double idle.
    DoubleIdle {
        /// At idle.
        idle: IdleReadings,
        /// At high idle.
        high_idle: HighIdleReadings,
    },
    /// Steady state.
    Asm {
        /// At 25 km/h.
        asm5025: AsmReadings,
        /// At 40 km/h; absent when the test ended after ASM5025.
        asm2540: Option<AsmReadings>,
    },
    /// Short transient cycle.
    ShortTransient {
        /// Carbon monoxide, g/km.
        co_g_per_km: Option<Amount>,
        /// Hydrocarbons, g/km.
        hc_g_per_km: Option<Amount>,
        /// Nitrogen oxides, g/km.
        nox_g_per_km: Option<Amount>,
    },
    /// Transient cycle.
    Transient {
        /// Carbon monoxide, g/km.
        co_g_per_km: Option<Amount>,
        /// Hydrocarbons and nitrogen oxides together, g/km.
        hc_nox_g_per_km: Option<Amount>,
    },
    /// Free acceleration.
    FreeAcceleration {
        /// Light absorption of the third but last acceleration, m⁻¹.
        k1_per_m: Option<Amount>,
        /// Light absorption of the last acceleration but one, m⁻¹.
        k2_per_m: Option<Amount>,
        /// Light absorption of the last acceleration, m⁻¹.
        k3_per_m: Option<Amount>,
        /// Rated engine speed, r/min; recorded.
        rated_rpm: Option<Amount>,
        /// Engine speed that was reached, r/min; recorded.
        measured_rpm: Option<Amount>,
    },
    /// Lug-down.
    LugDown {
        /// Light absorption at 100 % of the speed of greatest power, m⁻¹.
        k100_per_m: Option<Amount>,
        /// Light absorption at 80 % of that speed, m⁻¹.
        k80_per_m: Option<Amount>,
        /// Nitrogen oxides at 80 % of that speed, 10⁻⁶ vol.
        nox80_ppm: Option<Amount>,
        /// Greatest wheel power, corrected, kW.
        max_wheel_power_kw: Option<Amount>,
        /// Engine speed at the greatest power, r/min; recorded.
        rpm_at_max_power: Option<Amount>,
    },
    /// Ringelmann.
    Ringelmann {
        /// Blackness, grade 0 to 5.
        grade: Option<Amount>,
    },
}

impl Readings {
    /// The method by which they were measured.
    #[must_use]
    pub const fn method(&self) -> Method {
        match self {
            Self::DoubleIdle { .. } => Method::DoubleIdle,
            Self::Asm { .. } => Method::Asm,
            Self::ShortTransient { .. } => Method::ShortTransient,
            Self::Transient { .. } => Method::Transient,
            Self::FreeAcceleration { .. } => Method::FreeAcceleration,
            Self::LugDown { .. } => Method::LugDown,
            Self::Ringelmann { .. } => Method::Ringelmann,
        }
    }

    /// What the method judges, with the value measured; wheel power still in kW, everything else in the item's unit.
    #[must_use]
    pub fn measured(&self) -> Vec<(Item, Option<Amount>)> {
        if let Self::FreeAcceleration { k1_per_m, k2_per_m, k3_per_m, .. } = *self {
            return vec![(Item::FreeAccelerationK, gb3847::mean_k([k1_per_m, k2_per_m, k3_per_m]))];
        }
        self.fields().iter().filter_map(Field::measured).collect()
    }

    /// Every needed reading that is missing and every reading that cannot be true, each with its JSON pointer.
    #[must_use]
    pub fn check(&self) -> Vec<ReadingError> {
        self.fields().iter().filter_map(Field::fault).collect()
    }

    fn fields(&self) -> Vec<Field> {
        match *self {
            Self::DoubleIdle { idle, high_idle } => gb18285::double_idle(idle, high_idle),
            Self::Asm { asm5025, asm2540 } => gb18285::asm(asm5025, asm2540),
            Self::ShortTransient { co_g_per_km, hc_g_per_km, nox_g_per_km } => vec![
                Field::needed("/readings/co_g_per_km", Item::ShortTransientCo, co_g_per_km),
                Field::needed("/readings/hc_g_per_km", Item::ShortTransientHc, hc_g_per_km),
                Field::needed("/readings/nox_g_per_km", Item::ShortTransientNox, nox_g_per_km),
            ],
            Self::Transient { co_g_per_km, hc_nox_g_per_km } => vec![
                Field::needed("/readings/co_g_per_km", Item::TransientCo, co_g_per_km),
                Field::needed("/readings/hc_nox_g_per_km", Item::TransientHcNox, hc_nox_g_per_km),
            ],
            Self::FreeAcceleration { k1_per_m, k2_per_m, k3_per_m, rated_rpm, measured_rpm } => vec![
                Field::needed("/readings/k1_per_m", Item::FreeAccelerationK, k1_per_m),
                Field::needed("/readings/k2_per_m", Item::FreeAccelerationK, k2_per_m),
                Field::needed("/readings/k3_per_m", Item::FreeAccelerationK, k3_per_m),
                Field::recorded("/readings/rated_rpm", Unit::PerMinute, rated_rpm),
                Field::recorded("/readings/measured_rpm", Unit::PerMinute, measured_rpm),
            ],
            Self::LugDown { k100_per_m, k80_per_m, nox80_ppm, max_wheel_power_kw, rpm_at_max_power } => vec![
                Field::needed("/readings/k100_per_m", Item::LugDownK100, k100_per_m),
                Field::needed("/readings/k80_per_m", Item::LugDownK80, k80_per_m),
                Field::needed("/readings/nox80_ppm", Item::LugDownNox80, nox80_ppm),
                Field::needed("/readings/max_wheel_power_kw", Item::LugDownPower, max_wheel_power_kw),
                Field::recorded("/readings/rpm_at_max_power", Unit::PerMinute, rpm_at_max_power),
            ],
            Self::Ringelmann { grade } => vec![Field::needed("/readings/grade", Item::Ringelmann, grade)],
        }
    }
}
