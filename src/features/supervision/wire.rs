//! JSON of cases of supervision.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::domain::{
    course::Step,
    exhibit::Exhibit,
    id::Id,
    inspection::Inspection,
    party::{Line, Organisation},
    referral::Addressee,
    supervision_case::{SupervisionCase, SupervisionState, SupervisionStep},
    time::{Day, Instant},
    vehicle::Vehicle,
    words::words,
};

words! {
    /// What the bureau rules in a case of supervision.
    pub enum SupervisionRulingKind {
        /// Nothing remains of it.
        Dismissed = "dismissed" / "不予处理",
        /// A warning.
        Warned = "warned" / "警告",
        /// The line or the station is suspended.
        Suspended = "suspended" / "暂停受理",
        /// It is laid before another office.
        Referred = "referred" / "移送",
    }
}

/// Takes up a finding about a station or shop, and freezes its evidence.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "organisation_id": "0198d000-0000-7000-8000-000000000001", "line_code": "01", "finding": "identical_traces",
    "facts": "三辆不同车辆的过程数据完全一致",
    "tests": [{ "vehicle_id": "0198d000-0000-7000-8000-000000000002", "inspection_id": "0198d000-0000-7000-8000-000000000003" }]
}))]
pub struct SupervisionIn {
    /// The station or shop.
    #[schema(value_type = uuid::Uuid)]
    pub organisation_id: Id<Organisation>,
    /// The line of the station.
    #[validate(length(min = 1, max = 16))]
    #[schema(min_length = 1, max_length = 16)]
    pub line_code: Option<String>,
    /// The word of the finding.
    #[validate(length(min = 2, max = 64))]
    #[schema(min_length = 2, max_length = 64)]
    pub finding: String,
    /// What was found, in words, without names.
    #[validate(length(min = 4, max = 2000))]
    #[schema(min_length = 4, max_length = 2000)]
    pub facts: String,
    /// The tests that show it.
    #[validate(length(max = 100))]
    #[schema(max_items = 100)]
    #[serde(default)]
    pub tests: Vec<TestRef>,
}

/// A test that shows a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestRef {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The test.
    #[schema(value_type = uuid::Uuid)]
    pub inspection_id: Id<Inspection>,
}

/// Asks whom it concerns to explain.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionIn {
    /// What is asked.
    #[validate(length(min = 4, max = 2000))]
    #[schema(min_length = 4, max_length = 2000)]
    pub question: String,
}

/// What whom it concerns says: an explanation, or the grounds of an appeal.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementIn {
    /// What they say.
    #[validate(length(min = 4, max = 4000))]
    #[schema(min_length = 4, max_length = 4000)]
    pub statement: String,
    /// Their evidence.
    #[validate(length(max = 20), nested)]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub exhibits: Vec<Exhibit>,
}

/// A ruling.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "ruling": "suspended", "reason": "过程数据雷同，说明不成立",
    "suspension": { "whole_station": false, "until": "2026-09-22T00:00:00+08:00" }
}))]
pub struct SupervisionRulingIn {
    /// What is ruled.
    pub ruling: SupervisionRulingKind,
    /// Why.
    #[validate(length(min = 4, max = 2000))]
    #[schema(min_length = 4, max_length = 2000)]
    pub reason: String,
    /// How long and what; needed for a suspension.
    pub suspension: Option<SuspensionIn>,
    /// To whom; needed for a referral.
    pub refer_to: Option<Addressee>,
}

/// What is suspended, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspensionIn {
    /// The whole station; otherwise the line of the case.
    pub whole_station: bool,
    /// From when; at once when absent.
    pub from: Option<Instant>,
    /// Until when, exclusive.
    pub until: Instant,
}

/// The decision upon an appeal against a ruling.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupervisionAppealDecisionIn {
    /// Whether the appeal is upheld: the ruling is taken back, and its suspension ends.
    pub upheld: bool,
    /// Why.
    #[validate(length(min = 4, max = 2000))]
    #[schema(min_length = 4, max_length = 2000)]
    pub reason: String,
}

/// Which cases to list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SupervisionFilter {
    /// Of this station or shop.
    #[param(value_type = Option<uuid::Uuid>)]
    pub organisation_id: Option<Id<Organisation>>,
    /// In this state.
    #[param(inline)]
    pub state: Option<SupervisionState>,
    /// Only those whose explanation is late.
    pub overdue: Option<bool>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// A case of supervision.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SupervisionOut {
    /// The case.
    #[schema(value_type = uuid::Uuid)]
    pub case_id: Id<SupervisionCase>,
    /// The station or shop.
    #[schema(value_type = uuid::Uuid)]
    pub organisation_id: Id<Organisation>,
    /// The line.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub line_id: Option<Id<Line>>,
    /// The word of the finding.
    pub finding: String,
    /// What was found.
    pub facts: String,
    /// Where it stands.
    pub state: SupervisionState,
    /// The last day for the explanation, once it was asked.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub explain_by: Option<Day>,
    /// Whether that day has passed without one.
    pub overdue: bool,
    /// Its steps, the first first.
    pub steps: Vec<Step<SupervisionStep>>,
    /// Its evidence; left out of lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub evidence: Vec<EvidenceOut>,
}

/// A piece of evidence: what stood in the register about a test when the case was opened.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EvidenceOut {
    /// Its number within the case, from 1.
    pub ordinal: i64,
    /// The test.
    #[serde(flatten)]
    pub test: TestRef,
    /// SHA-256 of its content.
    pub sha256: String,
    /// SHA-256 under which its trace was recorded.
    pub trace_sha256: Option<String>,
    /// When it was frozen.
    pub frozen_at: Instant,
}

/// A piece of evidence with its content.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EvidenceContentOut {
    /// What it is.
    #[serde(flatten)]
    pub evidence: EvidenceOut,
    /// The text whose hash that is: JSON with the verdict, the items, what was sent, and the findings at the test.
    pub content: String,
    /// The trace.
    #[schema(value_type = Option<Object>)]
    pub trace: Option<serde_json::Value>,
}

impl SupervisionOut {
    /// The case as it stands at an instant.
    #[must_use]
    pub fn at(case: SupervisionCase, evidence: Vec<EvidenceOut>, at: Instant) -> Self {
        Self {
            case_id: case.id,
            organisation_id: case.concerns,
            line_id: case.line,
            state: case.course.state(),
            explain_by: case.explain_by(),
            overdue: case.is_overdue(at),
            steps: case.course.steps().cloned().collect(),
            finding: case.finding,
            facts: case.facts,
            evidence,
        }
    }
}
