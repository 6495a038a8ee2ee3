//! What is told of controls.

use serde::Deserialize;
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use crate::domain::{
    id::Id,
    party::Organisation,
    standard::Confidence,
    time::{Day, Instant},
    vehicle::{area::AreaCode, plate::PlateKind},
    words::Word,
    zone::{
        AlertLevel, Ban, DayKind, ExemptionGround, Gate, GeoJson, Measure, PermitKind, ResponseLevel, Rule, When,
        Zone, ZoneKind,
    },
};

/// A zone, or its next version.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "主城区（示例）", "kind": "main_urban", "area": "610502",
    "polygon": {
        "type": "Polygon",
        "coordinates": [[[109.48, 34.49], [109.53, 34.49], [109.53, 34.52], [109.48, 34.52], [109.48, 34.49]]]
    },
    "rules": [{
        "id": "listed", "title": "黑名单车辆禁止进入主城区", "effect": "deny", "who": { "listed": true },
        "when": { "from": "2026-09-01" }, "basis": "渭南市环境空气质量限期达标规划 二(三)4", "confidence": "to_be_checked"
    }],
    "reason": "划定主城区"
}))]
pub struct ZoneIn {
    /// What it is called.
    #[validate(length(min = 2, max = 100))]
    #[schema(min_length = 2, max_length = 100)]
    pub name: String,
    /// What it is for; stays what it was.
    pub kind: ZoneKind,
    /// The administrative area in which it lies.
    pub area: AreaCode,
    /// The gate, of an enterprise gate.
    #[validate(nested)]
    pub gate: Option<Gate>,
    /// Its ground; an enterprise gate may have none.
    pub polygon: Option<GeoJson>,
    /// Who is exempt by the plate's class or the vehicle's use; all grounds when absent.
    #[serde(default = "all_grounds")]
    #[validate(length(max = 16))]
    #[schema(max_items = 16)]
    pub exempts: Vec<ExemptionGround>,
    /// Its rules in the order in which they speak.
    #[validate(length(max = 500), nested)]
    #[schema(max_items = 500)]
    pub rules: Vec<Rule>,
    /// From when it holds; at once when absent.
    pub effective_from: Option<Instant>,
    /// Why.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub reason: String,
}

fn all_grounds() -> Vec<ExemptionGround> {
    ExemptionGround::ALL.to_vec()
}

/// An entry of the table of holidays; a later one for the same day takes its place.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "day": "2027-01-01", "kind": "holiday", "name": "元旦", "source": "国务院办公厅通知", "reason": "公布次年节假日"
}))]
pub struct SpecialDayIn {
    /// The day.
    #[schema(value_type = chrono::NaiveDate)]
    pub day: Day,
    /// What it is; `ordinary` takes an entry back.
    pub kind: DayKind,
    /// Its name.
    #[validate(length(min = 1, max = 50))]
    #[schema(min_length = 1, max_length = 50)]
    pub name: String,
    /// Where it stands.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub source: String,
    /// Why.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub reason: String,
}

/// What a measure bans from a day on.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "measure": "measure_1", "effective_from": "2027-01-01",
    "bans": [{ "title": "国三及以下重型柴油货车", "who": {
        "groups": ["heavy_truck"], "fuels": ["diesel"], "stages": ["china_0", "china_1", "china_2", "china_3"]
    } }],
    "source": "渭南市重污染天气应急预案", "confidence": "confirmed", "reason": "预案修订"
}))]
pub struct MeasureIn {
    /// The measure.
    pub measure: Measure,
    /// Its first day.
    #[schema(value_type = chrono::NaiveDate)]
    pub effective_from: Day,
    /// What it bans.
    #[validate(length(min = 1, max = 50), nested)]
    #[schema(min_items = 1, max_items = 50)]
    pub bans: Vec<Ban>,
    /// Where it stands.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub reason: String,
}

/// A vehicle that is exempt by a decision.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "exemption_days"))]
#[schema(example = json!({
    "plate": "陕E00001", "plate_kind": "large_car", "zones": [], "from": "2026-09-01", "until": "2026-12-31",
    "basis": "供热抢修车辆", "reason": "主管部门决定"
}))]
pub struct ZoneExemptionIn {
    /// Its plate.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub plate: String,
    /// The plate's kind.
    pub plate_kind: PlateKind,
    /// The zones; all when empty.
    #[serde(default)]
    #[validate(length(max = 200))]
    #[schema(value_type = Vec<uuid::Uuid>, max_items = 200)]
    pub zones: Vec<Id<Zone>>,
    /// The first day.
    #[schema(value_type = chrono::NaiveDate)]
    pub from: Day,
    /// The last day; open when absent.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub until: Option<Day>,
    /// The legal basis.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub basis: String,
    /// Why.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub reason: String,
}

