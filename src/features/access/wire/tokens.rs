//! The token request (RFC 6749) and its answer.

use std::net::IpAddr;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    domain::{id::Id, party::Client},
    platform::{
        auth::Assertion,
        problem::{Kind, Problem},
        throttle::place,
    },
};

/// The request for a token. Parameters that are not known are ignored, as RFC 6749 asks.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({
    "grant_type": "client_credentials",
    "client_id": "0198d000-0000-7000-8000-000000000001",
    "client_secret": "q5mXqYf3h0a3wI9cN2n1JmB1v2rI0y8s2c9kZC7nJ0E"
}))]
pub struct TokenIn {
    /// `client_credentials` for machines, `refresh_token` for people.
    pub grant_type: String,
    /// The client, unless the `Authorization: Basic` header or the assertion names it.
    pub client_id: Option<String>,
    /// Its secret, unless that header carries it.
    pub client_secret: Option<String>,
    /// `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
    pub client_assertion_type: Option<String>,
    /// A JWT (`EdDSA`) with `iss` = `sub` = client id, `aud` `imfleet` or `/oauth/token`, `jti`, `exp` ≤ 5 minutes.
    pub client_assertion: Option<String>,
    /// The refresh token of the sign-in, or of the last refreshing.
    pub refresh_token: Option<String>,
}

/// A token (RFC 6749, section 5.1).
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenOut {
    /// Send it as `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// Seconds.
    #[schema(example = 900)]
    pub expires_in: i64,
    /// For people: gets the next token, once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}

/// Where a request comes from.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The peer's address.
    pub address: Option<IpAddr>,
    /// The request's trace.
    pub trace_id: Option<String>,
}

impl Visit {
    /// The address as a key for rates.
    #[must_use]
    pub fn place(&self) -> Uuid {
        place(self.address)
    }
}

/// What the request stands on.
pub enum Grant {
    /// A machine proves who it is.
    Client(Id<Client>, Proof),
    /// A person goes on.
    Refresh(String),
}

/// How a machine proves who it is.
#[derive(Clone)]
pub enum Proof {
    /// By a secret.
    Secret(String),
    /// By a signed assertion.
    Assertion(String),
}

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

impl TokenIn {
    /// Reads what the request stands on; `authorization` is that header.
    ///
    /// # Errors
    /// `invalid_request`, `invalid_client` or `unsupported_grant_type`.
    pub fn read(self, authorization: Option<&str>) -> Result<Grant, Problem> {
        match self.grant_type.as_str() {
            "client_credentials" => self.client(authorization),
            "refresh_token" => self
                .refresh_token
                .map(Grant::Refresh)
                .ok_or_else(|| refused("invalid_request", "refresh_token is missing", "缺少 refresh_token")),
            _ => Err(refused(
                "unsupported_grant_type",
                "grant_type must be client_credentials or refresh_token",
                "grant_type 须为 client_credentials 或 refresh_token",
            )),
        }
    }

    fn client(self, authorization: Option<&str>) -> Result<Grant, Problem> {
        match (authorization, self.client_secret, self.client_assertion) {
            (Some(header), None, None) => {
                let (id, secret) = basic(header).ok_or_else(invalid_client)?;
                proven(&id, self.client_id.as_deref(), Proof::Secret(secret))
            }
            (None, Some(secret), None) => {
                let id = self.client_id.ok_or_else(invalid_client)?;
                proven(&id, None, Proof::Secret(secret))
            }
            (None, None, Some(assertion)) if self.client_assertion_type.as_deref() == Some(JWT_BEARER) => {
                let id = Assertion::client_of(&assertion).ok_or_else(invalid_client)?.to_string();
                proven(&id, self.client_id.as_deref(), Proof::Assertion(assertion))
            }
            (None, None, None) => Err(invalid_client()),
            _ => Err(refused(
                "invalid_request",
                "authenticate in exactly one way: Basic, client_secret, or client_assertion with its type",
                "客户端认证方式须且仅须一种：Basic、client_secret 或 client_assertion（含类型）",
            )),
        }
    }
}

fn proven(id: &str, also: Option<&str>, proof: Proof) -> Result<Grant, Problem> {
    let client = id.parse::<Id<Client>>().map_err(|_| invalid_client())?;
    let same = also.is_none_or(|also| also.parse() == Ok(client));
    if same { Ok(Grant::Client(client, proof)) } else { Err(invalid_client()) }
}

fn basic(header: &str) -> Option<(String, String)> {
    let pair = STANDARD.decode(header.strip_prefix("Basic ")?).ok()?;
    let (id, secret) = std::str::from_utf8(&pair).ok()?.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

/// No token, with the error word of RFC 6749.
pub fn refused(error: &'static str, en: &'static str, zh: &'static str) -> Problem {
    Problem::new(Kind::TokenRefused).because(en, zh).with("error", error)
}

/// The client does not prove who it is; never told why.
pub fn invalid_client() -> Problem {
    Problem::new(Kind::InvalidClient).with("error", "invalid_client")
}
