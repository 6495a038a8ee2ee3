//! Organisations and lines in JSON.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{check_code, check_credit_code};
use crate::{
    domain::{
        id::Id,
        party::{Line, Organisation},
        role::{Role, Standing},
        time::Instant,
        vehicle::area::AreaCode,
    },
    platform::page::PageQuery,
};

/// An organisation to be registered.
#[derive(Debug, Deserialize, Serialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationIn {
    /// Its kind.
    pub role: Role,
    /// Its code in the trade, unique among its kind; a string, because leading zeros count.
    #[validate(length(min = 1, max = 32), custom(function = "check_code"))]
    #[schema(min_length = 1, max_length = 32, example = "0610502001")]
    pub code: String,
    /// Its name.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "渭南市临渭区第一检测站")]
    pub name: String,
    /// The administrative area (GB/T 2260).
    pub area: AreaCode,
    /// Unified social credit code (GB 32100).
    #[validate(custom(function = "check_credit_code"))]
    #[schema(example = "91610502MA6Y0000XA")]
    pub credit_code: Option<String>,
    /// The legal person, to find a shop that is kin of a station.
    #[validate(length(min = 1, max = 50))]
    #[schema(min_length = 1, max_length = 50)]
    pub legal_person: Option<String>,
}

/// An organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationOut {
    /// Its id.
    #[schema(value_type = uuid::Uuid)]
    pub id: Id<Organisation>,
    /// Its kind.
    pub role: Role,
    /// Its code in the trade.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The administrative area (GB/T 2260).
    pub area: String,
    /// Unified social credit code; shown to its supervisors and to itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_code: Option<String>,
    /// The legal person; shown to its supervisors and to itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_person: Option<String>,
    /// Whether it may act.
    pub standing: Standing,
    /// Why its standing changed last; shown to its supervisors and to itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing_reason: Option<String>,
    /// Since when it is registered.
    pub registered_at: Instant,
}

/// Which organisations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrganisationQuery {
    /// Of this kind alone.
    pub role: Option<Role>,
    /// The `next` of the page before; absent for the first page.
    pub cursor: Option<String>,
    /// How many items at most, 1 to 200; 50 when absent.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

impl OrganisationQuery {
    /// The page that is asked for.
    #[must_use]
    pub fn page(&self) -> PageQuery {
        PageQuery { cursor: self.cursor.clone(), limit: self.limit }
    }
}

/// A test line to be registered.
#[derive(Debug, Deserialize, Serialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LineIn {
    /// Its code, unique in its station.
    #[validate(length(min = 1, max = 16), custom(function = "check_code"))]
    #[schema(min_length = 1, max_length = 16, example = "01")]
    pub code: String,
    /// Its name.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "汽油车 1 号线")]
    pub name: String,
}

/// A test line.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineOut {
    /// Its id.
    #[schema(value_type = uuid::Uuid)]
    pub id: Id<Line>,
    /// Its station.
    #[schema(value_type = uuid::Uuid)]
    pub station_id: Id<Organisation>,
    /// Its code, unique in its station.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it may be used.
    pub standing: Standing,
}
