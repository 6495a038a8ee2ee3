//! The start: what the role does here, one tile for each of its pages.

use actix_web::{HttpResponse, get, web::ServiceConfig};
use askama::Template;

use super::{ALL, EVERYBODY, Page};
use crate::{
    features::portal::frame::{Frame, Visitor, see_other},
    platform::problem::Problem,
};

/// The start.
pub const PAGE: Page = Page { path: "/portal/", roles: EVERYBODY, zh: "首页", en: "Start", in_menu: true };

pub fn routes(config: &mut ServiceConfig) {
    config.service(start).service(show);
}

#[derive(Template)]
#[template(path = "pages/home/page.html")]
struct Home {
    frame: Frame,
    organisation: String,
    tiles: Vec<(&'static str, String)>,
}

/// The portal without a page.
#[get("")]
async fn start() -> HttpResponse {
    see_other(PAGE.path)
}

/// The start of whoever is signed in.
#[get("/")]
async fn show(
    visitor: Visitor,
    state: actix_web::web::Data<crate::platform::state::State>,
) -> Result<HttpResponse, Problem> {
    let frame = visitor.open(&PAGE)?;
    let directory = state.directory.get();
    let organisation = directory.organisation(visitor.caller().organisation).map(|found| found.name.clone());
    let own = ALL.iter().filter(|page| page.in_menu && page.path != PAGE.path);
    let own = own.filter(|page| page.roles.contains(&visitor.caller().role));
    let tiles = own.map(|page| (page.path, page.title(visitor.reader.language))).collect();
    Frame::answer(&Home { frame, organisation: organisation.unwrap_or_default(), tiles })
}
