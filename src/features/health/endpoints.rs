//! HTTP of health and meta: for probes, scrapers and the curious.

use actix_web::{HttpResponse, Responder, get, web};
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::json;

use crate::platform::{
    answer::Answer,
    db,
    problem::{Kind, Problem},
    state::State,
};

/// The process runs.
#[utoipa::path(tag = "health", responses((status = 200, description = "It runs", body = String, content_type = "text/plain")))]
#[get("/health/live")]
pub async fn live() -> impl Responder {
    HttpResponse::Ok().content_type("text/plain").body("live\n")
}

/// The database answers, has the present shape, and the blacklist has been read.
#[utoipa::path(tag = "health", responses((status = 200, description = "Ready for requests", body = String, content_type = "text/plain")))]
#[get("/health/ready")]
pub async fn ready(state: web::Data<State>) -> Result<HttpResponse, Problem> {
    if state.db.read(db::pending_migrations).await? {
        return Err(Problem::unavailable(&"migrations are pending"));
    }
    if !state.blacklist.is_loaded() {
        return Err(Problem::unavailable(&"the blacklist is still being read"));
    }
    Ok(HttpResponse::Ok().content_type("text/plain").body("ready\n"))
}

/// Metrics in the text format of Prometheus.
#[utoipa::path(tag = "health", responses((status = 200, description = "Metrics", body = String, content_type = "text/plain")))]
#[get("/metrics")]
pub async fn metrics(metrics: web::Data<PrometheusHandle>) -> impl Responder {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(metrics.render())
}

/// The versions of the contract and of the service.
#[utoipa::path(tag = "health", responses((status = 200, description = "Versions", body = serde_json::Value)))]
#[get("/v1")]
pub async fn version() -> Result<Answer, Problem> {
    Answer::ok(&json!({ "contract": "v1", "service": env!("CARGO_PKG_VERSION") }))
}

/// What a kind of problem means.
#[utoipa::path(
    tag = "health",
    params(("code" = String, Path, description = "The last part of the problem's `type`")),
    responses((status = 200, description = "The kind in both languages", body = serde_json::Value))
)]
#[get("/problems/{code}")]
pub async fn problem_kind(code: web::Path<String>) -> Result<Answer, Problem> {
    let kind = Kind::ALL.iter().find(|kind| kind.code() == code.as_str()).ok_or_else(Problem::not_found)?;
    Answer::ok(&json!({
        "type": format!("/problems/{}", kind.code()),
        "status": kind.status(),
        "title": { "en": kind.title_en(), "zh": kind.title_zh() },
    }))
}
