//! Writes every answer that is an error as `application/problem+json`: ours, and those of the framework.

use std::panic::AssertUnwindSafe;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::{StatusCode, header},
    middleware::Next,
};
use futures_util::FutureExt;
use serde_json::{Value, json};

use super::{Kind, Problem, Text};
use crate::platform::telemetry;

/// The middleware around all handlers: no answer of status 400 and above leaves without a problem in its body.
///
/// # Errors
/// Something failed before or instead of a handler; the error carries the written problem.
pub async fn render(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    // The router wants the request for itself alone, so what a problem needs of it is taken beforehand.
    let asked = Asked::of(request.request());
    let outcome = AssertUnwindSafe(async move { next.call(request).await }).catch_unwind().await;
    let response = match outcome {
        Ok(Ok(response)) => response.map_into_boxed_body(),
        Ok(Err(error)) => return Err(failed(error.error_response(), &asked)),
        Err(_panic) => return Err(failed(Problem::new(Kind::Internal).into_response(), &asked)),
    };
    let (request, response) = response.into_parts();
    Ok(ServiceResponse::new(request, written(response, &asked)))
}

/// Marks a response whose body shows its problem to people already.
#[derive(Debug, Clone, Copy)]
pub struct Shown;

/// What a problem needs to know of the request.
struct Asked {
    language: Language,
    path: String,
    trace_id: Option<String>,
}

impl Asked {
    fn of(request: &HttpRequest) -> Self {
        let path = request.path().to_owned();
        Self { language: Language::of(request), path, trace_id: telemetry::trace_id(request) }
    }
}

/// The response, with the problem in its body when it is an error.
fn written(mut response: HttpResponse, asked: &Asked) -> HttpResponse {
    if !response.status().is_client_error() && !response.status().is_server_error() {
        return response;
    }
    let problem = response.extensions_mut().remove::<Problem>();
    if problem.is_none() && (is_problem(&response) || response.extensions().contains::<Shown>()) {
        return response;
    }
    let problem = problem.unwrap_or_else(|| Problem::of_status(response.status()));
    let mut written = problem.write(asked);
    if let Some(allow) = response.headers().get(header::ALLOW) {
        written.headers_mut().insert(header::ALLOW, allow.clone());
    }
    written
}

fn failed(response: HttpResponse, asked: &Asked) -> Error {
    InternalError::from_response("no handler answered", written(response, asked)).into()
}

fn is_problem(response: &HttpResponse) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes() == PROBLEM_JSON.as_bytes())
}

const PROBLEM_JSON: &str = "application/problem+json";

impl Problem {
    fn into_response(self) -> HttpResponse {
        actix_web::ResponseError::error_response(&self)
    }

    /// The problem of an answer that the framework gave by itself.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        Self::new(match status.as_u16() {
            401 => Kind::Unauthenticated,
            403 => Kind::Forbidden,
            404 => Kind::NotFound,
            405 => Kind::MethodNotAllowed,
            413 => Kind::TooLarge,
            415 => Kind::UnsupportedMediaType,
            422 => Kind::Invalid,
            429 => Kind::TooManyRequests,
            503 => Kind::Unavailable,
            400..=499 => Kind::Unreadable,
            _ => Kind::Internal,
        })
    }

    fn write(&self, asked: &Asked) -> HttpResponse {
        let mut response = HttpResponse::build(actix_web::ResponseError::status_code(self));
        response.content_type(PROBLEM_JSON);
        response.insert_header((header::CONTENT_LANGUAGE, asked.language.tag()));
        match self.kind() {
            Kind::Unauthenticated => response.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"imfleet\"")),
            Kind::InvalidClient => response.insert_header((header::WWW_AUTHENTICATE, "Basic realm=\"imfleet\"")),
            _ => &mut response,
        };
        if let Some(seconds) = self.0.retry_after_s {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        for (name, value) in &self.0.headers {
            response.insert_header((*name, value.as_str()));
        }
        response.body(self.to_json(asked.language, &asked.path, asked.trace_id.as_deref()).to_string())
    }

    /// The members of the problem in one language.
    #[must_use]
    pub fn to_json(&self, language: Language, instance: &str, trace_id: Option<&str>) -> Value {
        let mut body = json!({
            "type": format!("/problems/{}", self.kind().code()),
            "title": language.pick(self.kind().title_en(), self.kind().title_zh()),
            "status": self.kind().status(),
            "instance": instance,
        });
        if let Some(detail) = &self.0.detail {
            body["detail"] = language.text(detail).into();
        }
        if let Some(trace_id) = trace_id {
            body["trace_id"] = trace_id.into();
        }
        if !self.0.errors.is_empty() {
            let errors = self.0.errors.iter().map(|fault| {
                json!({ "pointer": fault.pointer, "code": fault.code, "detail": language.text(&fault.detail) })
            });
            body["errors"] = errors.collect();
        }
        for (member, value) in &self.0.members {
            body[member] = value.clone();
        }
        body
    }
}

/// A language of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Chinese.
    Chinese,
}

impl Language {
    /// Chinese unless the reader prefers English.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        let wanted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let first = |tag: &str| wanted.and_then(|wanted| wanted.to_ascii_lowercase().find(tag));
        match (first("en"), first("zh")) {
            (Some(en), Some(zh)) if en < zh => Self::English,
            (Some(_), None) => Self::English,
            _ => Self::Chinese,
        }
    }

    /// The tag of the language (BCP 47).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        self.pick("en", "zh-CN")
    }

    /// One of two texts.
    #[must_use]
    pub const fn pick<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self {
            Self::English => en,
            Self::Chinese => zh,
        }
    }

    /// The text in this language.
    #[must_use]
    pub fn text(self, text: &Text) -> &str {
        self.pick(&text.en, &text.zh)
    }
}
