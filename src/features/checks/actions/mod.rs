//! What checks do: answer, keep in step, and tend the log.

mod answering;
mod bounds;
mod logging;
mod playing;
mod tending;

pub use answering::check_vehicles;
pub use bounds::headers;
pub use tending::{follow, tend};

use crate::{
    domain::{blacklist::Asked, check::allowance::Left},
    features::checks::wire::{ChecksOut, Unreadable},
};

/// The answers with what is left of the caller's allowance.
pub struct Served {
    pub answer: ChecksOut,
    pub left: Left,
}

/// The questions of a request, each as far as it can be read.
type Questions = Vec<Result<Asked, Unreadable>>;
