//! SQL of webhooks: subscriptions, and the queue of their messages.

mod deliveries;
mod webhooks;

pub use deliveries::{
    DeliveryRow, Due, Outcome, claim, due, give_up_of, insert_deliveries, page, put_off, replay, settle, sweep,
};
pub use webhooks::{WebhookRow, active, end, find, insert, of_organisation};
