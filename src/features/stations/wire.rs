//! JSON of stations.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::domain::{
    id::Id,
    party::{Line, Organisation},
    quantity::Amount,
    role::Standing,
    standard::Method,
    station::{
        Asset, AssetFacts, AssetKind, DeviceKind,
        line_check::{CheckJudgement, CheckPoint, CheckResult, LineCheckKind},
    },
    supervision_case::SupervisionCase,
    suspension::{Ended, Suspension},
    time::{Day, Instant},
};

/// One of the things or people that a station tests with.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "equipment", "line_code": "01", "name": "五气分析仪", "number": "SN-0001", "device": "gas_analyser",
    "certificate": "JZ-2026-0001", "valid_from": "2026-01-10", "valid_to": "2027-01-09"
}))]
pub struct AssetIn {
    /// What it is.
    pub kind: AssetKind,
    /// The line; needed for a device and a method.
    #[validate(length(min = 1, max = 16))]
    #[schema(min_length = 1, max_length = 16)]
    pub line_code: Option<String>,
    /// A device's or software's name, a person's name, a qualification's scope.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// Serial number, staff number, version, number of the qualification.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub number: String,
    /// The calibration certificate or the licence; needed for a device and a person.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub certificate: Option<String>,
    /// The device's maker.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub maker: Option<String>,
    /// The device's model.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub model: Option<String>,
    /// What the device does.
    pub device: Option<DeviceKind>,
    /// The approved method.
    pub method: Option<Method>,
    /// Whether the person may sign reports.
    #[serde(default)]
    pub signatory: bool,
    /// The first day on which it holds.
    #[schema(value_type = chrono::NaiveDate)]
    pub valid_from: Day,
    /// The last day on which it holds.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub valid_to: Option<Day>,
}

/// An asset serves no more.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssetEndIn {
    /// Its last day.
    #[schema(value_type = chrono::NaiveDate)]
    pub last_on: Day,
}

/// An asset.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AssetOut {
    /// The asset.
    #[schema(value_type = uuid::Uuid)]
    pub asset_id: Id<Asset>,
    /// What it is.
    pub kind: AssetKind,
    /// The line.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub line_id: Option<Id<Line>>,
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: String,
    /// Its certificate or licence.
    pub certificate: Option<String>,
    /// The device's maker.
    pub maker: Option<String>,
    /// The device's model.
    pub model: Option<String>,
    /// What the device does.
    pub device: Option<DeviceKind>,
    /// The approved method.
    pub method: Option<Method>,
    /// Whether the person may sign reports.
    pub signatory: bool,
    /// The first day on which it holds.
    #[schema(value_type = chrono::NaiveDate)]
    pub valid_from: Day,
    /// The last day on which it holds.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub valid_to: Option<Day>,
    /// The last day on which it serves.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub ended_on: Option<Day>,
    /// Whether it holds today.
    pub in_force: bool,
}

/// A station with what it tests with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StationOut {
    /// The station.
    #[schema(value_type = uuid::Uuid)]
    pub station_id: Id<Organisation>,
    /// Its code in the trade.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it lies (GB/T 2260).
    pub area: String,
    /// Whether it may act.
    pub standing: Standing,
    /// Its lines.
    pub lines: Vec<StationLineOut>,
    /// What it tests with, those that ended left out.
    pub assets: Vec<AssetOut>,
    /// Suspensions that are not over.
    pub suspensions: Vec<SuspensionOut>,
}

/// A line of a station with the newest of its checks.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StationLineOut {
    /// The line.
    #[schema(value_type = uuid::Uuid)]
    pub line_id: Id<Line>,
    /// Its code.
    pub code: String,
    /// Whether it may be used.
    pub standing: Standing,
    /// The newest check of each kind.
    pub checks: Vec<NewestCheckOut>,
}

/// The newest check of a kind.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NewestCheckOut {
    /// What was checked.
    pub kind: LineCheckKind,
    /// When it ended.
    pub ended_at: Instant,
    /// How.
    pub result: CheckResult,
    /// The last day on which it holds.
    #[schema(value_type = chrono::NaiveDate)]
    pub holds_until: Day,
}