fn exemption_days(told: &ZoneExemptionIn) -> Result<(), ValidationError> {
    if told.until.is_some_and(|last| last < told.from) {
        return Err(
            ValidationError::new("order").with_message("until lies before from | 截止日期早于起始日期".into())
        );
    }
    Ok(())
}

/// A permit. For construction waste: limits of time (`when.hours`), speed and route, a card, and both sites.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "construction_waste", "number": "渣土2026-001", "plate": "陕E00001", "plate_kind": "large_car",
    "zones": ["0198d000-0000-7000-8000-000000000001"],
    "when": { "from": "2026-09-01", "until": "2026-12-31", "hours": [{ "from": "21:00", "to": "05:00" }] },
    "route": "一号工地—东风大街—二号消纳场", "speed_limit_kmh": 40, "card": "K-001",
    "origin_site": "一号工地", "tip_site": "二号消纳场", "reason": "核准"
}))]
pub struct PermitIn {
    /// What it is for.
    pub kind: PermitKind,
    /// The number on it.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub number: String,
    /// The vehicle's plate.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub plate: String,
    /// The plate's kind.
    pub plate_kind: PlateKind,
    /// The zones that it opens.
    #[validate(length(min = 1, max = 50))]
    #[schema(value_type = Vec<uuid::Uuid>, min_items = 1, max_items = 50)]
    pub zones: Vec<Id<Zone>>,
    /// The times at which it opens them.
    #[validate(nested)]
    pub when: When,
    /// The route, in words.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub route: Option<String>,
    /// The ground along the route.
    pub corridor: Option<GeoJson>,
    /// The speed, km/h.
    #[validate(range(min = 1, max = 120))]
    #[schema(minimum = 1, maximum = 120)]
    pub speed_limit_kmh: Option<i64>,
    /// The number of the card.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub card: Option<String>,
    /// The site from which it carries.
    #[validate(length(min = 2, max = 200))]
    #[schema(min_length = 2, max_length = 200)]
    pub origin_site: Option<String>,
    /// The tip to which it carries.
    #[validate(length(min = 2, max = 200))]
    #[schema(min_length = 2, max_length = 200)]
    pub tip_site: Option<String>,
    /// Why.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub reason: String,
}

/// An emergency order.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "level": "orange", "response": "ii", "measures": ["measure_2"], "area": "610500",
    "starts_at": "2026-12-01T00:00:00+08:00", "ends_at": "2026-12-04T00:00:00+08:00",
    "basis": "渭南市重污染天气橙色预警", "ordered_by": "市重污染天气应急指挥部", "reason": "启动Ⅱ级响应"
}))]
pub struct OrderIn {
    /// The colour of the warning.
    pub level: AlertLevel,
    /// The level of the response.
    pub response: Option<ResponseLevel>,
    /// What is put in force.
    #[validate(length(min = 1, max = 4))]
    #[schema(min_items = 1, max_items = 4)]
    pub measures: Vec<Measure>,
    /// The administrative area in which it holds.
    pub area: AreaCode,
    /// The kinds of zone in which it holds; all when empty.
    #[serde(default)]
    #[validate(length(max = 8))]
    #[schema(max_items = 8)]
    pub zone_kinds: Vec<ZoneKind>,
    /// The enterprises at whose gates it holds; all of the area, and its roads, when empty.
    #[serde(default)]
    #[validate(length(max = 500))]
    #[schema(value_type = Vec<uuid::Uuid>, max_items = 500)]
    pub enterprises: Vec<Id<Organisation>>,
    /// Its first instant; at once when absent.
    pub starts_at: Option<Instant>,
    /// The instant at which it ends; open when absent.
    pub ends_at: Option<Instant>,
    /// Its basis.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub basis: String,
    /// Who ordered it.
    #[validate(length(min = 2, max = 100))]
    #[schema(min_length = 2, max_length = 100)]
    pub ordered_by: String,
    /// Why.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub reason: String,
}
