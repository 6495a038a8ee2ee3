//! Logs as JSON lines, one trace id for each request, and metrics.

use std::time::Duration;

use actix_web::{
    Error, HttpMessage, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderName, HeaderValue},
    middleware::Next,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use super::problem::Problem;

/// Starts logging to standard error; `filter` is in the form of `RUST_LOG`.
pub fn start_logs(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = fmt::layer().json().flatten_event(true).with_writer(std::io::stderr);
    // A second start in one process (tests) keeps the first.
    drop(tracing_subscriber::registry().with(filter).with(lines).try_init());
}

/// How often durations are summed up, so that their samples do not pile up between two scrapes.
const UPKEEP: Duration = Duration::from_secs(5);

/// Starts counting; a second start in one process reads from its own, empty recorder. Runs in an actix system.
///
/// # Errors
/// The recorder cannot be made.
pub fn start_metrics() -> Result<PrometheusHandle, Problem> {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    drop(metrics::set_global_recorder(recorder));
    let kept_up = handle.clone();
    actix_web::rt::spawn(async move {
        loop {
            actix_web::rt::time::sleep(UPKEEP).await;
            kept_up.run_upkeep();
        }
    });
    Ok(handle)
}

/// The trace of a request, kept with it.
#[derive(Clone)]
struct TraceId(String);

/// The trace id of a request under way.
#[must_use]
pub fn trace_id(request: &HttpRequest) -> Option<String> {
    request.extensions().get::<TraceId>().map(|trace| trace.0.clone())
}

/// Takes the trace id from `traceparent` (W3C Trace Context), or makes one, gives it back in `X-Request-Id`, and logs
/// the request.
///
/// # Errors
/// What the service inside answers.
pub async fn trace(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let sent = request.headers().get("traceparent").and_then(|value| value.to_str().ok()).and_then(trace_of);
    let id = sent.unwrap_or_else(|| format!("{:032x}", rand::random::<u128>()));
    request.extensions_mut().insert(TraceId(id.clone()));
    let begun = std::time::Instant::now();
    let mut response = next.call(request).await?;
    log(&response, &id, begun.elapsed());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    Ok(response)
}

/// One line for each request: the route as declared, never the address as sent, so that no plate gets into logs.
fn log(response: &ServiceResponse<impl MessageBody>, trace_id: &str, took: std::time::Duration) {
    let request = response.request();
    let route = request.match_pattern().unwrap_or_else(|| "unknown".to_owned());
    let status = response.status().as_u16();
    tracing::info!(trace_id, method = %request.method(), route, status, took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX), "request");
}

/// The trace id in `00-<32 hex>-<16 hex>-<2 hex>`.
fn trace_of(traceparent: &str) -> Option<String> {
    let id = traceparent.split('-').nth(1)?;
    let hex = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    (hex && id.bytes().any(|byte| byte != b'0')).then(|| id.to_owned())
}
