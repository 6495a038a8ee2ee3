//! Administrative areas of the city (GB/T 2260), and the development zones inside them.

use std::{fmt, sync::LazyLock};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::text::{normal, text_faces};
use crate::domain::words::words;

/// A six-digit area code, a string: codes may begin with zero.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, examples("610502"))]
pub struct AreaCode(String);

/// A text that is no area code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an area code has six digits, or nine with its township")]
pub struct AreaCodeError;

words! {
    /// The rank of an area.
    pub enum AreaKind {
        /// A prefecture-level city.
        City = "city" / "地级市",
        /// A district of the city.
        District = "district" / "市辖区",
        /// A county.
        County = "county" / "县",
        /// A county-level city.
        CountyCity = "county_city" / "县级市",
        /// A development zone, inside a district or county; its code is no GB/T 2260 code.
        DevelopmentZone = "development_zone" / "开发区",
    }
}

/// An area of the city: a row of `areas.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Area {
    /// Its code.
    pub code: AreaCode,
    /// Its Chinese name.
    pub name: String,
    /// Its English name.
    pub english_name: String,
    /// Its rank.
    pub kind: AreaKind,
    /// The area it lies in.
    pub parent: Option<AreaCode>,
    /// What a reader of reports should know.
    pub note: String,
}

/// The code of the city whose registry this is (渭南市): where nothing nearer is told.
pub const CITY: &str = "610500";

/// The office that issues this city's plates (陕E, GA 36-2018); a plate of another office is from out of town (外地).
pub const ISSUER: &str = "陕E";

/// Every area of the city, the city first.
#[must_use]
pub fn areas() -> &'static [Area] {
    static ROWS: LazyLock<Vec<Area>> = LazyLock::new(|| crate::domain::table::rows(include_str!("areas.csv")));
    &ROWS
}

impl AreaCode {
    /// Reads `610502`, or the nine digits `610502000` of which the first six are kept.
    ///
    /// # Errors
    /// Not six or nine digits.
    pub fn read(raw: &str) -> Result<Self, AreaCodeError> {
        let digits = normal(raw);
        let is_code = matches!(digits.len(), 6 | 9) && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.get(..6).filter(|_| is_code).map(|code| Self(code.to_owned())).ok_or(AreaCodeError)
    }

    /// The six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The area of the city with this code; `None` of an area elsewhere.
    #[must_use]
    pub fn area(&self) -> Option<&'static Area> {
        areas().iter().find(|area| area.code == *self)
    }

    /// Whether this area is the other one or lies in it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self == other
            || self.area().and_then(|area| area.parent.as_ref()).is_some_and(|parent| parent.is_within(other))
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_faces!(AreaCode, AreaCodeError);
