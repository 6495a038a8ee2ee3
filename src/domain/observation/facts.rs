//! What devices and officers tell: the facts of each kind, and what several kinds share.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError, ValidationErrors};

use super::{ObservationKind, PremisesCheck, RemoteObd, RemoteSensing, RoadsideCheck, TamperingCheck};
use crate::domain::quantity::Amount;

/// The facts of an observation, by its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Facts {
    /// By a beam across the road.
    RemoteSensing(RemoteSensing),
    /// By officers on the road.
    Roadside(RoadsideCheck),
    /// By officers where the vehicle is kept.
    Premises(PremisesCheck),
    /// By a picture of smoke.
    Smoke(Smoke),
    /// By remote monitoring of on-board diagnosis.
    RemoteObd(RemoteObd),
    /// By a look at the devices.
    Tampering(TamperingCheck),
}

impl Facts {
    /// The kind.
    #[must_use]
    pub const fn kind(&self) -> ObservationKind {
        match self {
            Self::RemoteSensing(_) => ObservationKind::RemoteSensing,
            Self::Roadside(_) => ObservationKind::Roadside,
            Self::Premises(_) => ObservationKind::Premises,
            Self::Smoke(_) => ObservationKind::Smoke,
            Self::RemoteObd(_) => ObservationKind::RemoteObd,
            Self::Tampering(_) => ObservationKind::Tampering,
        }
    }
}

impl Validate for Facts {
    fn validate(&self) -> Result<(), ValidationErrors> {
        match self {
            Self::RemoteSensing(facts) => facts.validate(),
            Self::Roadside(facts) => facts.validate(),
            Self::Premises(facts) => facts.validate(),
            Self::Smoke(facts) => facts.validate(),
            Self::RemoteObd(facts) => facts.validate(),
            Self::Tampering(facts) => facts.validate(),
        }
    }
}

macro_rules! facts_from {
    ($($facts:ident => $kind:ident),+) => {$(
        impl From<$facts> for Facts {
            fn from(facts: $facts) -> Self {
                Self::$kind(facts)
            }
        }
    )+};
}

facts_from! {
    RemoteSensing => RemoteSensing, RoadsideCheck => Roadside, PremisesCheck => Premises, Smoke => Smoke,
    RemoteObd => RemoteObd, TamperingCheck => Tampering
}

/// A picture of smoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Smoke {
    /// Ringelmann grade, 0 to 5.
    #[validate(range(min = 0, max = 5))]
    #[schema(minimum = 0, maximum = 5)]
    pub ringelmann_grade: i64,
    /// How sure the camera is, percent.
    #[validate(range(min = 0, max = 100))]
    #[schema(minimum = 0, maximum = 100)]
    pub confidence_percent: Option<i64>,
    /// The picture.
    #[validate(nested)]
    pub photo: Photo,
    /// The film, if there is one.
    #[validate(nested)]
    pub video: Option<Photo>,
}

/// A picture or film that is kept elsewhere, known by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    /// Where it is kept, in the words of whoever keeps it.
    #[validate(length(min = 1, max = 300))]
    #[schema(min_length = 1, max_length = 300)]
    pub reference: String,
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    #[validate(length(equal = 64), custom(function = "hexadecimal"))]
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
}

/// Where something was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "渭清路口", "latitude_e7": 344_999_000, "longitude_e7": 1_095_100_000 }))]
pub struct Place {
    /// Its name.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// Latitude, 10⁻⁷ degree.
    #[validate(range(min = -900_000_000, max = 900_000_000))]
    #[schema(minimum = -900_000_000, maximum = 900_000_000)]
    pub latitude_e7: Option<i64>,
    /// Longitude, 10⁻⁷ degree.
    #[validate(range(min = -1_800_000_000, max = 1_800_000_000))]
    #[schema(minimum = -1_800_000_000, maximum = 1_800_000_000)]
    pub longitude_e7: Option<i64>,
}

fn hexadecimal(text: &str) -> Result<(), ValidationError> {
    let plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
    if text.bytes().all(plain) { Ok(()) } else { Err(ValidationError::new("hexadecimal")) }
}

fn within(amount: Amount, low: i64, high: i64) -> Result<(), ValidationError> {
    let fits = (Amount::whole(low)..=Amount::whole(high)).contains(&amount);
    if fits { Ok(()) } else { Err(ValidationError::new("range")) }
}

/// A share: 0 to 100 percent.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "validator gives a reference")]
pub(super) fn share(amount: &Amount) -> Result<(), ValidationError> {
    within(*amount, 0, 100)
}

/// A concentration, pressure or speed: 0 to 1,000,000.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "validator gives a reference")]
pub(super) fn magnitude(amount: &Amount) -> Result<(), ValidationError> {
    within(*amount, 0, 1_000_000)
}

/// What can be below zero: −1,000 to 1,000.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "validator gives a reference")]
pub(super) fn signed(amount: &Amount) -> Result<(), ValidationError> {
    within(*amount, -1_000, 1_000)
}
