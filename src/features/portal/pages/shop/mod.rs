//! The repair shop's desk: find the case of the vehicle at hand, claim it, record the repair, close it out, print.

mod case;
mod paper;
mod quality;
mod read;
mod record;
mod suggest;

use actix_web::{
    HttpResponse, get, post,
    web::{self, ServiceConfig},
};
use askama::Template;

pub use self::read::repair_of;
use self::{quality::Quality, read::Held};
use super::Page;
use crate::{
    domain::{role::Role, vehicle::plate::PlateKind, words::Word},
    features::{
        cases::{CaseQuery, look_up},
        portal::frame::{Form, Frame, Visitor, status_of},
    },
    platform::{auth::right::FindCase, problem::Problem, state::State},
};

/// The desk.
pub const PAGE: Page =
    Page { path: "/portal/shop", roles: SHOPS, zh: "维修工作台", en: "Repairs", in_menu: true };
const SHOPS: &[Role] = &[Role::RepairShop];

pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(find).configure(case::routes).configure(record::routes).configure(paper::routes);
}

#[derive(Template)]
#[template(path = "pages/shop/page.html")]
struct Desk {
    frame: Frame,
    sent: Form,
    held: Vec<Held>,
    done: Vec<read::Done>,
    quality: Quality,
}

impl Desk {
    async fn new(frame: Frame, sent: Form, visitor: &Visitor, state: &State) -> Result<Self, Problem> {
        let (shop, now) = (visitor.caller().home(), state.clock.now());
        let read = state
            .db
            .read(move |conn| Ok((read::held(conn, shop, now)?, read::done(conn, shop)?, quality::of(conn, shop)?)));
        let (held, done, quality) = read.await?;
        Ok(Self { frame, sent, held, done, quality })
    }

    fn kinds(&self) -> Vec<(String, String)> {
        let usual = [PlateKind::LargeCar, PlateKind::SmallCar, PlateKind::LargeNev, PlateKind::SmallNev];
        let rest = PlateKind::ALL.iter().copied().filter(|kind| !usual.contains(kind));
        usual.into_iter().chain(rest).map(|kind| (kind.to_string(), self.frame.word(kind))).collect()
    }
}

/// The desk.
#[get("/shop")]
async fn show(visitor: Visitor, state: web::Data<State>) -> Result<HttpResponse, Problem> {
    let frame = visitor.open(&PAGE)?;
    Frame::answer(&Desk::new(frame, Form::default(), &visitor, &state).await?)
}

/// Finds the case of the vehicle at hand, and shows it.
#[post("/shop/look-ups")]
async fn find(visitor: Visitor, form: Form, state: web::Data<State>) -> Result<HttpResponse, Problem> {
    let frame = visitor.open(&PAGE)?;
    let found = async {
        let names = ["plate", "plate_kind", "vin_tail", "report_number"];
        let query = form.body::<CaseQuery>(form.object(&names))?.value;
        let caller = visitor.allowed::<FindCase>()?;
        look_up(&state, &caller, query).await
    };
    match found.await {
        Ok(found) => case::answer(&visitor, &state, (found.vehicle, found.id), true, None).await,
        Err(problem) => {
            let frame = frame.with_problem(&problem);
            Frame::answer_with(status_of(&problem), &Desk::new(frame, form, &visitor, &state).await?)
        }
    }
}
