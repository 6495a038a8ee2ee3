//! Style and script of the portal, embedded; their names carry a hash of what they hold, so they are kept for a year.

use std::sync::LazyLock;

use actix_web::{HttpResponse, get, http::header, web};
use sha2::{Digest, Sha256};

use crate::platform::{hex::hex, problem::Problem};

/// A file that pages load.
struct Asset {
    name: String,
    kind: &'static str,
    text: &'static str,
}

static ASSETS: LazyLock<[Asset; 3]> = LazyLock::new(|| {
    [
        asset("portal", "css", "text/css; charset=utf-8", include_str!("portal.css")),
        asset("portal", "js", "text/javascript; charset=utf-8", include_str!("portal.js")),
        asset("mark", "svg", "image/svg+xml", include_str!("mark.svg")),
    ]
});

fn asset(name: &str, ending: &str, kind: &'static str, text: &'static str) -> Asset {
    let hash: String = hex(&Sha256::digest(text)).chars().take(12).collect();
    Asset { name: format!("{name}-{hash}.{ending}"), kind, text }
}

/// The address of the asset with this ending.
pub fn address(ending: &str) -> String {
    let found = ASSETS.iter().find(|asset| asset.name.ends_with(ending));
    found.map(|asset| format!("/portal/assets/{}", asset.name)).unwrap_or_default()
}

/// An asset by its name.
#[get("/assets/{name}")]
pub async fn asset_by_name(name: web::Path<String>) -> Result<HttpResponse, Problem> {
    let asset = ASSETS.iter().find(|asset| asset.name == *name).ok_or_else(Problem::not_found)?;
    Ok(HttpResponse::Ok()
        .content_type(asset.kind)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(asset.text))
}
