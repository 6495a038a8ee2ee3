//! Measured amounts, exact: whole millionths of their unit, never a floating-point number.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::ToSchema;

use super::words::words;

words! {
    /// The unit of an amount.
    pub enum Unit {
        /// Volume fraction, percent.
        Percent = "percent" / "%",
        /// Volume fraction, 10⁻⁶.
        Ppm = "ppm" / "10⁻⁶",
        /// A ratio without dimension (λ).
        Ratio = "ratio" / "–",
        /// Mass over distance.
        GramPerKilometre = "g_per_km" / "g/km",
        /// Light absorption coefficient k.
        PerMetre = "per_m" / "m⁻¹",
        /// Power.
        Kilowatt = "kw" / "kW",
        /// Share of the engine's rated power.
        PercentOfRatedPower = "percent_of_rated_power" / "额定功率%",
        /// Engine speed.
        PerMinute = "per_min" / "r/min",
        /// Ringelmann blackness.
        Grade = "grade" / "级",
        /// A yes or no: 1 is in order, 0 is not.
        Check = "check" / "项",
    }
}

const MICROS_PER_UNIT: i64 = 1_000_000;
const DECIMALS: usize = 6;
const FIFTEEN_DIGITS: u64 = 1_000_000_000_000_000;

/// An amount in millionths of its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, ToSchema)]
#[schema(value_type = f64, examples(0.6))]
pub struct Amount(i64);

/// A text or number that is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Not a decimal number.
    #[error("not a decimal number")]
    NotANumber,
    /// More than six decimals.
    #[error("more than six decimals")]
    TooPrecise,
    /// Beyond what an amount can hold.
    #[error("too large")]
    TooLarge,
}

impl Amount {
    /// Nothing of the unit.
    pub const ZERO: Self = Self(0);

    /// That many whole units.
    #[must_use]
    pub const fn whole(units: i64) -> Self {
        Self(units.saturating_mul(MICROS_PER_UNIT))
    }

    /// That many millionths.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// The amount in millionths.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Reads `0.60`, `-3` or `1500`.
    ///
    /// # Errors
    /// Not a plain decimal number, more than six decimals, or too large.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) || digits.ends_with('.') {
            return Err(AmountError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > DECIMALS {
            return Err(AmountError::TooPrecise);
        }
        format!("{sign}{whole}{fraction:0<DECIMALS$}").parse().map(Self).map_err(|_| AmountError::TooLarge)
    }

    /// Rounds to so many decimals, ties to even (GB/T 8170).
    #[must_use]
    pub const fn round_half_even(self, decimals: u32) -> Self {
        if decimals >= 6 {
            return self;
        }
        let step = 10_i64.pow(6 - decimals);
        let floor = self.0.div_euclid(step);
        let twice = self.0.rem_euclid(step) * 2;
        let up = twice > step || (twice == step && floor % 2 != 0);
        Self((if up { floor + 1 } else { floor }).saturating_mul(step))
    }

    /// `self` as a percentage of `whole`, cut to millionths; `None` when there is no whole.
    #[must_use]
    pub fn percent_of(self, whole: Self) -> Option<Self> {
        if whole.0 <= 0 {
            return None;
        }
        let percent = i128::from(self.0) * 100 * i128::from(MICROS_PER_UNIT) / i128::from(whole.0);
        i64::try_from(percent).ok().map(Self)
    }

    /// The mean of some amounts, rounded half to even at the millionth; `None` of none.
    #[must_use]
    pub fn mean(amounts: &[Self]) -> Option<Self> {
        let count = i128::try_from(amounts.len()).ok().filter(|count| *count > 0)?;
        let sum: i128 = amounts.iter().map(|amount| i128::from(amount.0)).sum();
        let floor = sum.div_euclid(count);
        let twice = sum.rem_euclid(count) * 2;
        let up = twice > count || (twice == count && floor % 2 != 0);
        i64::try_from(if up { floor + 1 } else { floor }).ok().map(Self)
    }

    /// A view of the millionths, for what binds by reference.
    #[must_use]
    pub const fn as_micros(&self) -> &i64 {
        &self.0
    }

    /// `self` less `other`.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// `self` and `other` together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let micros = self.0.unsigned_abs();
        let (whole, fraction) = (micros / 1_000_000, micros % 1_000_000);
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let fraction = format!("{fraction:06}");
        write!(f, "{sign}{whole}.{}", fraction.trim_end_matches('0'))
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % MICROS_PER_UNIT == 0 {
            return serializer.serialize_i64(self.0 / MICROS_PER_UNIT);
        }
        // The shortest text of the nearest binary number is the decimal text it was read from.
        let nearest: f64 = self.to_string().parse().map_err(serde::ser::Error::custom)?;
        serializer.serialize_f64(nearest)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AmountVisitor)
    }
}

/// Reads a JSON number by its decimal text, so that no binary fraction is ever computed with. A fraction of more than
/// fifteen digits might have lost its text on the way here, and is too large.
struct AmountVisitor;

impl de::Visitor<'_> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a number with at most six decimals")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Amount, E> {
        Amount::parse(&value.to_string()).map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Amount, E> {
        Amount::parse(&value.to_string()).map_err(E::custom)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Amount, E> {
        let amount = Amount::parse(&value.to_string()).map_err(E::custom)?;
        if amount.0.unsigned_abs() < FIFTEEN_DIGITS { Ok(amount) } else { Err(E::custom(AmountError::TooLarge)) }
    }
}
