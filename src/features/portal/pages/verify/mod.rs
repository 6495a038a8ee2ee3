//! Whether a certificate is genuine: by its signature alone, and, beside that, whether its repair still stands here.

use actix_web::{
    HttpResponse, get, post,
    web::{self, ServiceConfig},
};
use askama::Template;

use crate::{
    domain::{certificate::Certificate, repair::RepairState, words::Word},
    features::portal::{
        frame::{DOOR, Form, Frame, Reader, status_of},
        pages::shop,
    },
    platform::{
        auth::{Purpose, open_by},
        problem::Problem,
        state::State,
    },
};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(verify).service(keys);
}

#[derive(Template)]
#[template(path = "pages/verify/page.html")]
struct Verify {
    frame: Frame,
    code: String,
    genuine: Option<Genuine>,
}

/// A certificate whose signature holds.
struct Genuine {
    states: Certificate,
    shop: String,
    /// Where its repair stands here; none when it is not known here.
    now: Option<RepairState>,
}

impl Genuine {
    fn plate(&self) -> String {
        let plate = self.states.plate.as_ref();
        plate.map_or_else(|| "—".to_owned(), |(plate, kind)| format!("{plate}（{}）", kind.zh()))
    }

    fn stands(&self) -> bool {
        self.now == Some(RepairState::Completed)
    }
}

/// The form, for everybody.
#[get("/verify")]
async fn show(mut reader: Reader) -> Result<HttpResponse, Problem> {
    let door = reader.visit_without_session();
    let cookie = reader.cookie(DOOR, door);
    let page = Verify { frame: framed(reader), code: String::new(), genuine: None };
    let mut response = Frame::answer(&page)?;
    response.add_cookie(&cookie).map_err(|error| Problem::internal(&error))?;
    Ok(response)
}

/// Verifies what a QR code says.
#[post("/verify")]
async fn verify(reader: Reader, form: Form, state: web::Data<State>) -> Result<HttpResponse, Problem> {
    let code: String = form.shown("code").split_whitespace().collect();
    match look(&state, &code).await {
        Ok(genuine) => Frame::answer(&Verify { frame: framed(reader), code, genuine: Some(genuine) }),
        Err(problem) => {
            let frame = framed(reader).with_problem(&problem);
            Frame::answer_with(status_of(&problem), &Verify { frame, code, genuine: None })
        }
    }
}

fn framed(reader: Reader) -> Frame {
    Frame::new(reader, "").titled("证明核验", "Verify a certificate")
}

async fn look(state: &State, code: &str) -> Result<Genuine, Problem> {
    let trusted = state.keys.public_keys(Purpose::Certificate);
    let states: Certificate = open_by(&trusted, Purpose::Certificate, code).map_err(|error| {
        Problem::invalid("/code", "signature", format!("not genuine: {error}"), "签名无效：不是本平台签发的证明")
    })?;
    let (vehicle, repair) = (states.vehicle, states.repair);
    let now = state.db.read(move |conn| shop::repair_of(conn, vehicle, repair)).await?;
    let directory = state.directory.get();
    let shop = directory.by_code(crate::domain::role::Role::RepairShop, &states.shop);
    Ok(Genuine {
        shop: shop.map_or_else(|| states.shop.clone(), |shop| shop.name.clone()),
        now: now.map(|repair| repair.state_name()),
        states,
    })
}

/// The public keys of certificates, for whoever verifies them elsewhere.
#[get("/verify/keys")]
async fn keys(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().json(state.keys.public_keys(Purpose::Certificate))
}
