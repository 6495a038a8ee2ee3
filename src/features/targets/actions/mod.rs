//! Amending targets, and working out how they stand.

mod amending;
mod asking;
mod connected;
mod counting;
mod figure;
mod removal;
mod served;
mod standing;
mod tallies;
mod vehicles;

pub use self::{
    amending::{amend_target, deliver, targets_out},
    asking::{Question, version_known},
    figure::{figure, is_known},
    standing::{keep_snapshots, rank_operators, standing, standing_of_year},
    vehicles::{Asked, vehicles_behind},
};
