//! JSON of checks: what is asked, what is answered, and the line that stays of it.

mod answered;
mod asked;
mod line;

pub use answered::{CheckFaultOut, CheckFindingOut, CheckOut, CheckedVehicleOut, ChecksOut, InTwoLanguages};
pub use asked::{CheckIn, ChecksIn, Unreadable};
pub use line::{LineHead, LineOut};
