//! Subscriptions, the messages made of what happens, and their sending.

mod sending;
mod sequencing;
mod subscribing;

pub use sending::send_due;
pub use sequencing::sequence;
pub use subscribing::{end_webhook, register_webhook, replay_deliveries};