/// A daily check or a calibration of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "line_code": "01", "number": "JC20260822001", "kind": "gas_analyser", "started_at": "2026-08-22T07:40:00+08:00",
    "ended_at": "2026-08-22T07:52:00+08:00", "operator": "610502-017", "result": "pass",
    "points": [{ "name": "co_percent", "set": 3.5, "actual": 3.48 }]
}))]
pub struct LineCheckIn {
    /// The line.
    #[validate(length(min = 1, max = 16))]
    #[schema(min_length = 1, max_length = 16)]
    pub line_code: String,
    /// The station's own number: with the station the natural key, so a repetition is harmless.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub number: String,
    /// What was checked.
    pub kind: LineCheckKind,
    /// When it began.
    pub started_at: Instant,
    /// When it ended.
    pub ended_at: Instant,
    /// The staff number of the operator.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub operator: Option<String>,
    /// The serial number of the device.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub device: Option<String>,
    /// What the station's software made of it.
    pub result: CheckResult,
    /// The points.
    #[validate(length(max = 60), nested)]
    #[schema(max_items = 60)]
    #[serde(default)]
    pub points: Vec<CheckPoint>,
}

/// A check as it is kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LineCheckOut {
    /// The check.
    pub check_id: uuid::Uuid,
    /// The line.
    #[schema(value_type = uuid::Uuid)]
    pub line_id: Id<Line>,
    /// What was sent.
    #[serde(flatten)]
    pub sent: LineCheckIn,
    /// Passed only when the station's software and the points say so.
    pub judged: CheckResult,
    /// Each point's deviation in percent of what was set.
    pub deviations_percent: Vec<Option<Amount>>,
    /// The tolerance of that day in percent.
    pub tolerance_percent: Option<Amount>,
    /// When it was recorded.
    pub recorded_at: Instant,
}

/// Which checks to list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LineCheckFilter {
    /// Of this line.
    #[param(value_type = Option<uuid::Uuid>)]
    pub line_id: Option<Id<Line>>,
    /// Of this kind.
    #[param(inline)]
    pub kind: Option<LineCheckKind>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// Which suspensions to list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SuspensionFilter {
    /// Of this station.
    #[param(value_type = Option<uuid::Uuid>)]
    pub station_id: Option<Id<Organisation>>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// A suspension.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SuspensionOut {
    /// The suspension.
    #[schema(value_type = uuid::Uuid)]
    pub suspension_id: Id<Suspension>,
    /// The station.
    #[schema(value_type = uuid::Uuid)]
    pub station_id: Id<Organisation>,
    /// The line; none when the whole station is suspended.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub line_id: Option<Id<Line>>,
    /// The case in which it was ruled.
    #[schema(value_type = uuid::Uuid)]
    pub case_id: Id<SupervisionCase>,
    /// From when.
    pub from: Instant,
    /// Until when, exclusive.
    pub until: Instant,
    /// Why.
    pub reason: String,
    /// Whether it was ended before.
    pub ended: Option<Ended>,
}

impl AssetIn {
    /// The asset that is told of.
    #[must_use]
    pub fn read(&self, id: Id<Asset>, station: Id<Organisation>, line: Option<Id<Line>>) -> Asset {
        let facts = AssetFacts {
            name: self.name.clone(),
            number: self.number.clone(),
            certificate: self.certificate.clone(),
            maker: self.maker.clone(),
            model: self.model.clone(),
            device: self.device,
            method: self.method,
            signatory: self.signatory,
        };
        let (valid_from, valid_to) = (self.valid_from, self.valid_to);
        Asset { id, station, line, kind: self.kind, facts, valid_from, valid_to, ended_on: None }
    }
}

impl AssetOut {
    /// The asset as it stands on a day.
    #[must_use]
    pub fn on(asset: Asset, day: Day) -> Self {
        Self {
            in_force: asset.holds(day),
            asset_id: asset.id,
            kind: asset.kind,
            line_id: asset.line,
            name: asset.facts.name,
            number: asset.facts.number,
            certificate: asset.facts.certificate,
            maker: asset.facts.maker,
            model: asset.facts.model,
            device: asset.facts.device,
            method: asset.facts.method,
            signatory: asset.facts.signatory,
            valid_from: asset.valid_from,
            valid_to: asset.valid_to,
            ended_on: asset.ended_on,
        }
    }
}

impl LineCheckOut {
    /// The check with what its points say.
    #[must_use]
    pub fn new(
        (check_id, line_id): (uuid::Uuid, Id<Line>),
        sent: LineCheckIn,
        points: CheckJudgement,
        recorded_at: Instant,
    ) -> Self {
        let judged = sent.result.and(points.result);
        let (deviations_percent, tolerance_percent) = (points.deviations, points.tolerance);
        Self { check_id, line_id, sent, judged, deviations_percent, tolerance_percent, recorded_at }
    }
}

impl From<Suspension> for SuspensionOut {
    fn from(suspension: Suspension) -> Self {
        Self {
            suspension_id: suspension.id,
            station_id: suspension.station,
            line_id: suspension.line,
            case_id: suspension.case,
            from: suspension.from,
            until: suspension.until,
            reason: suspension.reason,
            ended: suspension.ended,
        }
    }
}
