//! JSON of vehicles: what is told, how it is read, what is answered.

mod answered;
mod reading;
mod told;

pub use answered::VehicleOut;
pub use reading::Identity;
pub use told::{CorrectionIn, IdentityIn, PlateIn, SightingIn, VehicleIn};
