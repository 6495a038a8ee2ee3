//! JSON of webhooks.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::store::{DeliveryRow, WebhookRow};
use crate::domain::{
    id::Id,
    party::Organisation,
    time::Instant,
    webhook::{Delivery, DeliveryState, EventKind, Webhook},
};

/// An organisation subscribes to events.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "url": "https://gate.example.cn/imfleet", "events": ["vehicle_listed", "listing_lifted"] }))]
pub struct WebhookIn {
    /// Where messages go: https; plain http to loopback alone.
    #[validate(length(min = 8, max = 500))]
    #[schema(min_length = 8, max_length = 500)]
    pub url: String,
    /// Which events.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_items = 1, max_items = 32)]
    pub events: Vec<EventKind>,
}

/// Which messages are sent once more.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayIn {
    /// This one, whatever became of it; every dead one when absent.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub delivery_id: Option<Id<Delivery>>,
}

/// How many messages are sent once more.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReplayOut {
    /// That many.
    pub replayed: i64,
}

/// A subscription.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WebhookOut {
    /// The subscription.
    #[schema(value_type = uuid::Uuid)]
    pub webhook_id: Id<Webhook>,
    /// Whose it is.
    #[schema(value_type = uuid::Uuid)]
    pub organisation_id: Id<Organisation>,
    /// Where messages go.
    pub url: String,
    /// Which events.
    pub events: Vec<EventKind>,
    /// Since when.
    pub registered_at: Instant,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// Why.
    pub end_reason: Option<String>,
    /// The keys that sign its messages, the newest first (`whpk_…`).
    pub keys: Vec<String>,
}

/// The keys that sign the messages.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WebhookKeysOut {
    /// As Standard Webhooks writes them (`whpk_…`), the newest first.
    pub keys: Vec<String>,
}

/// Which messages of a webhook.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryFilter {
    /// In this state; all when absent. `dead` lists those that are tried no more.
    #[param(inline)]
    pub state: Option<DeliveryState>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// A message and what became of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeliveryOut {
    /// The message; the same as its `webhook-id`.
    #[schema(value_type = uuid::Uuid)]
    pub delivery_id: Id<Delivery>,
    /// The event.
    pub event: EventKind,
    /// How far it has come.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was made.
    pub made_at: Instant,
    /// When it is tried next.
    pub due_at: Option<Instant>,
    /// When it was tried last.
    pub attempted_at: Option<Instant>,
    /// What the receiver answered last.
    pub status: Option<i64>,
    /// What kept it from answering.
    pub fault: Option<String>,
    /// When it was taken or given up.
    pub ended_at: Option<Instant>,
}

impl WebhookOut {
    /// A subscription with the keys of its messages.
    #[must_use]
    pub fn new(row: WebhookRow, keys: Vec<String>) -> Self {
        Self {
            webhook_id: row.id,
            organisation_id: row.organisation_id,
            url: row.url,
            events: row.events.0,
            registered_at: row.registered_at,
            ended_at: row.ended_at,
            end_reason: row.end_reason,
            keys,
        }
    }
}

impl From<DeliveryRow> for DeliveryOut {
    fn from(row: DeliveryRow) -> Self {
        Self {
            delivery_id: row.id,
            event: row.event,
            state: row.state,
            attempts: row.attempts,
            made_at: row.made_at,
            due_at: (row.state == DeliveryState::Waiting).then_some(row.due_at),
            attempted_at: row.attempted_at,
            status: row.status,
            fault: row.fault,
            ended_at: row.ended_at,
        }
    }
}
