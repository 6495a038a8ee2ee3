//! Texts that people type: one width and one case, and the faces of a newtype over such a text.

/// The text in half width and upper case, without blanks at its ends: `　ｌｓｖ ` is `LSV`.
#[must_use]
pub fn normal(raw: &str) -> String {
    raw.trim().chars().map(|mark| half_width(mark).to_ascii_uppercase()).collect()
}

/// The half-width twin of a full-width character; every other character as it is.
fn half_width(mark: char) -> char {
    match mark {
        '　' => ' ',
        '！'..='～' => u32::from(mark).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(mark),
        _ => mark,
    }
}

/// Whether a character parts a plate or VIN for the eye only: a blank, a dot or a dash.
#[must_use]
pub const fn is_separator(mark: char) -> bool {
    matches!(
        mark,
        ' ' | '\u{A0}' | '·' | '•' | '.' | '・' | '･' | '‧' | '∙' | '⋅' | '-' | '‐' | '‑' | '–' | '—' | '−'
    )
}

/// Gives a type with `read(&str)` and `Display` the faces of a text: `parse()`, and serde's way to and from a string.
macro_rules! text_faces {
    ($name:ident, $error:ident) => {
        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(raw: &str) -> Result<Self, $error> {
                Self::read(raw)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $error;

            fn try_from(raw: String) -> Result<Self, $error> {
                Self::read(&raw)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
    };
}
pub(crate) use text_faces;
