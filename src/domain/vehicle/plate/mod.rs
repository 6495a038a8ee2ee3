//! Number plates (号牌): the text, normalised once, and what it tells.

mod grammar;
mod kind;

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    grammar::{NevHint, PlateClass},
    kind::{PlateColour, PlateKind, kinds_of, likeliest_kind},
};
use super::text::{is_separator, normal, text_faces};

/// The longest plate that is read, in characters.
const LONGEST: usize = 16;

/// The text of a plate in half width and upper case, without dots, dashes and blanks: `陕E12345`.
///
/// The key of a vehicle is its plate and its [`PlateKind`]; both match exactly, never by prefix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, examples("陕E00001"))]
pub struct Plate(String);

/// A text that names no plate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlateError {
    /// Nothing is left after blanks, dots and dashes.
    #[error("empty")]
    Empty,
    /// More than 16 characters.
    #[error("more than 16 characters")]
    TooLong,
    /// A character that no plate carries: control characters, `/`, `*`, brackets, …
    #[error("a plate has no character {0:?}")]
    Character(char),
    /// Digits alone, or letters alone: `0000000`, `无牌`, `TEST`.
    #[error("digits alone or letters alone are no plate")]
    Placeholder,
}

impl PlateError {
    /// The fault in Chinese.
    #[must_use]
    pub fn zh(self) -> String {
        match self {
            Self::Empty => "号牌为空".to_owned(),
            Self::TooLong => format!("号牌超过 {LONGEST} 个字符"),
            Self::Character(stranger) => format!("号牌中没有字符 {stranger:?}"),
            Self::Placeholder => "仅有数字或仅有字母，不是号牌".to_owned(),
        }
    }
}

impl Plate {
    /// Reads a plate as people and machines write it: `陕Ｅ·１２３４５`, `陕e-12345`.
    ///
    /// A form without a confirmed pattern (embassy, military, temporary, …) is kept as [`PlateClass::Special`].
    ///
    /// # Errors
    /// Empty, too long, a character that no plate carries, or a placeholder such as `N/A`.
    pub fn read(raw: &str) -> Result<Self, PlateError> {
        let text: String = normal(raw).chars().filter(|mark| !is_separator(*mark)).collect();
        if let Some(stranger) = text.chars().find(|mark| !is_mark(*mark)) {
            return Err(PlateError::Character(stranger));
        }
        match text.chars().count() {
            0 => return Err(PlateError::Empty),
            length if length > LONGEST => return Err(PlateError::TooLong),
            _ => {}
        }
        let plate = Self(text);
        let digits = plate.0.chars().filter(char::is_ascii_digit).count();
        let uniform = digits == 0 || digits == plate.0.len();
        if uniform && plate.class() == PlateClass::Special { Err(PlateError::Placeholder) } else { Ok(plate) }
    }

    /// The normalised text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form of the plate (GA 36-2018).
    #[must_use]
    pub fn class(&self) -> PlateClass {
        grammar::class_of(&self.0)
    }

    /// The issuing office (发牌机关), province and letter: `陕E`; `None` where the text begins otherwise.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        grammar::issuer_of(&self.0)
    }

    /// Whether that office issued the plate; any other vehicle is from out of town (外地).
    #[must_use]
    pub fn is_local(&self, issuer: &str) -> bool {
        self.issuer() == Some(issuer)
    }

    /// Whether a plate of that kind can look like this; an odd kind is a flag, not an error.
    #[must_use]
    pub fn fits(&self, kind: PlateKind) -> bool {
        kind.classes().contains(&self.class())
    }

    /// What the letter of a new-energy plate hints at; never the proof of a drive.
    #[must_use]
    pub fn nev_hint(&self) -> Option<NevHint> {
        grammar::nev_hint_of(&self.0)
    }
}

impl fmt::Display for Plate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_faces!(Plate, PlateError);

/// Whether a plate can carry the character: a digit, a Latin capital or a Chinese character.
const fn is_mark(mark: char) -> bool {
    matches!(mark, '0'..='9' | 'A'..='Z' | '\u{4E00}'..='\u{9FFF}')
}
