//! Problems (RFC 9457): what every refusal and every fault answers, in the language of the reader.

mod database;
mod kinds;
mod render;
mod step;

use std::{borrow::Cow, fmt};

use actix_web::{HttpResponse, ResponseError, http::StatusCode};

pub use self::{
    kinds::Kind,
    render::{Language, Shown, render},
};

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: Cow<'static, str>,
    /// Chinese.
    pub zh: Cow<'static, str>,
}

/// A text in both languages.
pub fn text(en: impl Into<Cow<'static, str>>, zh: impl Into<Cow<'static, str>>) -> Text {
    Text { en: en.into(), zh: zh.into() }
}

/// One value that does not hold, by its JSON pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer (RFC 6901) into the body; empty for the whole.
    pub pointer: String,
    /// A stable word for machines.
    pub code: Cow<'static, str>,
    /// What is wrong and how to mend it.
    pub detail: Text,
}

/// A refusal or a fault.
#[derive(Debug, Clone)]
pub struct Problem(Box<Parts>);

#[derive(Debug, Clone)]
struct Parts {
    kind: Kind,
    detail: Option<Text>,
    errors: Vec<Fault>,
    members: serde_json::Map<String, serde_json::Value>,
    retry_after_s: Option<u64>,
    headers: Vec<(&'static str, String)>,
    conflict_of_transactions: bool,
}

impl Problem {
    /// A problem of a kind, without further words.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self(Box::new(Parts {
            kind,
            detail: None,
            errors: Vec::new(),
            members: serde_json::Map::new(),
            retry_after_s: None,
            headers: Vec::new(),
            conflict_of_transactions: false,
        }))
    }

    /// What is wrong here.
    #[must_use]
    pub fn because(mut self, en: impl Into<Cow<'static, str>>, zh: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = Some(text(en, zh));
        self
    }

    /// Points at the values that do not hold.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<Fault>) -> Self {
        self.0.errors = errors;
        self
    }

    /// Adds a member of its own.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<serde_json::Value>) -> Self {
        self.0.members.insert(member.to_owned(), value.into());
        self
    }

    /// When a repetition may succeed.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after_s = Some(seconds);
        self
    }

    /// Adds a header of its own.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: String) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// Some value of the body does not hold.
    pub fn invalid(
        pointer: impl Into<String>,
        code: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
        zh: impl Into<Cow<'static, str>>,
    ) -> Self {
        let fault = Fault { pointer: pointer.into(), code: code.into(), detail: text(en, zh) };
        Self::new(Kind::Invalid).with_errors(vec![fault])
    }

    /// Not there, or not yours to know.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(Kind::NotFound)
    }

    /// A fault of the service; the cause goes to the log, never to the client.
    pub fn internal(cause: &impl fmt::Display) -> Self {
        tracing::error!(%cause, "internal fault");
        Self::new(Kind::Internal)
    }

    /// Something the service stands on is out of reach for a moment.
    pub fn unavailable(cause: &impl fmt::Display) -> Self {
        tracing::warn!(%cause, "unavailable");
        Self::new(Kind::Unavailable).retry_after(2)
    }

    /// More waits than can be served soon.
    #[must_use]
    pub fn overloaded() -> Self {
        Self::new(Kind::Unavailable).retry_after(1)
    }

    /// The kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What is wrong here.
    #[must_use]
    pub fn detail(&self) -> Option<&Text> {
        self.0.detail.as_ref()
    }

    /// When a repetition may succeed, in seconds.
    #[must_use]
    pub const fn retry_after_s(&self) -> Option<u64> {
        self.0.retry_after_s
    }

    /// The faults.
    #[must_use]
    pub fn errors(&self) -> &[Fault] {
        &self.0.errors
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.kind.title_en())?;
        if let Some(detail) = &self.0.detail {
            write!(f, ": {}", detail.en)?;
        }
        self.0.errors.iter().try_for_each(|fault| write!(f, "; {} {}", fault.pointer, fault.detail.en))
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// An empty response that carries the problem; `render` writes it in the reader's language.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        response.extensions_mut().insert(self.clone());
        response
    }
}
