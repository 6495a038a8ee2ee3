//! A case at the desk: the failing items with limits and margins, and what the shop may do next.

use actix_web::{
    HttpResponse, get,
    http::StatusCode,
    post,
    web::{self, ServiceConfig},
};
use askama::Template;

use super::{
    SHOPS,
    read::{self, Whole},
    record::Sent,
    suggest::suggestions,
};
use crate::{
    domain::{
        case::{Case, CaseState},
        id::Id,
        repair::{Repair, RepairState},
        standard::{Bound, Outcome},
        vehicle::Vehicle,
        verdict::JudgedItem,
        words::Word,
    },
    features::{
        cases::{hand_back_repair, start_repair},
        inspections::ItemOut,
        portal::{
            chart::{Bar, Bars, Unit},
            frame::{Form, Frame, Visitor, see_other, status_of},
            pages::Page,
        },
    },
    platform::{
        answer::Answer,
        auth::{
            Right,
            right::{HandBackRepair, StartRepair},
        },
        db::Tx,
        problem::Problem,
        state::{Ground, State},
        told::StepIn,
    },
};

/// The page of a case.
pub const PAGE: Page =
    Page { path: "/portal/shop/case", roles: SHOPS, zh: "维修案件", en: "Repair case", in_menu: false };

/// A case by its vehicle and its id.
pub type Key = (Id<Vehicle>, Id<Case>);

pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(claim).service(hand_back);
}

#[derive(Template)]
#[template(path = "pages/shop/case.html")]
struct CasePage {
    frame: Frame,
    whole: Whole,
    mine: bool,
    bars: Option<Bars>,
    works: Vec<&'static str>,
    parts: Vec<&'static str>,
    sent: Sent,
}

/// The case, for the shop that holds it or that repaired in it.
#[get("/shop/{vehicle}/{case}")]
async fn show(visitor: Visitor, key: web::Path<Key>, state: web::Data<State>) -> Result<HttpResponse, Problem> {
    answer(&visitor, &state, *key, false, None).await
}

/// Claims the case.
#[post("/shop/{vehicle}/{case}/claims")]
async fn claim(
    visitor: Visitor,
    key: web::Path<Key>,
    form: Form,
    state: web::Data<State>,
) -> Result<HttpResponse, Problem> {
    step::<StartRepair>(&visitor, *key, &form, &state, |tx, on, key| {
        start_repair(tx, on.caller.home(), key).map(drop)
    })
    .await
}

/// Gives the case back.
#[post("/shop/{vehicle}/{case}/hand-backs")]
async fn hand_back(
    visitor: Visitor,
    key: web::Path<Key>,
    form: Form,
    state: web::Data<State>,
) -> Result<HttpResponse, Problem> {
    step::<HandBackRepair>(&visitor, *key, &form, &state, |tx, on, key| {
        hand_back_repair(tx, on.caller.home(), key).map(drop)
    })
    .await
}

