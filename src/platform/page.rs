//! Lists by opaque cursor: a page tells where the next begins, and nobody counts pages.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::{IntoParams, ToSchema};

use super::problem::Problem;

const DEFAULT_SIZE: i64 = 50;
const LARGEST_SIZE: i64 = 200;

/// Which page of a list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// The `next` of the page before; absent for the first page.
    pub cursor: Option<String>,
    /// How many items at most, 1 to 200; 50 when absent.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items in the list's order.
    pub items: Vec<T>,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl PageQuery {
    /// How many items at most.
    ///
    /// # Errors
    /// Outside 1 to 200.
    pub fn size(&self) -> Result<i64, Problem> {
        let size = self.limit.unwrap_or(DEFAULT_SIZE);
        if (1..=LARGEST_SIZE).contains(&size) {
            return Ok(size);
        }
        Err(Problem::invalid("/limit", "range", "must be 1 to 200", "须为 1 至 200"))
    }

    /// The key after which the page begins.
    ///
    /// # Errors
    /// The cursor is not one of ours.
    pub fn after<Key: DeserializeOwned>(&self) -> Result<Option<Key>, Problem> {
        let Some(cursor) = self.cursor.as_ref().filter(|cursor| !cursor.is_empty()) else { return Ok(None) };
        let key = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|json| serde_json::from_slice(&json).ok());
        key.map(Some)
            .ok_or_else(|| Problem::invalid("/cursor", "cursor", "not a cursor of this list", "分页游标无效"))
    }
}

impl<T> Page<T> {
    /// A page from one row more than its size: the surplus row tells that there is a next page.
    ///
    /// # Errors
    /// The key cannot be written.
    pub fn cut<Row, Key: Serialize>(
        mut rows: Vec<Row>,
        size: i64,
        key: impl Fn(&Row) -> Key,
        item: impl Fn(Row) -> T,
    ) -> Result<Self, Problem> {
        let size = usize::try_from(size).unwrap_or_default();
        let more = rows.len() > size;
        rows.truncate(size);
        let last = rows.last().filter(|_| more).map(|row| serde_json::to_vec(&key(row))).transpose();
        let last = last.map_err(|error| Problem::internal(&error))?;
        Ok(Self { next: last.map(|json| URL_SAFE_NO_PAD.encode(json)), items: rows.into_iter().map(item).collect() })
    }
}
