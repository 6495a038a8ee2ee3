//! Closed vocabularies: an enum, its word in JSON and in the database, and its Chinese label, in one place.

use utoipa::openapi::{
    ObjectBuilder, RefOr,
    schema::{Schema, Type},
};

/// A member of a closed vocabulary.
pub trait Word: Copy + 'static {
    /// Every member, in the order of declaration.
    const ALL: &'static [Self];

    /// The word in JSON, in the database and in the journal.
    fn word(self) -> &'static str;

    /// The label that people in China read.
    fn zh(self) -> &'static str;

    /// Finds the member with this exact word.
    ///
    /// # Errors
    /// The text is no word of this vocabulary.
    fn parse(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.iter().copied().find(|member| member.word() == text).ok_or_else(|| UnknownWord(text.to_owned()))
    }
}

/// A text that is no word of the vocabulary asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a word of this vocabulary")]
pub struct UnknownWord(pub String);

/// The schema of a vocabulary: its words, and what each means in Chinese.
#[must_use]
pub fn schema_of<W: Word>() -> RefOr<Schema> {
    let meanings: Vec<String> = W::ALL.iter().map(|member| format!("`{}` {}", member.word(), member.zh())).collect();
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(meanings.join(" · ")))
        .enum_values(Some(W::ALL.iter().map(|member| member.word())))
        .into()
}

/// Declares vocabularies: `pub enum Verdict { Pass = "pass" / "合格", … }`.
macro_rules! words {
    ($($(#[$doc:meta])* pub enum $name:ident {
        $($(#[$member_doc:meta])* $member:ident = $word:literal / $zh:literal),+ $(,)?
    })+) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$member_doc])* #[serde(rename = $word)] $member),+
        }

        impl $crate::domain::words::Word for $name {
            const ALL: &'static [Self] = &[$(Self::$member),+];

            fn word(self) -> &'static str {
                match self { $(Self::$member => $word),+ }
            }

            fn zh(self) -> &'static str {
                match self { $(Self::$member => $zh),+ }
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::domain::words::schema_of::<Self>()
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::domain::words::Word::word(*self))
            }
        }
    )+};
}
pub(crate) use words;
