//! Who reads a page, as far as the request tells without a look at the database: language, address, cookies.

use std::convert::Infallible;

use actix_web::{FromRequest, HttpRequest, cookie::Cookie, dev::Payload, http::header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::{
    features::access::Visit,
    platform::{auth::Secret, problem::Language, telemetry},
};

/// The cookie with the session's secret.
pub const SESSION: &str = "imfleet_session";
/// The cookie of who is not signed in yet, so that the sign-in form has a token too.
pub const DOOR: &str = "imfleet_door";
/// The cookie with the language.
pub const LANGUAGE: &str = "imfleet_lang";

/// What the request tells of its reader.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The language of the page.
    pub language: Language,
    /// The language that the address asks for, to be remembered.
    pub asks_for: Option<Language>,
    /// The path of the page.
    pub path: String,
    /// The query without the language.
    pub query: String,
    /// Whether the browser reaches the service over loopback, without TLS.
    pub on_loopback: bool,
    /// Where the request comes from.
    pub visit: Visit,
    pub(super) session: Option<String>,
    pub(super) door: Option<String>,
}

impl Reader {
    /// Reads the request.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        let cookie = |name: &str| request.cookie(name).map(|cookie| cookie.value().to_owned());
        let asks_for = request.query_string().split('&').find_map(|pair| language(pair.strip_prefix("lang=")?));
        let remembered = cookie(LANGUAGE).and_then(|tag| language(&tag));
        let kept: Vec<_> = request.query_string().split('&').filter(|pair| !pair.starts_with("lang=")).collect();
        Self {
            language: asks_for.or(remembered).unwrap_or(Language::Chinese),
            asks_for,
            path: request.path().to_owned(),
            query: kept.join("&"),
            on_loopback: is_loopback(request),
            visit: Visit {
                address: request.peer_addr().map(|peer| peer.ip()),
                trace_id: telemetry::trace_id(request),
            },
            session: cookie(SESSION),
            door: cookie(DOOR),
        }
    }

    /// The secret of the session.
    #[must_use]
    pub fn session(&self) -> Option<&str> {
        self.session.as_deref()
    }

    /// Somebody who signs in anew: the page is made with the secret of the door, which the answer sets as a cookie.
    pub fn at_the_door(&mut self) -> String {
        self.session = None;
        self.door.get_or_insert_with(|| Secret::random().reveal().to_owned()).clone()
    }

    /// Somebody who may be signed in or not: the secret of the door, which the answer sets as a cookie.
    pub fn visit_without_session(&mut self) -> String {
        self.door.get_or_insert_with(|| Secret::random().reveal().to_owned()).clone()
    }

    /// Whether a form carries the token that a page of ours gave to this reader.
    #[must_use]
    pub fn gave(&self, token: &str) -> bool {
        [&self.session, &self.door].into_iter().flatten().any(|secret| token_of(secret) == token)
    }

    /// The token that a form of this reader must carry: only who can read the cookie can make it.
    #[must_use]
    pub fn token(&self) -> String {
        let secret = self.session.as_ref().or(self.door.as_ref());
        secret.map(|secret| token_of(secret)).unwrap_or_default()
    }

    /// A cookie of the portal: out of reach of scripts and of other sites, and of plain HTTP outside loopback.
    #[must_use]
    pub fn cookie(&self, name: &'static str, value: String) -> Cookie<'static> {
        Cookie::build(name, value)
            .path("/portal")
            .http_only(true)
            .same_site(actix_web::cookie::SameSite::Lax)
            .secure(!self.on_loopback)
            .finish()
    }

    /// The address of this page in a language.
    #[must_use]
    pub fn in_language(&self, tag: &str) -> String {
        if self.query.is_empty() {
            format!("{}?lang={tag}", self.path)
        } else {
            format!("{}?{}&lang={tag}", self.path, self.query)
        }
    }
}

impl FromRequest for Reader {
    type Error = Infallible;
    type Future = std::future::Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(Ok(Self::of(request)))
    }
}

/// The token of a secret.
pub fn token_of(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(format!("form of {secret}"))[..18])
}

fn language(tag: &str) -> Option<Language> {
    match tag {
        "zh" => Some(Language::Chinese),
        "en" => Some(Language::English),
        _ => None,
    }
}

/// The name by which the browser calls the service counts: a proxy on this machine serves the world.
fn is_loopback(request: &HttpRequest) -> bool {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name == "localhost" || name == "[::1]" || name.starts_with("127.")
}
