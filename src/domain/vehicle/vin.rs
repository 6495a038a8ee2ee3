//! Vehicle identification numbers (车辆识别代号, GB 16735-2019): kept even when wrong, and what is wrong told.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::text::{is_separator, normal, text_faces};
use crate::domain::words::words;

const LENGTH: usize = 17;
const LONGEST: usize = 32;
const WEIGHTS: [u32; LENGTH] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const CHECK_DIGITS: &str = "0123456789X";
const YEAR_LETTERS: &str = "123456789ABCDEFGHJKLMNPRSTVWXY";

/// A VIN, or what stands in its place, in half width and upper case: 1 to 32 letters and digits.
///
/// Real lists have VINs that are wrong; such a VIN is kept and flagged, so that no test is lost.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, examples("LSVAA4182E2184847"))]
pub struct Vin(String);

words! {
    /// What the structure of a VIN tells.
    pub enum VinStatus {
        /// 17 characters of the alphabet, and the check digit is right.
        Valid = "valid" / "有效",
        /// The check digit (position 9) is wrong: usual on imports and old vehicles.
        CheckDigitFails = "check_digit_fails" / "校验位不符",
        /// Not 17 characters, or with I, O or Q.
        Malformed = "malformed" / "格式不符",
    }
}

/// A text that cannot even stand in a VIN's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VinError {
    /// Nothing is left after blanks and dashes.
    #[error("empty")]
    Empty,
    /// More than 32 characters.
    #[error("more than 32 characters")]
    TooLong,
    /// Neither a letter nor a digit, such as the `*` of a masked VIN.
    #[error("a VIN has no character {0:?}")]
    Character(char),
}

impl VinError {
    /// The fault in Chinese.
    #[must_use]
    pub fn zh(self) -> String {
        match self {
            Self::Empty => "车架号为空".to_owned(),
            Self::TooLong => format!("车架号超过 {LONGEST} 个字符"),
            Self::Character(stranger) => format!("车架号中没有字符 {stranger:?}"),
        }
    }
}

impl Vin {
    /// Reads a VIN as people and machines write it.
    ///
    /// # Errors
    /// Empty, longer than 32 characters, or with a character other than letters and digits.
    pub fn read(raw: &str) -> Result<Self, VinError> {
        let text: String = normal(raw).chars().filter(|mark| !is_separator(*mark)).collect();
        if let Some(stranger) = text.chars().find(|mark| !mark.is_ascii_alphanumeric()) {
            return Err(VinError::Character(stranger));
        }
        match text.len() {
            0 => Err(VinError::Empty),
            length if length > LONGEST => Err(VinError::TooLong),
            _ => Ok(Self(text)),
        }
    }

    /// The normalised text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the VIN has the form and the check digit of GB 16735-2019.
    #[must_use]
    pub fn status(&self) -> VinStatus {
        match (self.check_digit(), self.0.chars().nth(8)) {
            (Some(right), Some(found)) if right == found => VinStatus::Valid,
            (Some(_), _) => VinStatus::CheckDigitFails,
            (None, _) => VinStatus::Malformed,
        }
    }

    /// The last so many characters, which people ask by; the whole VIN where it is shorter.
    #[must_use]
    pub fn tail(&self, characters: usize) -> &str {
        self.0.get(self.0.len().saturating_sub(characters)..).unwrap_or(&self.0)
    }

    /// The model year (position 10), which the code repeats every 30 years: the last that is not after `latest`.
    ///
    /// `None` when the VIN is malformed or the position holds no year.
    #[must_use]
    pub fn model_year(&self, latest: i32) -> Option<i32> {
        self.check_digit()?;
        let place = YEAR_LETTERS.find(self.0.chars().nth(9)?)?;
        let year = 2001 + i32::try_from(place).ok()?;
        Some(year - if year > latest { 30 } else { 0 })
    }

    /// The check digit these characters ask for; `None` when they are malformed.
    fn check_digit(&self) -> Option<char> {
        if self.0.len() != LENGTH {
            return None;
        }
        let terms = self.0.chars().zip(WEIGHTS).map(|(mark, weight)| Some(value_of(mark)? * weight));
        let sum = terms.sum::<Option<u32>>()?;
        CHECK_DIGITS.chars().nth(usize::try_from(sum % 11).ok()?)
    }
}

impl fmt::Display for Vin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_faces!(Vin, VinError);

/// The value of a character in the check sum; `None` of I, O and Q.
fn value_of(mark: char) -> Option<u32> {
    match mark {
        '0'..='9' => mark.to_digit(10),
        'A' | 'J' => Some(1),
        'B' | 'K' | 'S' => Some(2),
        'C' | 'L' | 'T' => Some(3),
        'D' | 'M' | 'U' => Some(4),
        'E' | 'N' | 'V' => Some(5),
        'F' | 'W' => Some(6),
        'G' | 'P' | 'X' => Some(7),
        'H' | 'Y' => Some(8),
        'R' | 'Z' => Some(9),
        _ => None,
    }
}
