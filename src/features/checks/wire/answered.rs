//! What is answered.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    domain::{
        blacklist::{Checked, Found, ListStatus},
        check::AuditState,
        finding::FindingKind,
        id::Id,
        listing::ListingReason,
        party::{Client, Organisation},
        time::Instant,
        vehicle::{owner::Owner, plate::PlateKind},
        words::Word,
    },
    features::checks::store::FindingRow,
};

/// A text in Chinese and English.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InTwoLanguages {
    /// In Chinese.
    #[schema(value_type = String)]
    pub zh: Cow<'static, str>,
    /// In English.
    #[schema(value_type = String)]
    pub en: Cow<'static, str>,
}

/// The answers, in the order of the questions.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChecksOut {
    /// The number of the last change that the answers know of.
    pub sequence: i64,
    /// When the list was last seen to be complete.
    pub as_of: Instant,
    /// How long ago that was, milliseconds.
    pub age_ms: i64,
    /// Whether the check log has a line for every answer.
    pub audit: AuditState,
    /// Whether these are answers of the sandbox, about no real vehicle.
    pub sandbox: bool,
    /// One answer for each question.
    pub items: Vec<CheckOut>,
}

/// The answer to one question.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckOut {
    /// The strictest status of the vehicles it may be; `unknown` is no clean bill.
    pub status: ListStatus,
    /// The status in words.
    pub meaning: InTwoLanguages,
    /// Whether several vehicles may be meant.
    pub ambiguous: bool,
    /// Every vehicle it may be, the strictest first.
    pub vehicles: Vec<CheckedVehicleOut>,
    /// Why the question cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<CheckFaultOut>,
}

/// A vehicle that may be meant.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckedVehicleOut {
    /// Whether it is listed.
    pub status: ListStatus,
    /// The kind of its plate.
    pub plate_kind: Option<PlateKind>,
    /// The vehicle, for the offices.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub vehicle_id: Option<Uuid>,
    /// Every reason that bars it now.
    pub reasons: Vec<CheckReasonOut>,
    /// Whom it belongs to, masked; for the police, on purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
}

/// A reason that bars a vehicle.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckReasonOut {
    /// Which one.
    pub reason: ListingReason,
    /// The reason in words.
    pub meaning: InTwoLanguages,
    /// Since when it bars the vehicle.
    pub since: Instant,
    /// What clears it.
    pub way_off: InTwoLanguages,
}

/// Why a question cannot be read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckFaultOut {
    /// The field.
    pub field: &'static str,
    /// A stable word for machines.
    pub code: &'static str,
    /// What is wrong.
    pub detail: InTwoLanguages,
}

/// Something odd about a client's checks.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckFindingOut {
    /// Names it.
    #[schema(value_type = uuid::Uuid)]
    pub finding_id: Uuid,
    /// The client.
    #[schema(value_type = uuid::Uuid)]
    pub client_id: Id<Client>,
    /// Its organisation.
    #[schema(value_type = uuid::Uuid)]
    pub organisation_id: Id<Organisation>,
    /// What was seen.
    pub finding: FindingKind,
    /// The facts.
    #[schema(value_type = Object)]
    pub facts: serde_json::Value,
    /// When it was noted.
    pub found_at: Instant,
}

impl InTwoLanguages {
    /// From fixed texts.
    #[must_use]
    pub const fn new(en: &'static str, zh: &'static str) -> Self {
        Self { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }
}

impl CheckOut {
    /// What was found.
    #[must_use]
    pub fn found(checked: &Checked, at: Instant, with_id: bool) -> Self {
        let vehicles = checked.vehicles.iter().map(|found| CheckedVehicleOut::of(found, at, with_id)).collect();
        let Checked { status, ambiguous, .. } = *checked;
        Self { status, meaning: meaning(status), ambiguous, vehicles, fault: None }
    }

    /// A question that cannot be read is answered `unknown`.
    #[must_use]
    pub fn unreadable(fault: CheckFaultOut) -> Self {
        let meaning = InTwoLanguages::new(
            "the question cannot be read; this is no clean bill",
            "查询内容无法识别，不等于不在黑名单内",
        );
        Self { status: ListStatus::Unknown, meaning, ambiguous: false, vehicles: Vec::new(), fault: Some(fault) }
    }
}

impl CheckedVehicleOut {
    fn of(found: &Found, at: Instant, with_id: bool) -> Self {
        Self {
            status: found.status(at),
            plate_kind: found.plate_kind,
            vehicle_id: with_id.then_some(found.id),
            reasons: found.reasons(at).map(|(reason, since)| CheckReasonOut::of(reason, since)).collect(),
            owner: None,
        }
    }
}

impl CheckReasonOut {
    fn of(reason: ListingReason, since: Instant) -> Self {
        let (en, zh) = reason.way_off();
        let meaning = InTwoLanguages::new(reason.en(), reason.zh());
        Self { reason, meaning, since, way_off: InTwoLanguages::new(en, zh) }
    }
}

fn meaning(status: ListStatus) -> InTwoLanguages {
    let en = match status {
        ListStatus::Listed => "on the blacklist",
        ListStatus::NotListed => "known here and not on the blacklist",
        ListStatus::Unknown => "no such vehicle is known here; this is no clean bill",
    };
    InTwoLanguages::new(en, status.zh())
}

impl From<FindingRow> for CheckFindingOut {
    fn from(row: FindingRow) -> Self {
        Self {
            finding_id: row.id.uuid(),
            client_id: row.client_id,
            organisation_id: row.organisation_id,
            finding: row.finding,
            facts: row.facts.0,
            found_at: row.found_at,
        }
    }
}
