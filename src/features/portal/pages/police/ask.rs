//! Asks the same two questions as the API: is it listed, and may it enter.

use serde_json::Value;

use crate::{
    domain::vehicle::plate::PlateKind,
    domain::words::Word,
    features::{
        checks::{CheckIn, CheckOut, ChecksIn, ChecksOut, check_vehicles},
        decisions::{AccessIn, AccessOut, decide_access},
        portal::frame::{Form, Visitor},
    },
    platform::{
        auth::right::{CheckVehicles, DecideAccess},
        problem::{Problem, Text, text},
        state::State,
    },
};

/// Both answers.
pub struct Found {
    pub plate: String,
    pub list: ChecksOut,
    pub item: CheckOut,
    pub decision: Decided,
}

/// The second answer.
pub enum Decided {
    /// What the rules of the zone say.
    Answered(Box<AccessOut>, String),
    /// Nothing can be said, and why.
    Not(Text),
    /// Nobody asked of a zone.
    NotAsked,
}

pub async fn ask(visitor: &Visitor, form: &Form, state: &State) -> Result<Found, Problem> {
    let plate =
        form.text("plate").ok_or_else(|| Problem::invalid("/plate", "missing", "enter the plate", "请输入号牌"))?;
    let plate_kind = form.text("plate_kind").and_then(|word| PlateKind::parse(word).ok());
    let caller = visitor.allowed::<CheckVehicles>()?;
    let question = CheckIn { plate: Some(plate.to_owned()), plate_kind, ..CheckIn::default() };
    let told = ChecksIn { checks: vec![question], purpose: None, case_number: None, place: None, with_owner: false };

    let mut list = check_vehicles(state, &caller, &told).await?.answer;
    let item = list.items.pop().ok_or_else(|| Problem::internal(&"no answer"))?;
    if let Some(fault) = item.fault {
        return Err(Problem::invalid("/plate", fault.code, fault.detail.en, fault.detail.zh));
    }
    let decision = decide(visitor, form, state, (plate, plate_kind)).await?;
    Ok(Found { plate: plate.to_owned(), list, item, decision })
}

/// The decision; that it cannot be had is told beside the answer of the check, never instead of it.
async fn decide(
    visitor: &Visitor,
    form: &Form,
    state: &State,
    (plate, kind): (&str, Option<PlateKind>),
) -> Result<Decided, Problem> {
    let Ok(caller) = visitor.allowed::<DecideAccess>() else { return Ok(Decided::NotAsked) };
    let Some(zone) = form.text("zone_id") else { return Ok(Decided::NotAsked) };
    let Some(kind) = kind else {
        return Ok(Decided::Not(text("the kind of the plate is not told", "未选择号牌种类")));
    };
    let mut told = form.object(&["zone_id"]);
    told.insert("plate".to_owned(), plate.into());
    told.insert("plate_kind".to_owned(), kind.word().into());
    told.insert("at".to_owned(), local(form.text("at")));
    let told = form.body::<AccessIn>(told)?.value;
    let name =
        zone.parse().ok().and_then(|id| state.controls.get().zone(id, state.clock.now()).map(|z| z.name.clone()));
    match decide_access(state, &caller, &told).await {
        Ok(decision) => Ok(Decided::Answered(Box::new(decision), name.unwrap_or_default())),
        Err(problem) => {
            let kind = problem.kind();
            let detail = problem.detail().cloned();
            Ok(Decided::Not(detail.unwrap_or_else(|| text(kind.title_en(), kind.title_zh()))))
        }
    }
}

/// A time as a browser's control writes it, `2026-08-22T10:00`, in Asia/Shanghai.
fn local(at: Option<&str>) -> Value {
    at.map_or(Value::Null, |at| format!("{at}:00+08:00").into())
}
