//! Degrees of longitude and latitude, exact: whole ten-millionths, never a floating-point number.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

const DECIMALS: usize = 7;

/// An angle in 10⁻⁷ degree, about a centimetre on the ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Degrees(i64);

/// A number that is no coordinate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DegreesError {
    /// Not a decimal number.
    #[error("not a decimal number of degrees")]
    NotANumber,
    /// More than seven decimals.
    #[error("more than seven decimals")]
    TooPrecise,
}

impl Degrees {
    /// That many ten-millionths.
    #[must_use]
    pub const fn from_e7(e7: i64) -> Self {
        Self(e7)
    }

    /// The ten-millionths.
    #[must_use]
    pub const fn e7(self) -> i64 {
        self.0
    }

    /// Reads `109.5021` as it is written.
    ///
    /// # Errors
    /// Not a plain decimal number, or more than seven decimals.
    pub fn parse(text: &str) -> Result<Self, DegreesError> {
        let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 4 || !plain(whole) || !plain(fraction) {
            return Err(DegreesError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > DECIMALS {
            return Err(DegreesError::TooPrecise);
        }
        format!("{sign}{whole}{fraction:0<DECIMALS$}").parse().map(Self).map_err(|_| DegreesError::NotANumber)
    }
}

impl std::fmt::Display for Degrees {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let e7 = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:07}", e7 / 10_000_000, e7 % 10_000_000)
    }
}

impl Serialize for Degrees {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The shortest text of the nearest binary number is the decimal text it was read from.
        let nearest: f64 = self.to_string().parse().map_err(serde::ser::Error::custom)?;
        serializer.serialize_f64(nearest)
    }
}

impl<'de> Deserialize<'de> for Degrees {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DegreesVisitor)
    }
}

/// Reads a JSON number by its decimal text.
struct DegreesVisitor;

impl de::Visitor<'_> for DegreesVisitor {
    type Value = Degrees;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("degrees with at most seven decimals")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Degrees, E> {
        Degrees::parse(&value.to_string()).map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Degrees, E> {
        Degrees::parse(&value.to_string()).map_err(E::custom)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Degrees, E> {
        Degrees::parse(&value.to_string()).map_err(E::custom)
    }
}
