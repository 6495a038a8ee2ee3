//! Around all pages: problems as pages, the language remembered, and what a browser may do with a page.

use actix_web::{
    Error, HttpMessage, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
};
use askama::Template;

use super::{Frame, Reader, Visitor, reader::LANGUAGE};
use crate::platform::problem::{Kind, Problem, Shown};

/// No script, style or picture but our own files; no frame around a page; forms to ourselves.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The middleware of the portal.
///
/// # Errors
/// What the service inside answers.
pub async fn show(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let reader = Reader::of(request.request());
    let asked = request.method().clone();
    let (request, response) = next.call(request).await?.map_into_boxed_body().into_parts();
    let visitor = request.extensions().get::<Visitor>().cloned();
    let mut response = shown(response, &reader, visitor.as_ref(), &asked);
    if let Some(language) = reader.asks_for {
        let tag = language.pick("en", "zh");
        let mut cookie = reader.cookie(LANGUAGE, tag.to_owned());
        cookie.make_permanent();
        response.add_cookie(&cookie)?;
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers
        .insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static("camera=(), microphone=()"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(ServiceResponse::new(request, response))
}

/// The response, as a page where it is a problem.
fn shown(mut response: HttpResponse, reader: &Reader, visitor: Option<&Visitor>, asked: &Method) -> HttpResponse {
    let failed = response.status().is_client_error() || response.status().is_server_error();
    if !failed || response.extensions().contains::<Shown>() {
        return response;
    }
    let problem = response.extensions_mut().remove::<Problem>();
    let problem = problem.unwrap_or_else(|| Problem::of_status(response.status()));
    if problem.kind() == Kind::Unauthenticated && *asked == Method::GET {
        let to = format!("/portal/sign-in?next={}", reader.path);
        return HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish();
    }
    problem_page(&problem, reader, visitor)
}

/// The page of a problem that has no form of its own.
#[derive(Template)]
#[template(path = "frame/problem.html")]
struct ProblemPage {
    frame: Frame,
    status: u16,
    signed_out: bool,
}

fn problem_page(problem: &Problem, reader: &Reader, visitor: Option<&Visitor>) -> HttpResponse {
    let title = reader.language.pick(problem.kind().title_en(), problem.kind().title_zh()).to_owned();
    let mut frame = Frame::new(reader.clone(), title).with_problem(problem);
    if let Some(visitor) = visitor {
        frame = frame.for_visitor(visitor);
    }
    let (status, signed_out) = (problem.kind().status(), problem.kind() == Kind::Unauthenticated);
    let page = ProblemPage { frame, status, signed_out }.render().unwrap_or_default();
    let mut response = page_response(StatusCode::from_u16(status).unwrap_or_default(), page);
    if let Some(seconds) = problem.retry_after_s() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// A page with a status; the JSON of problems leaves it alone.
#[must_use]
pub fn page_response(status: StatusCode, page: String) -> HttpResponse {
    let mut response = HttpResponse::build(status).content_type("text/html; charset=utf-8").body(page);
    response.extensions_mut().insert(Shown);
    response
}
