//! What a test judges: every item of both standards, with its unit and its method.

use super::Method;
use crate::domain::{quantity::Unit, words::words};

words! {
    /// One thing that a test judges.
    pub enum Item {
        /// Appearance (外观检验), before any reading.
        Appearance = "appearance" / "外观检验",
        /// On-board diagnosis.
        Obd = "obd" / "OBD检查",
        /// Carbon monoxide at idle.
        IdleCo = "idle_co" / "怠速CO",
        /// Hydrocarbons at idle, as n-hexane.
        IdleHc = "idle_hc" / "怠速HC",
        /// Carbon monoxide at high idle.
        HighIdleCo = "high_idle_co" / "高怠速CO",
        /// Hydrocarbons at high idle, as n-hexane.
        HighIdleHc = "high_idle_hc" / "高怠速HC",
        /// Excess air coefficient at high idle.
        Lambda = "lambda" / "过量空气系数λ",
        /// Carbon monoxide in ASM5025.
        Asm5025Co = "asm5025_co" / "ASM5025 CO",
        /// Hydrocarbons in ASM5025, as n-hexane.
        Asm5025Hc = "asm5025_hc" / "ASM5025 HC",
        /// Nitric oxide in ASM5025.
        Asm5025No = "asm5025_no" / "ASM5025 NO",
        /// Carbon monoxide in ASM2540.
        Asm2540Co = "asm2540_co" / "ASM2540 CO",
        /// Hydrocarbons in ASM2540, as n-hexane.
        Asm2540Hc = "asm2540_hc" / "ASM2540 HC",
        /// Nitric oxide in ASM2540.
        Asm2540No = "asm2540_no" / "ASM2540 NO",
        /// Carbon monoxide of the short transient cycle.
        ShortTransientCo = "short_transient_co" / "简易瞬态CO",
        /// Hydrocarbons of the short transient cycle.
        ShortTransientHc = "short_transient_hc" / "简易瞬态HC",
        /// Nitrogen oxides of the short transient cycle.
        ShortTransientNox = "short_transient_nox" / "简易瞬态NOx",
        /// Carbon monoxide of the transient cycle.
        TransientCo = "transient_co" / "瞬态CO",
        /// Hydrocarbons and nitrogen oxides together, of the transient cycle.
        TransientHcNox = "transient_hc_nox" / "瞬态HC+NOx",
        /// Light absorption in free acceleration, mean of the last three.
        FreeAccelerationK = "free_acceleration_k" / "自由加速光吸收系数k",
        /// Light absorption at 100 % of the speed of greatest wheel power.
        LugDownK100 = "lug_down_k100" / "加载减速100%点k",
        /// Light absorption at 80 % of the speed of greatest wheel power.
        LugDownK80 = "lug_down_k80" / "加载减速80%点k",
        /// Nitrogen oxides at 80 % of the speed of greatest wheel power.
        LugDownNox80 = "lug_down_nox80" / "加载减速80%点NOx",
        /// Corrected greatest wheel power as a share of rated power.
        LugDownPower = "lug_down_power" / "最大轮边功率",
        /// Ringelmann blackness.
        Ringelmann = "ringelmann" / "林格曼黑度",
        /// Black or blue smoke seen during the test.
        VisibleSmoke = "visible_smoke" / "可见烟度",
    }
}

impl Item {
    /// The unit in which the item is limited and judged.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Appearance | Self::Obd | Self::VisibleSmoke => Unit::Check,
            Self::IdleCo | Self::HighIdleCo | Self::Asm5025Co | Self::Asm2540Co => Unit::Percent,
            Self::IdleHc
            | Self::HighIdleHc
            | Self::Asm5025Hc
            | Self::Asm2540Hc
            | Self::Asm5025No
            | Self::Asm2540No
            | Self::LugDownNox80 => Unit::Ppm,
            Self::Lambda => Unit::Ratio,
            Self::ShortTransientCo
            | Self::ShortTransientHc
            | Self::ShortTransientNox
            | Self::TransientCo
            | Self::TransientHcNox => Unit::GramPerKilometre,
            Self::FreeAccelerationK | Self::LugDownK100 | Self::LugDownK80 => Unit::PerMetre,
            Self::LugDownPower => Unit::PercentOfRatedPower,
            Self::Ringelmann => Unit::Grade,
        }
    }

    /// The method that measures the item; `None` for what is inspected whatever the method.
    #[must_use]
    pub const fn method(self) -> Option<Method> {
        match self {
            Self::Appearance | Self::Obd | Self::VisibleSmoke => None,
            Self::IdleCo | Self::IdleHc | Self::HighIdleCo | Self::HighIdleHc | Self::Lambda => {
                Some(Method::DoubleIdle)
            }
            Self::Asm5025Co
            | Self::Asm5025Hc
            | Self::Asm5025No
            | Self::Asm2540Co
            | Self::Asm2540Hc
            | Self::Asm2540No => Some(Method::Asm),
            Self::ShortTransientCo | Self::ShortTransientHc | Self::ShortTransientNox => Some(Method::ShortTransient),
            Self::TransientCo | Self::TransientHcNox => Some(Method::Transient),
            Self::FreeAccelerationK => Some(Method::FreeAcceleration),
            Self::LugDownK100 | Self::LugDownK80 | Self::LugDownNox80 | Self::LugDownPower => Some(Method::LugDown),
            Self::Ringelmann => Some(Method::Ringelmann),
        }
    }
}
