//! JSON of cases.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    domain::{
        case::{Case, CaseState, Cause, Closure, Ruling, State},
        id::Id,
        inspection::Inspection,
        observation::Observation,
        role::Role,
        time::{Day, Instant},
        vehicle::{Vehicle, plate::PlateKind},
    },
    platform::problem::Language,
};

/// How a shop finds the case of the vehicle before it: by plate **and** the VIN's last six or the report number.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "plate": "陕E·A0001", "plate_kind": "small_car", "vin_tail": "184847" }))]
pub struct CaseQuery {
    /// The plate.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub plate: String,
    /// Its kind.
    pub plate_kind: PlateKind,
    /// The last six characters of the VIN.
    #[validate(length(equal = 6))]
    #[schema(min_length = 6, max_length = 6)]
    pub vin_tail: Option<String>,
    /// The number of the failing report.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub report_number: Option<String>,
}

/// Another shop takes the case over; the report number shows that the owner agrees.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeOverIn {
    /// The number of the failing report.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub report_number: String,
}

/// The bureau ends a case.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "ruling": "scrapped", "reason": "车辆已由回收企业拆解，见报废证明" }))]
pub struct RulingIn {
    /// How.
    pub ruling: Ruling,
    /// Why.
    #[validate(length(min = 4, max = 500))]
    #[schema(min_length = 4, max_length = 500)]
    pub reason: String,
}

/// Which cases to list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CaseFilter {
    /// In this state; every open one when absent.
    #[param(inline)]
    pub state: Option<CaseState>,
    /// Only those past their deadline.
    pub overdue: Option<bool>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// A case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CaseOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The case.
    #[schema(value_type = uuid::Uuid)]
    pub case_id: Id<Case>,
    /// Why it was opened.
    pub cause: Cause,
    /// Where it stands.
    pub state: CaseState,
    /// How many tests have failed in it.
    pub round: i64,
    /// When it was opened.
    pub opened_at: Instant,
    /// The last day for repair and retest.
    #[schema(value_type = chrono::NaiveDate)]
    pub deadline_on: Day,
    /// Whether that day has passed.
    pub overdue: bool,
    /// The causes that are not yet cleared.
    pub outstanding: Vec<Cause>,
    /// The newest failing test, when it was one.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub failing_inspection_id: Option<Id<Inspection>>,
    /// The newest observed exceedance, when it was one.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub failing_observation_id: Option<Id<Observation>>,
    /// The number of its report or of the observation, which a repair must name.
    pub report_number: String,
    /// The repair shop that has claimed it.
    pub shop_id: Option<Uuid>,
    /// How it ended.
    pub closure: Option<ClosureOut>,
}

/// How a case ended.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClosureOut {
    /// When.
    pub at: Instant,
    /// The passing retest, when it passed.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub inspection_id: Option<Id<Inspection>>,
    /// The passing re-measurement, when that closed it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub observation_id: Option<Id<Observation>>,
    /// The ruling, when it was ruled.
    pub ruling: Option<Ruling>,
    /// The ruling's reason.
    pub reason: Option<String>,
}

/// One step of a case's history.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HistoryEntryOut {
    /// When.
    pub at: Instant,
    /// What happened, as a word for machines.
    pub event: String,
    /// What happened, in words.
    pub text: String,
    /// The role in which somebody acted; absent when the service did by itself.
    pub role: Option<Role>,
    /// The organisation that acted.
    pub organisation: Option<String>,
    /// The ids and words of the event.
    #[schema(value_type = Object)]
    pub facts: serde_json::Value,
}

/// A case's history from end to end.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HistoryOut {
    /// The case as it stands.
    pub case: CaseOut,
    /// Its steps, the first first.
    pub entries: Vec<HistoryEntryOut>,
}

impl CaseOut {
    /// The case as it stands at an instant.
    #[must_use]
    pub fn at(case: &Case, at: Instant) -> Self {
        Self {
            vehicle_id: case.vehicle,
            case_id: case.id,
            cause: case.cause,
            state: case.state_name(),
            round: case.round,
            opened_at: case.opened_at,
            deadline_on: case.deadline_on,
            overdue: case.is_overdue(at),
            outstanding: case.outstanding.clone(),
            failing_inspection_id: case.failing.inspection(),
            failing_observation_id: case.failing.observation(),
            report_number: case.failing.report_number.clone(),
            shop_id: case.shop().map(Id::uuid),
            closure: match &case.state {
                State::Closed { closure, at } => Some(ClosureOut::new(closure, *at)),
                _ => None,
            },
        }
    }
}

impl ClosureOut {
    fn new(closure: &Closure, at: Instant) -> Self {
        let ended = Self { at, inspection_id: None, observation_id: None, ruling: None, reason: None };
        match closure {
            Closure::Pass { inspection } => Self { inspection_id: Some(*inspection), ..ended },
            Closure::Remeasured { observation } => Self { observation_id: Some(*observation), ..ended },
            Closure::Ruled { ruling, reason } => {
                Self { ruling: Some(*ruling), reason: Some(reason.clone()), ..ended }
            }
        }
    }
}

/// The text of an event in the reader's language.
#[must_use]
pub fn event_text(event: &str, language: Language) -> String {
    let (en, zh) = match event {
        "case_opened" => ("a test failed; the case was opened", "检验不合格，立案"),
        "repair_notice_issued" => ("the repair notice was issued", "出具维护修理告知书"),
        "retest_exempted" => ("the bureau exempted the retest from a repair", "主管部门批准免维修复检"),
        "repair_started" => ("a repair shop claimed the case", "M站接车"),
        "repair_handed_back" => ("the repair shop handed the case back", "M站退回"),
        "repair_taken_over" => ("another repair shop took the case over", "其他M站接手"),
        "repair_claim_lapsed" => ("the repair shop's claim lapsed", "M站超时未处理，自动释放"),
        "repair_recorded" => ("the repair was recorded", "登记维修记录"),
        "repair_completed" => ("the repair was completed", "维修竣工"),
        "repair_recalled" => ("the repair was recalled", "撤回维修记录"),
        "repair_message_linked" => ("an uploaded repair record was linked", "关联维修电子档案"),
        "retest_failed" => ("a retest failed", "复检不合格"),
        "retest_passed" => ("a retest passed", "复检合格"),
        "case_closed" => ("the case was closed", "闭环"),
        "case_ruled" => ("the bureau ended the case", "主管部门裁定结案"),
        "case_reopened" => ("the closing test was voided; the case is open again", "检验作废，重新立案"),
        "vehicle_listed" => ("the vehicle was listed", "列入黑名单"),
        "case_opened_by_observation" => ("an exceedance was observed; the case was opened", "发现超标，立案"),
        "observation_joined_case" => ("a further exceedance was observed", "案件期间再次发现超标"),
        "remeasurement_passed" => ("a re-measurement passed", "同类复测合格"),
        "listing_strengthened" => ("further evidence was added to the listing", "黑名单补充证据"),
        "listing_took_effect" => {
            ("the notice was delivered; the day of effect is fixed", "告知书已送达，黑名单生效时间确定")
        }
        "listing_suspended" => ("an appeal holds the listing off", "申诉期间暂缓执行"),
        "listing_resumed" => ("the listing bars again", "恢复执行"),
        "listing_lifted" => ("the listing was lifted", "移出黑名单"),
        other => (other, other),
    };
    language.pick(en, zh).to_owned()
}
