//! The police officer's page, on a phone: one plate, one answer that fills the screen, and the decision for a zone.

mod ask;
mod view;

use actix_web::{
    HttpResponse, get, post,
    web::{self, ServiceConfig},
};
use askama::Template;

use self::view::View;
use super::{CHECKERS, Page};
use crate::{
    domain::{role::Role, vehicle::plate::PlateKind},
    features::portal::frame::{Form, Frame, Visitor, status_of},
    platform::{problem::Problem, state::State},
};

/// The page.
pub const PAGE: Page =
    Page { path: "/portal/police", roles: CHECKERS, zh: "路面查询", en: "Roadside check", in_menu: true };

/// The issuing provinces (GA 36), the city's own first.
const PROVINCES: &str = "陕晋豫京津冀蒙辽吉黑沪苏浙皖闽赣鲁鄂湘粤桂琼渝川贵云藏甘青宁新";
/// No I and no O: no plate has them.
const LETTERS: &str = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const DIGITS: &str = "1234567890";
/// The last character of plates of a special kind.
const TAILS: &str = "挂学警港澳领";

/// The kinds that are seen every day; every other is checked without its kind.
const KINDS: [(PlateKind, &str, &str); 5] = [
    (PlateKind::LargeCar, "黄牌 大型", "Yellow, large"),
    (PlateKind::SmallCar, "蓝牌 小型", "Blue, small"),
    (PlateKind::LargeNev, "黄绿 大型新能源", "Yellow-green, large NEV"),
    (PlateKind::SmallNev, "渐变绿 小型新能源", "Green, small NEV"),
    (PlateKind::Trailer, "黄牌 挂车", "Yellow, trailer"),
];

pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(check);
}

/// The form with its answer.
#[derive(Template)]
#[template(path = "pages/police/page.html")]
struct Police {
    frame: Frame,
    plate: String,
    kind: String,
    zone: String,
    at: String,
    asked: String,
    zones: Vec<(String, String)>,
    answer: Option<View>,
}

/// The empty form.
#[get("/police")]
async fn show(visitor: Visitor, state: web::Data<State>) -> Result<HttpResponse, Problem> {
    let frame = visitor.open(&PAGE)?;
    Frame::answer(&Police::new(frame, &visitor, &state, &Form::default()))
}

/// Checks the plate, and decides for the zone.
#[post("/police")]
async fn check(visitor: Visitor, form: Form, state: web::Data<State>) -> Result<HttpResponse, Problem> {
    let frame = visitor.open(&PAGE)?;
    match ask::ask(&visitor, &form, &state).await {
        Ok(found) => {
            let answer = View::new(&frame, &found);
            let page = Police { answer: Some(answer), ..Police::new(frame, &visitor, &state, &form) };
            Frame::answer(&page)
        }
        Err(problem) => {
            let frame = frame.with_problem(&problem);
            Frame::answer_with(status_of(&problem), &Police::new(frame, &visitor, &state, &form))
        }
    }
}

impl Police {
    fn new(frame: Frame, visitor: &Visitor, state: &State, form: &Form) -> Self {
        let zones = zones(visitor, state);
        let first = zones.first().map(|(id, _)| id.clone()).unwrap_or_default();
        let (plate, at, asked) = (form.shown("plate"), form.shown("at"), form.shown("asked"));
        Self {
            plate: plate.to_owned(),
            kind: form.text("plate_kind").unwrap_or("large_car").to_owned(),
            zone: form.text("zone_id").map_or(first, str::to_owned),
            at: at.to_owned(),
            asked: asked.to_owned(),
            zones,
            answer: None,
            frame,
        }
    }

    fn kinds(&self) -> Vec<(String, &'static str)> {
        let known = KINDS.iter().map(|(kind, zh, en)| (kind.to_string(), self.frame.say(zh, en)));
        known.chain([("any".to_owned(), self.frame.say("其他或不确定", "Other or not sure"))]).collect()
    }

    #[expect(clippy::unused_self, reason = "templates ask their page")]
    fn keys(&self) -> [(&'static str, Vec<char>); 4] {
        [("province", PROVINCES), ("letter", LETTERS), ("digit", DIGITS), ("tail", TAILS)]
            .map(|(group, keys)| (group, keys.chars().collect()))
    }
}

/// The zones in force: the city's own for the offices, its own gates for an enterprise.
fn zones(visitor: &Visitor, state: &State) -> Vec<(String, String)> {
    let (controls, caller) = (state.controls.get(), visitor.caller());
    let of_gate = caller.role == Role::EnterpriseGate;
    let own = |zone: &&crate::domain::zone::Zone| {
        zone.gate.as_ref().map_or(!of_gate, |gate| of_gate && gate.organisation_id == caller.home())
    };
    let mut found: Vec<_> = controls.zones(state.clock.now()).filter(own).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found.iter().map(|zone| (zone.id.to_string(), zone.name.clone())).collect()
}
