//! Vehicle types (车辆类型, GA 24.4): a letter, a size and a shape in two to four characters.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::text::{normal, text_faces};
use crate::domain::words::words;

/// A GA 24.4 code: `K33` small sedan, `H11` heavy truck, `Q11` heavy tractor unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, examples("H11"))]
pub struct VehicleType(String);

/// The type of a vehicle of which nobody has told it (GA 24.4: 其他).
pub const UNTOLD: &str = "X99";

/// A text that is no GA 24.4 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a vehicle type is a letter and one to three letters or digits (GA 24.4)")]
pub struct VehicleTypeError;

words! {
    /// The size in the type's name (GA 802-2019); by mass, length or seats, not the light and heavy of emissions.
    pub enum SizeClass {
        /// Trucks, from 12,000 kg.
        Heavy = "heavy" / "重型",
        /// Passenger and special vehicles, from 6 m or 20 seats.
        Large = "large" / "大型",
        /// Trucks from 4,500 kg or 6 m; passenger vehicles of 10 to 19 seats.
        Medium = "medium" / "中型",
        /// Trucks.
        Light = "light" / "轻型",
        /// Passenger and special vehicles, up to 9 seats.
        Small = "small" / "小型",
        /// Up to 3.5 m.
        Micro = "micro" / "微型",
    }
}

impl VehicleType {
    /// Reads a code; one that this program does not know is kept.
    ///
    /// # Errors
    /// Not a letter followed by one to three letters or digits.
    pub fn read(raw: &str) -> Result<Self, VehicleTypeError> {
        let code = normal(raw);
        let is_code = code.starts_with(|mark: char| mark.is_ascii_uppercase())
            && code.chars().all(|mark| mark.is_ascii_alphanumeric())
            && (2..=4).contains(&code.len());
        if is_code { Ok(Self(code)) } else { Err(VehicleTypeError) }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a truck (货车) of the elimination scope: H1–H4, tractor units, special vehicles with cargo.
    ///
    /// Low-speed trucks (H5) and tri-wheelers (N) are managed apart.
    #[must_use]
    pub fn is_truck(&self) -> bool {
        matches!(self.0.as_bytes(), [b'H', b'1'..=b'4', ..] | [b'Q', ..] | [b'Z', _, b'2', ..])
    }

    /// Whether it is a passenger vehicle (载客汽车).
    #[must_use]
    pub fn is_passenger(&self) -> bool {
        self.0.starts_with('K')
    }

    /// Whether it is a 面包车 (K?9), which has no exemption from yearly tests.
    #[must_use]
    pub fn is_van(&self) -> bool {
        matches!(self.0.as_bytes(), [b'K', _, b'9', ..])
    }

    /// The size in the type's name; `None` where the name has none.
    #[must_use]
    pub fn size(&self) -> Option<SizeClass> {
        Some(match self.0.as_bytes() {
            [b'H' | b'Q' | b'B' | b'G', b'1', ..] | [b'Z', b'5', ..] => SizeClass::Heavy,
            [b'K' | b'Z', b'1', ..] => SizeClass::Large,
            [b'K' | b'H' | b'Q' | b'B' | b'G' | b'Z', b'2', ..] => SizeClass::Medium,
            [b'H' | b'Q' | b'B' | b'G', b'3', ..] | [b'Z', b'7', ..] => SizeClass::Light,
            [b'K' | b'Z', b'3', ..] => SizeClass::Small,
            [b'K' | b'H' | b'Z', b'4', ..] => SizeClass::Micro,
            _ => return None,
        })
    }
}

impl fmt::Display for VehicleType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_faces!(VehicleType, VehicleTypeError);
