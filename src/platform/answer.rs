//! What a handler answers: a status and a JSON text, so that it can be stored and given again to the letter.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::StatusCode, http::header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::problem::Problem;

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
    pub(super) location: Option<String>,
    pub(super) replayed: bool,
}

impl Answer {
    /// 200.
    ///
    /// # Errors
    /// The value cannot be written as JSON.
    pub fn ok(value: &impl Serialize) -> Result<Self, Problem> {
        Self::with_status(200, value, None)
    }

    /// 201 with the address of what was made.
    ///
    /// # Errors
    /// The value cannot be written as JSON.
    pub fn created(value: &impl Serialize, location: String) -> Result<Self, Problem> {
        Self::with_status(201, value, Some(location))
    }

    /// 204, when there is nothing to tell.
    #[must_use]
    pub const fn done() -> Self {
        Self { status: 204, body: String::new(), location: None, replayed: false }
    }

    /// What it says.
    ///
    /// # Errors
    /// It has no JSON.
    pub fn json(&self) -> Result<serde_json::Value, Problem> {
        serde_json::from_str(&self.body).map_err(|error| Problem::internal(&error))
    }

    /// The same answer, marked as one that was given before.
    #[must_use]
    pub fn again(mut self) -> Self {
        self.replayed = true;
        self
    }

    fn with_status(status: u16, value: &impl Serialize, location: Option<String>) -> Result<Self, Problem> {
        let body = serde_json::to_string(value).map_err(|error| Problem::internal(&error))?;
        Ok(Self { status, body, location, replayed: false })
    }
}

impl Responder for Answer {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response =
            HttpResponse::build(StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        if !self.body.is_empty() {
            response.content_type("application/json");
        }
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        if let Some(location) = self.location {
            response.insert_header((header::LOCATION, location));
        }
        if self.replayed {
            response.insert_header(("Idempotency-Replayed", "true"));
        }
        if request.method() == actix_web::http::Method::GET {
            let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(&Sha256::digest(self.body.as_bytes())[..12]));
            let known = request.headers().get(header::IF_NONE_MATCH).is_some_and(|known| known == tag.as_str());
            response.insert_header((header::ETAG, tag));
            response.insert_header((header::CACHE_CONTROL, "private, no-cache"));
            if known {
                return response.status(StatusCode::NOT_MODIFIED).finish();
            }
        }
        response.body(self.body)
    }
}
