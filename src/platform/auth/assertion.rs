//! What a machine signs to prove who it is: `private_key_jwt` (RFC 7523) with Ed25519.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::VerifyingKey;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, dangerous::insecure_decode, decode, decode_header};
use serde::Deserialize;
use uuid::Uuid;

use super::token::{ISSUER, LEEWAY_S};
use crate::domain::time::Instant;

/// Where tokens are issued; it, or the issuer's name, is the audience of an assertion.
pub const TOKEN_PATH: &str = "/oauth/token";
/// The longest that an assertion may live.
const LONGEST_S: i64 = 300;

/// A client's public key: the member `x` of its JWK (RFC 8037), 32 bytes in base64url.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(String);

/// A text that is no Ed25519 public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the x of an Ed25519 public key: 32 bytes in base64url")]
pub struct PublicKeyError;

/// An assertion that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// Its name, which the client may use once.
    pub jti: String,
    /// When it expires, and with it the memory of its name.
    pub expires_at: Instant,
}

#[derive(Deserialize)]
struct AssertionClaims {
    iss: Uuid,
    sub: Uuid,
    exp: i64,
    jti: String,
}

impl PublicKey {
    /// Reads the member `x` of a JWK.
    ///
    /// # Errors
    /// It is no point of the curve in base64url.
    pub fn read(x: &str) -> Result<Self, PublicKeyError> {
        let bytes = URL_SAFE_NO_PAD.decode(x).map_err(|_| PublicKeyError)?;
        let bytes = <[u8; 32]>::try_from(bytes).map_err(|_| PublicKeyError)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| PublicKeyError)?;
        if key.is_weak() { Err(PublicKeyError) } else { Ok(Self(x.to_owned())) }
    }

    /// The member `x`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What an assertion says, when this key signed it for us and it has not expired.
    #[must_use]
    pub fn verify(&self, assertion: &str, now: Instant) -> Option<Assertion> {
        // `typ` may be anything but that of our own tokens, which no client's key can sign.
        decode_header(assertion).ok().filter(|header| header.alg == Algorithm::EdDSA)?;
        let key = DecodingKey::from_ed_components(&self.0).ok()?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_audience(&[ISSUER, TOKEN_PATH]);
        rules.set_required_spec_claims(&["iss", "sub", "aud", "exp"]);
        // The expiry is checked below, by the service's own clock.
        rules.validate_exp = false;
        let claims = decode::<AssertionClaims>(assertion, &key, &rules).ok()?.claims;
        let left = claims.exp.checked_sub(now.micros() / 1_000_000)?;
        let holds = claims.iss == claims.sub
            && (-LEEWAY_S..=LONGEST_S + LEEWAY_S).contains(&left)
            && (1..=128).contains(&claims.jti.len());
        holds.then(|| Assertion {
            jti: claims.jti,
            expires_at: Instant::from_micros((claims.exp + LEEWAY_S + 1).saturating_mul(1_000_000)),
        })
    }
}

impl Assertion {
    /// The client of whom an assertion speaks, not verified: it tells whose keys to try.
    #[must_use]
    pub fn client_of(assertion: &str) -> Option<Uuid> {
        insecure_decode::<AssertionClaims>(assertion).ok().map(|token| token.claims.sub)
    }
}