/// Makes a step that needs no words, and shows the case, or why not.
pub async fn step<R: Right>(
    visitor: &Visitor,
    key: Key,
    form: &Form,
    state: &State,
    step: impl Fn(&mut Tx<'_>, &Ground, Key) -> Result<(), Problem> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let body = form.body::<StepIn>(form.object(&[]))?;
    let caller = visitor.allowed::<R>()?;
    let made = state.change(&caller, form.once(), body, move |tx, on, _| {
        step(tx, on, key)?;
        Ok(Answer::done())
    });
    match made.await {
        Ok(_) if R::OPERATION == HandBackRepair::OPERATION => Ok(see_other(super::PAGE.path)),
        Ok(_) => Ok(see_other(format!("/portal/shop/{}/{}", key.0, key.1))),
        Err(problem) => answer(visitor, state, key, false, Some((problem, Sent::default()))).await,
    }
}

/// The page of a case; `found` when the shop has just shown by plate and VIN or report that the vehicle is there.
pub async fn answer(
    visitor: &Visitor,
    state: &State,
    key: Key,
    found: bool,
    refused: Option<(Problem, Sent)>,
) -> Result<HttpResponse, Problem> {
    let mut frame = visitor.open(&PAGE)?;
    let (lawbook, shop) = (state.lawbook.get(), visitor.caller().home());
    let whole = state.db.read(move |conn| read::whole(conn, &lawbook, key, shop)).await?;
    let mine = whole.case.shop() == Some(shop);
    if !found && !mine && whole.repairs.is_empty() {
        return Err(refused.map_or_else(Problem::not_found, |(problem, _)| problem));
    }
    let plate = read::plate_of(Some(&whole.vehicle));
    frame = frame.titled(&format!("维修案件 {plate}"), &format!("Repair case {plate}"));
    let mut status = StatusCode::OK;
    let mut sent = Sent::empty(state.clock.now().local_day());
    if let Some((problem, told)) = refused {
        (status, sent) = (status_of(&problem), told);
        frame = frame.with_problem(&problem);
    }
    let items = whole.test.as_ref().map(|test| test.items.as_slice()).unwrap_or_default();
    let failing: Vec<_> =
        items.iter().filter(|item| item.judged.outcome == Outcome::Fail).map(|item| item.judged.item).collect();
    let (works, parts) = suggestions(&failing);
    let bars = (!items.is_empty()).then(|| bars(&frame, items));
    Frame::answer_with(status, &CasePage { frame, whole, mine, bars, works, parts, sent })
}

impl CasePage {
    fn may_claim(&self) -> bool {
        self.whole.case.state_name() == CaseState::Failed
    }

    fn may_record(&self) -> bool {
        self.mine && self.whole.case.state_name() == CaseState::Repairing
    }

    /// What stands beside the bars: items judged by eye or by OBD, and those not tested.
    fn others(&self) -> Vec<&ItemOut> {
        let items = self.whole.test.iter().flat_map(|test| &test.items);
        items.filter(|item| item.judged.compared.is_none() || item.judged.bound.is_none()).collect()
    }

    #[expect(
        clippy::unused_self,
        clippy::trivially_copy_pass_by_ref,
        reason = "templates ask their page, by reference"
    )]
    fn tag(&self, outcome: &Outcome) -> &'static str {
        match outcome {
            Outcome::Pass => "tag tag-green",
            Outcome::Fail => "tag tag-red",
            Outcome::NotTested => "tag tag-grey",
            Outcome::Advisory => "tag tag-amber",
        }
    }

    #[expect(clippy::unused_self, reason = "templates ask their page")]
    fn is_recorded(&self, repair: &Repair) -> bool {
        repair.state_name() == RepairState::Recorded
    }

    #[expect(clippy::unused_self, reason = "templates ask their page")]
    fn is_completed(&self, repair: &Repair) -> bool {
        repair.state_name() == RepairState::Completed
    }
}

/// The measured items as shares of their limits, the limit at 100 %.
fn bars(frame: &Frame, items: &[ItemOut]) -> Bars {
    let bar = |item: &ItemOut| {
        let JudgedItem { compared: Some(value), bound: Some(bound), unit, .. } = item.judged else { return None };
        let (limit, words) = match bound {
            Bound::AtMost(high) => (high, format!("≤ {high} {}", unit.zh())),
            Bound::AtLeast(low) => (low, format!("≥ {low} {}", unit.zh())),
            Bound::Within { low, high } => (high, format!("{low} … {high} {}", unit.zh())),
        };
        let share = value.percent_of(limit)?.micros() / 100_000;
        Some(Bar {
            label: frame.word(item.judged.item),
            value: share,
            limit: Some(1_000),
            wrong: item.judged.outcome == Outcome::Fail,
            words: Some(format!("{value} {}", unit.zh())),
            limit_words: Some(words),
            note: frame.say(&item.explanation.zh, &item.explanation.en).to_owned(),
        })
    };
    Bars {
        title: frame.say("检测项目与限值", "Items and limits").to_owned(),
        about: frame
            .say(
                "每项读数占限值的比例；竖线为限值，✕ 为不合格。",
                "Each reading as a share of its limit; the bar across is the limit, ✕ fails.",
            )
            .to_owned(),
        heads: [("项目", "Item"), ("读数", "Reading"), ("限值", "Limit"), ("说明", "Reason")]
            .map(|(zh, en)| frame.say(zh, en).to_owned()),
        rows: items.iter().filter_map(bar).collect(),
        unit: Unit { decimals: 1, suffix: " %" },
    }
}
