//! JSON of the JT/T 1132 family: wrapped or flat, lists as values or as JSON strings, numbers as strings.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::domain::{
    case::Case,
    id::Id,
    quantity::Amount,
    repair::{RepairItem, RepairPart, RepairRecord},
    time::{Day, Instant},
    vehicle::Vehicle,
};

/// A shop's software asks for a token.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(example = json!({ "companycode": "61050200001", "companypassword": "…" }))]
pub struct ShopTokenIn {
    /// The shop's code (企业编码).
    pub companycode: String,
    /// The secret of one of the shop's clients.
    pub companypassword: String,
}

/// Every answer of the adapter; always with HTTP 200.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReplyOut {
    /// `1` is success.
    pub code: String,
    /// The outcome in Chinese.
    pub status: String,
    /// The token that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_token: Option<String>,
}

/// A repair record as a shop's software uploads it, whatever its dress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The token inside the body.
    pub access_token: String,
    /// The VIN.
    pub vin: String,
    /// The settlement list's number.
    pub settlement_number: String,
    /// The report that the repair answers, as far as the message names one.
    pub report_number: Option<String>,
    /// When the vehicle was received.
    pub received_on: Option<Day>,
    /// When the repair was settled.
    pub settled_on: Option<Day>,
    /// The odometer, km.
    pub mileage_km: Option<i64>,
    /// The fault's description.
    pub findings: String,
    /// The work done.
    pub items: Vec<RepairItem>,
    /// The parts replaced.
    pub parts: Vec<RepairPart>,
    /// The message as it came, without its token.
    pub raw: Value,
}

/// A kept message that waits for its case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RepairMessageOut {
    /// The shop that sent it.
    pub shop_id: Uuid,
    /// The message.
    pub message_id: Uuid,
    /// The settlement list's number.
    pub settlement_number: String,
    /// The VIN it names.
    pub vin: String,
    /// When it came.
    pub received_at: Instant,
    /// The message as it came.
    #[schema(value_type = Object)]
    pub message: Value,
}

/// The case to which a person ties a message.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkIn {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// Its open case.
    #[schema(value_type = uuid::Uuid)]
    pub case_id: Id<Case>,
}

/// What a message lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// Not JSON, or no object.
    #[error("报文不是合法的 JSON 对象")]
    NotAnObject,
    /// A field is missing.
    #[error("缺少字段 {0}")]
    Missing(&'static str),
}

impl Message {
    /// Reads a message in any of its dresses.
    ///
    /// # Errors
    /// Not a JSON object, or without the fields that name it.
    pub fn read(body: &str) -> Result<Self, MessageError> {
        let outer: Value = serde_json::from_str(body).map_err(|_| MessageError::NotAnObject)?;
        let mut message = unwrap(outer).ok_or(MessageError::NotAnObject)?;
        let access_token = message.remove("access_token").and_then(|token| token.as_str().map(str::to_owned));
        let basic = Loose(object(message.get("basicInfo")).ok_or(MessageError::Missing("basicInfo"))?);
        let findings = basic.text("faultdescription").unwrap_or_default();
        Ok(Self {
            access_token: access_token.ok_or(MessageError::Missing("access_token"))?,
            vin: basic.text("vin").ok_or(MessageError::Missing("vin"))?,
            settlement_number: basic.text("costlistcode").ok_or(MessageError::Missing("costlistcode"))?,
            report_number: basic.text("test_no").or_else(|| report_in(&findings)),
            received_on: basic.day("repairdate"),
            settled_on: basic.day("settledate"),
            mileage_km: basic.text("repairmileage").and_then(|text| text.parse().ok()),
            findings,
            items: list(message.get("repairprojectlist")).iter().filter_map(item).collect(),
            parts: list(message.get("vehiclepartslist")).iter().filter_map(part).collect(),
            raw: Value::Object(message),
        })
    }

    /// The repair record that the message amounts to, once its report is known.
    #[must_use]
    pub fn record(&self, report_number: String, today: Day) -> RepairRecord {
        RepairRecord {
            report_number,
            settlement_number: self.settlement_number.clone(),
            received_on: self.received_on.unwrap_or(today),
            settled_on: self.settled_on,
            mileage_km: self.mileage_km,
            findings: if self.findings.is_empty() { "未填写".to_owned() } else { self.findings.clone() },
            items: self.items.clone(),
            parts: self.parts.clone(),
            measurements: Vec::new(),
        }
    }
}

/// The message itself, out of `transaction.body.reqInfo` when it is wrapped.
fn unwrap(outer: Value) -> Option<Map<String, Value>> {
    let Value::Object(outer) = outer else { return None };
    let Some(transaction) = object(outer.get("transaction")) else { return Some(outer) };
    let body = object(transaction.get("body"))?;
    let mut inner = object(body.get("reqInfo")).unwrap_or(body);
    for (key, value) in outer {
        if key != "transaction" {
            inner.entry(key).or_insert(value);
        }
    }
    Some(inner)
}

/// An object, or a string that holds one.
fn object(value: Option<&Value>) -> Option<Map<String, Value>> {
    match value? {
        Value::Object(object) => Some(object.clone()),
        Value::String(json) => serde_json::from_str(json).ok(),
        _ => None,
    }
}

/// A list, or a string that holds one; nothing else counts as empty.
fn list(value: Option<&Value>) -> Vec<Loose> {
    let values = match value {
        Some(Value::Array(values)) => values.clone(),
        Some(Value::String(json)) => serde_json::from_str(json).unwrap_or_default(),
        _ => Vec::new(),
    };
    values.iter().filter_map(|value| object(Some(value))).map(Loose).collect()
}

fn item(row: &Loose) -> Option<RepairItem> {
    Some(RepairItem { name: row.text("repairproject")?, hours: row.amount("workinghours") })
}

fn part(row: &Loose) -> Option<RepairPart> {
    Some(RepairPart {
        name: row.text("partsname")?,
        quantity: row.amount("partsquantity"),
        code: row.text("partscode"),
    })
}

/// `报告编码{610502…}` inside a description.
fn report_in(text: &str) -> Option<String> {
    let (_, after) = text.split_once('{').or_else(|| text.split_once('｛'))?;
    let number: String = after.chars().take_while(char::is_ascii_alphanumeric).collect();
    (!number.is_empty()).then_some(number)
}

/// An object whose numbers may be strings, and whose empty texts and `N/A` mean nothing.
struct Loose(Map<String, Value>);

impl Loose {
    fn text(&self, field: &str) -> Option<String> {
        let text = match self.0.get(field)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        (!text.is_empty() && !text.eq_ignore_ascii_case("n/a")).then_some(text)
    }

    fn amount(&self, field: &str) -> Option<Amount> {
        self.text(field).and_then(|text| Amount::parse(&text).ok())
    }

    fn day(&self, field: &str) -> Option<Day> {
        let text = self.text(field)?;
        let digits: String = text.chars().filter(char::is_ascii_digit).take(8).collect();
        Day::parse_from_str(&digits, "%Y%m%d").ok()
    }
}

impl ReplyOut {
    /// Success.
    #[must_use]
    pub fn success(status: &str) -> Self {
        Self { code: "1".to_owned(), status: status.to_owned(), access_token: None }
    }

    /// Refusal.
    #[must_use]
    pub fn failure(status: &str) -> Self {
        Self { code: "0".to_owned(), status: status.to_owned(), access_token: None }
    }
}
