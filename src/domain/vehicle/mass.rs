//! Light and heavy vehicles, as the emission standards part them; not the size classes of GA 802.

use crate::domain::words::words;

words! {
    /// Light or heavy by maximum mass (GVM).
    pub enum MassClass {
        /// At most 3,500 kg.
        Light = "light" / "轻型",
        /// More than 3,500 kg.
        Heavy = "heavy" / "重型",
    }
}

const LIGHT_AT_MOST_KG: i64 = 3_500;

/// The mass class of a maximum mass (最大总质量) in kg.
#[must_use]
pub const fn mass_class(gvm_kg: i64) -> MassClass {
    if gvm_kg <= LIGHT_AT_MOST_KG { MassClass::Light } else { MassClass::Heavy }
}
