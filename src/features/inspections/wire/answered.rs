//! What is answered of an inspection: the verdict with its reasons, and what it did.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::{
    closing::KeptEffect,
    id::Id,
    inspection::{Inspection, InspectionKind, Nature},
    standard::{LimitClass, Method},
    time::Instant,
    vehicle::Vehicle,
    verdict::{JudgedItem, Judgement, Verdict, explain},
};

/// An inspection with its verdict explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct InspectionOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The inspection.
    #[schema(value_type = uuid::Uuid)]
    pub inspection_id: Id<Inspection>,
    /// The station.
    pub station_id: Uuid,
    /// The station's own number.
    pub station_number: String,
    /// The number of the report, issued by the service.
    pub report_number: String,
    /// What it was for.
    pub kind: InspectionKind,
    /// Which attempt.
    pub nature: Nature,
    /// The method; absent when the appearance check ended the inspection.
    pub method: Option<Method>,
    /// The column of limits.
    pub limit_class: LimitClass,
    /// When it began.
    pub started_at: Instant,
    /// When it ended.
    pub ended_at: Instant,
    /// What the service judged.
    pub verdict: Verdict,
    /// What the station judged.
    pub station_verdict: Option<Verdict>,
    /// Whether the verdict hangs on the rounding rule.
    pub rule_sensitive: bool,
    /// The result names no acceptance that was open.
    pub no_acceptance: bool,
    /// Every item, with its limit, margin and reason.
    pub items: Vec<ItemOut>,
    /// What it did to the vehicle's case.
    pub effect: KeptEffect,
    /// Where the repair notice is, when it failed.
    pub repair_notice: Option<String>,
    /// What superseded it, when it was voided or corrected.
    pub superseded: Option<SupersessionOut>,
}

/// One judged item with its reason in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ItemOut {
    /// What was compared with what.
    #[serde(flatten)]
    pub judged: JudgedItem,
    /// The reason in words.
    pub explanation: ExplanationOut,
}

/// A reason in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExplanationOut {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// What took a test's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SupersessionOut {
    /// The corrected test; absent when it was voided.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub by: Option<Id<Inspection>>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Instant,
}

/// A judgement that was not stored.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JudgementOut {
    /// What it comes to.
    pub verdict: Verdict,
    /// The column of limits.
    pub limit_class: LimitClass,
    /// Whether the verdict hangs on the rounding rule.
    pub rule_sensitive: bool,
    /// Every item with its reason.
    pub items: Vec<ItemOut>,
}

/// The results of a batch, one for each inspection, in order.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchOut {
    /// The results.
    pub results: Vec<BatchResultOut>,
}

/// The result of one inspection of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchResultOut {
    /// 201 recorded, 200 recorded before, else the problem's status.
    pub status: u16,
    /// The inspection, when it is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inspection: Option<InspectionOut>,
    /// The problem, when it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub problem: Option<serde_json::Value>,
}

/// A line of a station's own list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InspectionSummaryOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The inspection.
    #[schema(value_type = uuid::Uuid)]
    pub inspection_id: Id<Inspection>,
    /// The station's own number.
    pub station_number: String,
    /// The number of the report.
    pub report_number: String,
    /// When it ended.
    pub ended_at: Instant,
    /// What the service judged.
    pub verdict: Verdict,
}

impl From<JudgedItem> for ItemOut {
    fn from(judged: JudgedItem) -> Self {
        let (zh, en) = explain::explain(&judged);
        Self { judged, explanation: ExplanationOut { zh, en } }
    }
}

impl JudgementOut {
    /// The judgement with its reasons.
    #[must_use]
    pub fn new(judgement: Judgement, limit_class: LimitClass) -> Self {
        Self {
            verdict: judgement.verdict,
            limit_class,
            rule_sensitive: judgement.rule_sensitive,
            items: judgement.items.into_iter().map(ItemOut::from).collect(),
        }
    }
}
