//! Closed vocabularies whose members also have a code in an official table.

/// Declares a vocabulary with codes: `pub enum PlateKind { SmallCar = "02" / "small_car" / "小型汽车", … }`.
///
/// The code is for foreign formats; JSON and the database carry the word.
macro_rules! coded_words {
    ($($(#[$doc:meta])* pub enum $name:ident {
        $($(#[$member_doc:meta])* $member:ident = $code:literal / $word:literal / $zh:literal),+ $(,)?
    })+) => {$(
        $crate::domain::words::words! {
            $(#[$doc])*
            pub enum $name {
                $(#[doc = $zh] $(#[$member_doc])* $member = $word / $zh),+
            }
        }

        impl $name {
            /// The code in the official table.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$member => $code),+ }
            }

            /// The member with this exact code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$member),)+ _ => None }
            }
        }
    )+};
}
pub(crate) use coded_words;
