//! JSON of the journal's log.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::store::CheckpointRow;
use crate::{
    domain::{
        id::Id,
        ledger::{EntryState, Hash},
        time::Instant,
    },
    platform::{page::PageQuery, problem::Problem},
};

/// Which two states of the log.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ConsistencyQuery {
    /// How many entries the older state has.
    #[param(minimum = 0)]
    pub from: i64,
    /// How many the younger has; the last checkpoint when absent.
    #[param(minimum = 0)]
    pub to: Option<i64>,
}

/// Which entries to export.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// The first entry, counted from 0; 0 when absent.
    #[param(minimum = 0)]
    pub from: Option<i64>,
    /// The entry before which to end; all that is signed when absent.
    #[param(minimum = 0)]
    pub to: Option<i64>,
}

/// Whose entries to list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EntriesQuery {
    /// The vehicle, organisation, client, … that they are about.
    #[param(value_type = uuid::Uuid)]
    pub subject_id: Id<()>,
    /// The `next` of the page before; absent for the first page.
    pub cursor: Option<String>,
    /// How many items at most, 1 to 200; 50 when absent.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// A signed state of the log.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckpointOut {
    /// How many entries the log has.
    pub size: u64,
    /// The root over them (RFC 6962), in hexadecimals.
    #[schema(value_type = String)]
    pub root: Hash,
    /// When it was signed.
    pub issued_at: Instant,
    /// The document (JWS, `typ` `imfleet-journal+jwt`); what counts is what it says.
    pub document: String,
}

/// How a journal row stands in the log.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EntryOut {
    /// The row.
    #[schema(value_type = uuid::Uuid)]
    pub entry_id: Id<()>,
    /// What it is about.
    #[schema(value_type = uuid::Uuid)]
    pub subject_id: Id<()>,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// How it stands.
    pub state: EntryState,
    /// Its place in the log, counted from 0.
    pub leaf: Option<u64>,
    /// What it says; null when it was erased.
    #[schema(value_type = Option<Object>)]
    pub content: Option<serde_json::Value>,
    /// SHA-256 of the salt and the content (JSON without spaces, members by name).
    #[schema(value_type = Option<String>)]
    pub content_hash: Option<Hash>,
    /// The salt; null when the content was erased.
    #[schema(value_type = Option<String>)]
    pub salt: Option<Hash>,
}

/// A journal row with what proves that it is in the log.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EntryProofOut {
    /// The row.
    #[serde(flatten)]
    pub entry: EntryOut,
    /// The inclusion proof (RFC 9162, 2.1.3), from the leaf to the root.
    #[schema(value_type = Vec<String>)]
    pub path: Vec<Hash>,
    /// The checkpoint that it leads to; null while the row is not sealed.
    pub checkpoint: Option<CheckpointOut>,
}

/// What proves that one state of the log continues another.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConsistencyOut {
    /// How many entries the older state has.
    pub from: u64,
    /// How many the younger has.
    pub to: u64,
    /// The root of the older state; compare it with the one you hold.
    #[schema(value_type = String)]
    pub from_root: Hash,
    /// The root of the younger state.
    #[schema(value_type = String)]
    pub to_root: Hash,
    /// The consistency proof (RFC 9162, 2.1.4).
    #[schema(value_type = Vec<String>)]
    pub proof: Vec<Hash>,
}

/// The keys by which checkpoints are verified.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JournalKeysOut {
    /// The public keys as JWK, the oldest first; the last one signs.
    #[schema(value_type = Vec<Object>)]
    pub keys: serde_json::Value,
    /// The documents (JWS) by which each key introduces the next.
    pub successions: Vec<String>,
}

impl From<CheckpointRow> for CheckpointOut {
    fn from(row: CheckpointRow) -> Self {
        let mark = row.mark();
        Self { size: mark.size, root: mark.root, issued_at: row.issued_at, document: row.document }
    }
}

impl ConsistencyQuery {
    /// The two sizes.
    ///
    /// # Errors
    /// One is negative (422).
    pub fn read(&self) -> Result<(u64, Option<u64>), Problem> {
        Ok((size("/from", self.from)?, self.to.map(|to| size("/to", to)).transpose()?))
    }
}

impl ExportQuery {
    /// From where to where.
    ///
    /// # Errors
    /// One is negative (422).
    pub fn read(&self) -> Result<(u64, Option<u64>), Problem> {
        Ok((size("/from", self.from.unwrap_or_default())?, self.to.map(|to| size("/to", to)).transpose()?))
    }
}

impl EntriesQuery {
    /// The page.
    pub fn page(&self) -> PageQuery {
        PageQuery { cursor: self.cursor.clone(), limit: self.limit }
    }
}

fn size(pointer: &str, told: i64) -> Result<u64, Problem> {
    u64::try_from(told).map_err(|_| Problem::invalid(pointer, "range", "must not be negative", "不得为负数"))
}
