//! Documents and messages that others verify: heads of copies (JWS) and messages to webhooks (Standard Webhooks).

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ed25519_dalek::Signer;
use jsonwebtoken::{
    Algorithm, DecodingKey, Header, Validation, decode, decode_header, encode,
    jwk::{AlgorithmParameters, JwkSet},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    keys::{KeyRing, Purpose},
    succession::Succession,
};
use crate::platform::problem::Problem;

/// A key that somebody trusts: its id, and the member `x` of its JWK.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// The key's id.
    pub kid: String,
    /// The key.
    pub x: String,
}

/// Why a document is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Signed by another key than the one that is trusted, with no chain to it.
    #[error("signed by a key that the trusted one does not introduce")]
    StrangeKey,
    /// The signature is not of that key, or the document was made for another purpose.
    #[error("the signature does not hold")]
    Wrong,
}

impl KeyRing {
    /// Signs a document of a purpose.
    ///
    /// # Errors
    /// There is no key for it.
    pub fn sign_document(&self, purpose: Purpose, says: &impl Serialize) -> Result<String, Problem> {
        let key = self.signing(purpose).ok_or_else(|| Problem::internal(&"no signing key"))?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(purpose.typ().to_owned());
        header.kid = Some(key.id.clone());
        encode(&header, says, &key.encoding).map_err(|error| Problem::internal(&error))
    }

    /// The public keys of a purpose as somebody may trust them, the oldest first.
    #[must_use]
    pub fn pins(&self, purpose: Purpose) -> Vec<Pin> {
        self.ring(purpose).iter().map(|key| Pin { kid: key.id.clone(), x: key.x() }).collect()
    }

    /// The documents by which the keys of a purpose introduce their successors, the oldest first.
    #[must_use]
    pub fn successions(&self, purpose: Purpose) -> &[String] {
        self.successions.get(&purpose).map(Vec::as_slice).unwrap_or_default()
    }

    /// The `webhook-signature` of a message: one `v1a` signature by every key, so that receivers can change over.
    #[must_use]
    pub fn webhook_signature(&self, id: &str, timestamp: i64, body: &str) -> String {
        let signed = format!("{id}.{timestamp}.{body}");
        let by = |key: &super::keys::Key| {
            format!("v1a,{}", STANDARD.encode(key.secret.sign(signed.as_bytes()).to_bytes()))
        };
        self.ring(Purpose::Webhook).iter().rev().map(by).collect::<Vec<_>>().join(" ")
    }

    /// The public keys of messages to webhooks as Standard Webhooks writes them, the newest first.
    #[must_use]
    pub fn webhook_keys(&self) -> Vec<String> {
        let public = |key: &super::keys::Key| format!("whpk_{}", STANDARD.encode(key.public.as_bytes()));
        self.ring(Purpose::Webhook).iter().rev().map(public).collect()
    }
}

/// What a document of a purpose says, when one of these public keys has signed it; needs neither line nor database.
///
/// # Errors
/// Another key signed it, or the signature does not hold.
pub fn open_by<T: DeserializeOwned>(keys: &JwkSet, purpose: Purpose, document: &str) -> Result<T, SignatureError> {
    let kid = decode_header(document).ok().and_then(|header| header.kid).ok_or(SignatureError::Wrong)?;
    let key = keys.find(&kid).ok_or(SignatureError::StrangeKey)?;
    let AlgorithmParameters::OctetKeyPair(pair) = &key.algorithm else { return Err(SignatureError::Wrong) };
    Pin { kid, x: pair.x.clone() }.verify(purpose.typ(), document)
}

impl Pin {
    /// What a document of a purpose says, when this key or one that it introduces has signed it, and the key.
    ///
    /// # Errors
    /// Another key signed it, or the signature does not hold.
    pub fn open<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        document: &str,
        successions: &[String],
    ) -> Result<(T, Self), SignatureError> {
        let signer = decode_header(document).ok().and_then(|header| header.kid).ok_or(SignatureError::Wrong)?;
        let mut trusted = self.clone();
        // Each document leads one key further, so there are no more steps than documents.
        for _ in 0..successions.len() {
            if trusted.kid == signer {
                break;
            }
            let next =
                successions.iter().find_map(|document| trusted.verify::<Succession>(Succession::TYP, document).ok());
            let Some(next) = next else { break };
            trusted = Self { kid: next.successor, x: next.x };
        }
        if trusted.kid != signer {
            return Err(SignatureError::StrangeKey);
        }
        let says = trusted.verify(purpose.typ(), document)?;
        Ok((says, trusted))
    }

    fn verify<T: DeserializeOwned>(&self, typ: &str, document: &str) -> Result<T, SignatureError> {
        let header = decode_header(document).map_err(|_| SignatureError::Wrong)?;
        if header.typ.as_deref() != Some(typ) || header.kid.as_deref() != Some(self.kid.as_str()) {
            return Err(SignatureError::Wrong);
        }
        let bytes = URL_SAFE_NO_PAD.decode(&self.x).map_err(|_| SignatureError::Wrong)?;
        if bytes.len() != 32 {
            return Err(SignatureError::Wrong);
        }
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.required_spec_claims.clear();
        rules.validate_exp = false;
        rules.validate_aud = false;
        decode(document, &DecodingKey::from_ed_der(&bytes), &rules)
            .map(|token| token.claims)
            .map_err(|_| SignatureError::Wrong)
    }
}
