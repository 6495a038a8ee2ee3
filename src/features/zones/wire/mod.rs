//! JSON of zones and what else restricts traffic.

mod answered;
mod told;

pub use answered::{
    Kept, MeasureOut, PermitOut, SpecialDayOut, ZoneExemptionOut, ZoneHistoryOut, ZoneOrderOut, ZoneOut,
};
pub use told::{MeasureIn, OrderIn, PermitIn, SpecialDayIn, ZoneExemptionIn, ZoneIn};
