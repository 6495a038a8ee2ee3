//! The portal: pages for people, in the same binary, from the same actions as the API.
//!
//! It reads any table and writes none. To add a page, follow `docs/portal.md`: a folder in `pages` with its code and its
//! template, a line in `pages::ALL` and in `pages::routes`; `frame` is what all pages share, `chart` draws.

mod assets;
pub mod chart;
pub mod frame;
mod pages;
pub mod paper;

use actix_web::{
    HttpResponse,
    http::header,
    middleware::from_fn,
    web::{self, ServiceConfig},
};

pub use pages::{ALL, Page};

use crate::platform::problem::Problem;

/// Where the portal begins.
pub const HOME: &str = "/portal/";

/// The routes of the portal.
pub fn routes(config: &mut ServiceConfig) {
    let portal = web::scope("/portal")
        .wrap(from_fn(frame::show))
        .service(assets::asset_by_name)
        .configure(pages::routes)
        .default_service(web::to(async || Err::<HttpResponse, _>(Problem::not_found())));
    config.service(portal).route("/", web::get().to(home));
}

async fn home() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, HOME)).finish()
}
