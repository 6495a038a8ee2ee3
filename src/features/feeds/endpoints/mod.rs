//! HTTP of feeds.

mod changes;
mod events;
mod snapshots;

pub use changes::*;
pub use events::*;
pub use snapshots::*;
