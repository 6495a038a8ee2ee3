//! The certificate of a repair as PDF, with a signed QR code.

use actix_web::{
    HttpResponse, get,
    web::{self, ServiceConfig},
};

use super::{case::PAGE, read};
use crate::{
    domain::{
        case::Case,
        certificate::Certificate,
        id::Id,
        repair::{Repair, RepairRecord},
        vehicle::Vehicle,
        words::Word,
    },
    features::portal::{
        frame::{Frame, Visitor},
        paper::{Sheet, Table, answer},
    },
    platform::{auth::Purpose, problem::Problem, state::State},
};

pub fn routes(config: &mut ServiceConfig) {
    config.service(certificate);
}

/// The certificate, for the shop that repaired.
#[get("/shop/{vehicle}/{case}/repairs/{repair}/certificate")]
async fn certificate(
    visitor: Visitor,
    path: web::Path<(Id<Vehicle>, Id<Case>, Id<Repair>)>,
    state: web::Data<State>,
) -> Result<HttpResponse, Problem> {
    let (frame, (vehicle, case, id)) = (visitor.open(&PAGE)?, path.into_inner());
    let (lawbook, shop) = (state.lawbook.get(), visitor.caller().home());
    let whole = state.db.read(move |conn| read::whole(conn, &lawbook, (vehicle, case), shop)).await?;
    let repair = whole.repairs.iter().find(|repair| repair.id == id).ok_or_else(Problem::not_found)?;
    let directory = state.directory.get();
    let home = directory.organisation(shop.uuid()).ok_or_else(Problem::not_found)?;
    let states = Certificate::of(repair, &whole.vehicle, &home.code).ok_or_else(Problem::not_found)?;

    let code = state.keys.sign_document(Purpose::Certificate, &states)?;

    let sheet = sheet(&frame, &states, &repair.record, &home.name, code);
    let pdf = web::block(move || sheet.pdf()).await.map_err(|error| Problem::internal(&error))??;
    Ok(answer(&format!("certificate-{id}"), pdf))
}

/// The paper is Chinese: it is shown to an inspection station.
fn sheet(frame: &Frame, states: &Certificate, record: &RepairRecord, shop: &str, code: String) -> Sheet {
    let plate = states.plate.as_ref().map(|(plate, kind)| format!("{plate}（{}）", kind.zh()));
    let dash = || "—".to_owned();
    let fact = |label: &str, value: String| (label.to_owned(), value);
    let facts = vec![
        fact("承修单位", format!("{shop}（{}）", states.shop)),
        fact("号牌号码及种类", plate.unwrap_or_else(dash)),
        fact("车架号后六位", states.vin_tail.clone().unwrap_or_else(dash)),
        fact("不合格报告编号", states.report_number.clone()),
        fact("送修日期", record.received_on.to_string()),
        fact("送修里程", record.mileage_km.map_or_else(dash, |km| format!("{km} km"))),
        fact("竣工时间", states.completed_at.local_text()),
        fact("故障描述", record.findings.clone()),
    ];
    let hours = |hours: Option<crate::domain::quantity::Amount>| hours.map_or_else(dash, |hours| hours.to_string());
    let works = Table {
        title: "维修项目".to_owned(),
        heads: vec!["项目".to_owned(), "工时".to_owned()],
        widths: vec![80, 20],
        rows: record.items.iter().map(|item| vec![item.name.clone(), hours(item.hours)]).collect(),
    };
    let parts = Table {
        title: "更换配件".to_owned(),
        heads: vec!["配件".to_owned(), "编码".to_owned(), "数量".to_owned()],
        widths: vec![55, 25, 20],
        rows: record
            .parts
            .iter()
            .map(|part| vec![part.name.clone(), part.code.clone().unwrap_or_else(dash), hours(part.quantity)])
            .collect(),
    };
    let tables = [works, parts].into_iter().filter(|table| !table.rows.is_empty()).collect();
    let notes = [
        "本证明表示上述维修已竣工，不代替排放检验；车辆须经排放检验机构复检合格后方可闭环。",
        "二维码为数字签名内容，可在“证明核验”页面或以 imfleet verify certificate 离线核验。",
    ];
    Sheet {
        title: "机动车排放性能维护（维修）竣工证明".to_owned(),
        number: format!("编号：{}", states.settlement_number),
        facts,
        tables,
        notes: notes.map(str::to_owned).to_vec(),
        code: Some(code),
        foot: format!("{shop}　{}", frame.say("渭南市机动车排放检验与维护平台", "渭南市机动车排放检验与维护平台")),
    }
}
