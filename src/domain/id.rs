//! Identifiers: a UUID that knows its noun.

use std::{fmt, hash::Hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// The identifier of one `Noun`; UUID v7, made by the shell, never by a database.
pub struct Id<Noun>(Uuid, PhantomData<fn() -> Noun>);

impl<Noun> Id<Noun> {
    /// The UUID without its noun.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.0
    }

    /// The same UUID under another noun, for the places where two nouns share a key (the journal's subject).
    #[must_use]
    pub const fn recast<Other>(self) -> Id<Other> {
        Id(self.0, PhantomData)
    }
}

/// Sixteen digits and letters (Crockford's base 32) of the last 80 bits: what numbers for people are made of.
#[must_use]
pub fn serial(bits: u128) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bits = bits;
    let mut serial = [b'0'; 16];
    for place in serial.iter_mut().rev() {
        let index = usize::try_from(bits & 31).unwrap_or_default();
        *place = ALPHABET.get(index).copied().unwrap_or(b'0');
        bits >>= 5;
    }
    String::from_utf8_lossy(&serial).into_owned()
}

impl<Noun> From<Uuid> for Id<Noun> {
    fn from(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }
}

impl<Noun> Clone for Id<Noun> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Noun> Copy for Id<Noun> {}

impl<Noun> PartialEq for Id<Noun> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<Noun> Eq for Id<Noun> {}

impl<Noun> PartialOrd for Id<Noun> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<Noun> Ord for Id<Noun> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<Noun> Hash for Id<Noun> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<Noun> fmt::Debug for Id<Noun> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<Noun> fmt::Display for Id<Noun> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<Noun> FromStr for Id<Noun> {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<Uuid>().map(Self::from)
    }
}

impl<Noun> Serialize for Id<Noun> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, Noun> Deserialize<'de> for Id<Noun> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::from)
    }
}
