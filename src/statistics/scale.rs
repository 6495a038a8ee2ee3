//! Between whole numbers and floating point: the only place where one becomes the other.

/// Which way a result is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Towards less: the low end of an interval.
    Down,
    /// Towards more: the high end of an interval.
    Up,
    /// To the nearest, ties to even: the middle.
    Nearest,
}

/// How sure an interval is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// 80 %, for plans.
    Percent80,
    /// 95 %, for reports.
    #[default]
    Percent95,
}

impl Level {
    /// How many standard deviations of the normal distribution the interval reaches to each side.
    pub(super) const fn z(self) -> f64 {
        match self {
            Self::Percent80 => 1.281_551_565_544_600_4,
            Self::Percent95 => 1.959_963_984_540_054,
        }
    }

    /// The level in percent.
    #[must_use]
    pub const fn percent(self) -> i64 {
        match self {
            Self::Percent80 => 80,
            Self::Percent95 => 95,
        }
    }
}

/// A whole number as a float: exact up to 2⁵³, far beyond any count of vehicles.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts stay below 2^53")]
pub(super) const fn real(whole: i64) -> f64 {
    whole as f64
}

/// A float as a whole number; beyond what a whole number holds, the last one that it does.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "`as` saturates, which is meant here")]
pub(super) fn whole(value: f64, rounding: Rounding) -> i64 {
    // What lies within a billionth of a whole number is that number: √ and ÷ leave such dust.
    let near = value.round_ties_even();
    let dust = (value - near).abs() <= 1e-9 * near.abs().max(1.0);
    let rounded = match rounding {
        _ if dust => near,
        Rounding::Down => value.floor(),
        Rounding::Up => value.ceil(),
        Rounding::Nearest => near,
    };
    rounded as i64
}
