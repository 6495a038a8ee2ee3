//! Recording a repair and closing it out.

use actix_web::{
    HttpResponse, post,
    web::{self, ServiceConfig},
};
use serde_json::{Map, Value, json};

use super::case::{self, Key};
use crate::{
    domain::{
        case::Case,
        id::Id,
        repair::{Repair, RepairRecord},
        time::Day,
        vehicle::Vehicle,
    },
    features::{
        portal::frame::{Form, Visitor, see_other},
        repairs::{complete_repair, record_repair},
    },
    platform::{
        answer::Answer,
        auth::right::{CompleteRepair, RecordRepair},
        problem::Problem,
        state::State,
    },
};

/// The rows of work, and of parts, that the form has at most.
const ROWS: i32 = 8;

pub fn routes(config: &mut ServiceConfig) {
    config.service(record).service(complete);
}

/// What was sent, to be shown again.
#[derive(Default)]
pub struct Sent {
    form: Form,
    received_on: String,
}

impl Sent {
    /// The empty form, for a vehicle that came today.
    pub fn empty(today: Day) -> Self {
        Self { form: Form::default(), received_on: today.to_string() }
    }

    pub fn get(&self, name: &str) -> &str {
        if name == "received_on" && !self.received_on.is_empty() { &self.received_on } else { self.form.shown(name) }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference")]
    pub fn get_of(&self, name: &str, row: &i32) -> &str {
        self.form.shown(&format!("{name}_{row}"))
    }
}

/// Records the repair of a claimed case.
#[post("/shop/{vehicle}/{case}/repairs")]
async fn record(
    visitor: Visitor,
    key: web::Path<Key>,
    form: Form,
    state: web::Data<State>,
) -> Result<HttpResponse, Problem> {
    let key = key.into_inner();
    let recorded = async {
        let body = form.body::<RepairRecord>(told(&form))?;
        let hash = body.hash;
        let caller = visitor.allowed::<RecordRepair>()?;
        let change = state.change(&caller, form.once(), body, move |tx, on, record| {
            record_repair(tx, on, key, record, &hash)?;
            Ok(Answer::done())
        });
        change.await
    };
    match recorded.await {
        Ok(_) => Ok(see_other(format!("/portal/shop/{}/{}", key.0, key.1))),
        Err(problem) => {
            let sent = Sent { form, received_on: String::new() };
            case::answer(&visitor, &state, key, false, Some((problem, sent))).await
        }
    }
}

/// The record as the API takes it; rows without a name are left out.
fn told(form: &Form) -> Map<String, Value> {
    let names = ["report_number", "settlement_number", "received_on", "findings"];
    let mut told = form.object(&names);
    told.insert("mileage_km".to_owned(), form.number("mileage_km"));
    told.insert("items".to_owned(), rows(form, "item", "hours", "hours"));
    told.insert("parts".to_owned(), rows(form, "part", "count", "quantity"));
    told
}

fn rows(form: &Form, name: &str, figure: &str, member: &str) -> Value {
    let row = |number: i32| {
        let text = form.text(&format!("{name}_{number}"))?;
        let figure = form.number(&format!("{figure}_{number}"));
        Some(if figure.is_null() { json!({ "name": text }) } else { json!({ "name": text, member: figure }) })
    };
    (0..ROWS).filter_map(row).collect()
}

/// Closes a repair out.
#[post("/shop/{vehicle}/{case}/repairs/{repair}/completions")]
async fn complete(
    visitor: Visitor,
    path: web::Path<(Id<Vehicle>, Id<Case>, Id<Repair>)>,
    form: Form,
    state: web::Data<State>,
) -> Result<HttpResponse, Problem> {
    let (vehicle, case, repair) = path.into_inner();
    case::step::<CompleteRepair>(&visitor, (vehicle, case), &form, &state, move |tx, on, key| {
        complete_repair(tx, on.caller.home(), key, repair).map(drop)
    })
    .await
}
