//! Fuels (燃料种类, GA 24.9): one field, up to three kinds.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    codes::coded_words,
    text::{normal, text_faces},
};

coded_words! {
    /// A kind of fuel or energy, with its GA 24.9 letter.
    pub enum FuelKind {
        Petrol = "A" / "petrol" / "汽油",
        Diesel = "B" / "diesel" / "柴油",
        Electric = "C" / "electric" / "电",
        /// Petrol mixed with lubricating oil, for two-stroke engines.
        MixedOil = "D" / "mixed_oil" / "混合油",
        /// CNG or LNG.
        NaturalGas = "E" / "natural_gas" / "天然气",
        Lpg = "F" / "lpg" / "液化石油气",
        Methanol = "L" / "methanol" / "甲醇",
        Ethanol = "M" / "ethanol" / "乙醇",
        Solar = "N" / "solar" / "太阳能",
        /// Does not tell a plug-in from a plain hybrid, nor the engine's fuel.
        Hybrid = "O" / "hybrid" / "混合动力",
        Hydrogen = "P" / "hydrogen" / "氢",
        Biofuel = "Q" / "biofuel" / "生物燃料",
        /// A trailer.
        None = "Y" / "none" / "无",
        Other = "Z" / "other" / "其他",
        /// The `1` of `A1`: an engine of another fuel, converted to gas.
        RetrofitGas = "1" / "retrofit_gas" / "油改气",
    }
}

const MOST_KINDS: usize = 3;

/// The fuels of a vehicle, as one GA 24.9 field: `B`, `AC`, `A1`, `BO`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, examples("B"))]
pub struct Fuel([Option<FuelKind>; MOST_KINDS]);

/// A text that is no GA 24.9 field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FuelError {
    /// Not one to three kinds.
    #[error("not one to three fuel letters")]
    Length,
    /// A letter that GA 24.9 does not have.
    #[error("no fuel has the letter {0:?}")]
    Letter(char),
    /// The `1` of gas conversion without the fuel that was converted.
    #[error("`1` (converted to gas) needs the letter of the fuel before it")]
    RetrofitAlone,
}

impl Fuel {
    /// Reads a GA 24.9 field; the order of the letters does not matter.
    ///
    /// # Errors
    /// Empty, more than three kinds, an unknown letter, or a lone `1`.
    pub fn read(field: &str) -> Result<Self, FuelError> {
        let letters = normal(field);
        let kind =
            |letter: char| FuelKind::from_code(letter.encode_utf8(&mut [0; 4])).ok_or(FuelError::Letter(letter));
        let mut kinds = letters.chars().map(kind).collect::<Result<Vec<_>, _>>()?;
        kinds.sort_unstable();
        kinds.dedup();
        match kinds.as_slice() {
            [FuelKind::RetrofitGas] => Err(FuelError::RetrofitAlone),
            [first, rest @ ..] if rest.len() < MOST_KINDS => {
                Ok(Self([Some(*first), rest.first().copied(), rest.get(1).copied()]))
            }
            _ => Err(FuelError::Length),
        }
    }

    /// The kinds, in the order of their letters.
    pub fn kinds(self) -> impl Iterator<Item = FuelKind> {
        self.0.into_iter().flatten()
    }

    /// Whether the vehicle runs on that kind, alone or among others.
    #[must_use]
    pub fn contains(self, kind: FuelKind) -> bool {
        self.0.contains(&Some(kind))
    }

    /// Whether diesel is among the fuels: GB 3847-2018 applies, and 柴油货车 in the city's plan.
    #[must_use]
    pub fn is_diesel(self) -> bool {
        self.contains(FuelKind::Diesel)
    }

    /// Whether CNG or LNG is among the fuels; a conversion (`A1`) does not tell which gas.
    #[must_use]
    pub fn is_natural_gas(self) -> bool {
        self.contains(FuelKind::NaturalGas)
    }

    /// Whether any gas is among the fuels: natural gas, LPG, or a conversion (燃气车 in the city's plan).
    #[must_use]
    pub fn is_gas(self) -> bool {
        self.kinds().any(|kind| matches!(kind, FuelKind::NaturalGas | FuelKind::Lpg | FuelKind::RetrofitGas))
    }

    /// Whether the engine is a spark-ignition engine (点燃式): GB 18285-2018 applies.
    ///
    /// A lone `O` tells no engine and is neither this nor diesel.
    #[must_use]
    pub fn is_spark_ignition(self) -> bool {
        let burns =
            |kind| matches!(kind, FuelKind::Petrol | FuelKind::MixedOil | FuelKind::Methanol | FuelKind::Ethanol);
        !self.is_diesel() && (self.is_gas() || self.kinds().any(burns))
    }

    /// Whether electricity is the only source: exempt from the exhaust test.
    #[must_use]
    pub fn is_pure_electric(self) -> bool {
        self.kinds().eq([FuelKind::Electric])
    }

    /// Whether the vehicle has no drive of its own: a trailer.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.kinds().eq([FuelKind::None])
    }
}

impl fmt::Display for Fuel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kinds().try_for_each(|kind| f.write_str(kind.code()))
    }
}

text_faces!(Fuel, FuelError);
