//! What repair shops record in the demo, as a record of the service and as a message of their own software.

use serde_json::json;

use super::dice::Dice;
use crate::{
    domain::{
        quantity::Amount,
        repair::{RepairItem, RepairPart, RepairRecord},
        time::Day,
    },
    features::jtt1132::Message,
    platform::problem::Problem,
};

/// A fault, the work that mends it and the part that it takes.
type Mending = (&'static str, &'static str, &'static str);

const PETROL: [Mending; 4] = [
    ("三元催化器失效", "更换三元催化器", "三元催化器"),
    ("氧传感器信号异常", "更换前氧传感器", "氧传感器"),
    ("火花塞积碳，点火不良", "更换火花塞并清洗节气门", "火花塞"),
    ("喷油器雾化不良", "清洗喷油器", "喷油器密封圈"),
];
const DIESEL: [Mending; 4] = [
    ("喷油器雾化不良，烟度偏高", "校验喷油器", "喷油器偶件"),
    ("颗粒捕集器堵塞", "再生并清洗颗粒捕集器", "密封垫"),
    ("SCR 尿素喷射不足", "更换尿素喷嘴", "尿素喷嘴"),
    ("增压器漏气", "更换增压器管路", "增压器管路"),
];

/// What a repair answers, and what it starts from.
pub struct Order<'o> {
    /// The failing report.
    pub report_number: &'o str,
    /// The settlement list's number.
    pub settlement_number: String,
    /// When the vehicle came.
    pub received_on: Day,
    /// The odometer then, km.
    pub mileage_km: i64,
    /// Whether it is a diesel.
    pub diesel: bool,
}

/// A repair record.
pub fn record(dice: &mut Dice, order: &Order<'_>) -> RepairRecord {
    let (findings, work, part) = mending(dice, order.diesel);
    RepairRecord {
        report_number: order.report_number.to_owned(),
        settlement_number: order.settlement_number.clone(),
        received_on: order.received_on,
        settled_on: None,
        mileage_km: Some(order.mileage_km),
        findings: findings.to_owned(),
        items: vec![RepairItem { name: work.to_owned(), hours: Some(dice.hundredths(50, 600)) }],
        parts: vec![RepairPart { name: part.to_owned(), quantity: Some(Amount::whole(1)), code: None }],
        measurements: Vec::new(),
    }
}

/// The same as a shop's software uploads it; some name the failing report nowhere.
///
/// # Errors
/// The message cannot be read.
pub fn message(dice: &mut Dice, order: &Order<'_>, vin: &str, names_report: bool) -> Result<Message, Problem> {
    let (findings, work, part) = mending(dice, order.diesel);
    let day = order.received_on.format("%Y%m%d").to_string();
    let hours = dice.between(1, 6).to_string();
    let said = if names_report {
        format!("{findings}，报告编码{{{}}}", order.report_number)
    } else {
        findings.to_owned()
    };
    let basic = json!({
        "vin": vin, "costlistcode": order.settlement_number, "faultdescription": said, "repairdate": day,
        "settledate": day, "repairmileage": order.mileage_km.to_string(),
    });
    let body = json!({
        "access_token": "",
        "basicInfo": basic.to_string(),
        "repairprojectlist": [{ "repairproject": work, "workinghours": hours }],
        "vehiclepartslist": [{ "partsname": part, "partsquantity": "1" }],
    });
    Message::read(&body.to_string()).map_err(|error| Problem::internal(&error))
}

fn mending(dice: &mut Dice, diesel: bool) -> Mending {
    let known = if diesel { &DIESEL } else { &PETROL };
    dice.pick(known).copied().unwrap_or(PETROL[0])
}
