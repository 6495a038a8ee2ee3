//! Sealing, proving, exporting and erasing.

mod exporting;
mod proving;
mod sealing;
mod tending;

pub use exporting::{Export, begin_export};
pub use proving::{consistency, entries_of, entry};
pub use sealing::{seal_waiting, sign_checkpoint, sign_when_due};
pub use tending::tend;
