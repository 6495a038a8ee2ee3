//! JSON of the fleet register.

mod answered;
mod told;

pub use answered::{
    FleetBatchOut, FleetBatchResultOut, FleetFindingOut, FleetFindingsOut, LearnedOut, MembershipOut, MembershipsOut,
    MovementOut, MovementsOut, ScrappageOut, ScrappagesOut,
};
pub use told::{
    DismantlingIn, FleetBatchIn, MembershipCorrectionIn, MembershipEndIn, MembershipIn, MembershipItemIn,
    MovementCorrectionIn, MovementIn, MovementItemIn, ScrappageIn, ScrappageItemIn,
};
