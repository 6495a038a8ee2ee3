//! Short-lived `EdDSA` tokens (RFC 9068, RFC 8725): one algorithm, one `typ` and one key ring for each purpose.

use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys::{KeyRing, Purpose};
use crate::{
    domain::{
        role::{Position, Role},
        time::Instant,
    },
    platform::problem::Problem,
};

/// Who made the token and whom it is for.
pub const ISSUER: &str = "imfleet";

/// What a token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// Issuer.
    pub iss: String,
    /// Audience: the purpose's `typ`.
    pub aud: String,
    /// The person or client.
    pub sub: Uuid,
    /// Their organisation.
    pub org: Uuid,
    /// Its role.
    pub role: Role,
    /// Their position.
    pub position: Position,
    /// Lines to which a client is bound.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Uuid>,
    /// Networks from which a client may call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<ipnet::IpNet>,
    /// Whether a client sees the sandbox alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sandbox: bool,
    /// Issued at, seconds since 1970.
    pub iat: i64,
    /// Expires at, seconds since 1970.
    pub exp: i64,
}

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not signed by us for this purpose.
    #[error("not a token of ours for this purpose")]
    NotOurs,
    /// Too old.
    #[error("the token has expired")]
    Expired,
}

/// How far clocks may differ.
pub(super) const LEEWAY_S: i64 = 5;

impl KeyRing {
    /// Signs claims for a purpose.
    ///
    /// # Errors
    /// There is no key for it.
    pub fn sign(&self, purpose: Purpose, claims: &Claims) -> Result<String, Problem> {
        let key = self.signing(purpose).ok_or_else(|| Problem::internal(&"no signing key"))?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(purpose.typ().to_owned());
        header.kid = Some(key.id.clone());
        encode(&header, claims, &key.encoding).map_err(|error| Problem::internal(&error))
    }

    /// Verifies a token of a purpose.
    ///
    /// # Errors
    /// It is not ours for this purpose, or has expired.
    pub fn verify(&self, purpose: Purpose, token: &str, now: Instant) -> Result<Claims, TokenError> {
        let header = decode_header(token).map_err(|_| TokenError::NotOurs)?;
        if header.typ.as_deref() != Some(purpose.typ()) {
            return Err(TokenError::NotOurs);
        }
        let key = header.kid.and_then(|id| self.verifying(purpose, &id)).ok_or(TokenError::NotOurs)?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_issuer(&[ISSUER]);
        rules.set_audience(&[purpose.typ()]);
        // The expiry is checked below, by the service's own clock.
        rules.validate_exp = false;
        let claims = decode::<Claims>(token, &key.decoding, &rules).map_err(|_| TokenError::NotOurs)?.claims;
        if claims.is_expired(now) { Err(TokenError::Expired) } else { Ok(claims) }
    }
}

impl Claims {
    /// Whether the token is too old.
    #[must_use]
    pub fn is_expired(&self, now: Instant) -> bool {
        self.exp + LEEWAY_S < now.micros() / 1_000_000
    }
}
