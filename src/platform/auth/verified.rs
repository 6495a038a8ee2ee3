//! Tokens whose signature has been verified, so that a signature is verified once and not at every request.
//!
//! Only the signature is remembered. The expiry, revocation and the client's networks are looked at on every request;
//! a key that is taken away takes its tokens along, since the service starts anew with an empty memory.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use sha2::{Digest, Sha256};

use super::{Claims, KeyRing, Purpose, TokenError};
use crate::domain::time::Instant;

/// So many tokens are remembered at most, some 300 bytes each.
const MOST: usize = 16_384;

/// The claims of verified access tokens, by the hash of the token.
#[derive(Debug, Default)]
pub struct Verified(RwLock<HashMap<[u8; 32], Arc<Claims>>>);

impl Verified {
    /// The claims of an access token.
    ///
    /// # Errors
    /// It is not ours, or has expired.
    pub fn claims(&self, keys: &KeyRing, token: &str, now: Instant) -> Result<Arc<Claims>, TokenError> {
        let hash: [u8; 32] = Sha256::digest(token).into();
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&hash).cloned();
        if let Some(claims) = known {
            return if claims.is_expired(now) { Err(TokenError::Expired) } else { Ok(claims) };
        }
        let claims = Arc::new(keys.verify(Purpose::Access, token, now)?);
        self.remember(hash, Arc::clone(&claims), now);
        Ok(claims)
    }

    /// How many are remembered.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether none is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn remember(&self, hash: [u8; 32], claims: Arc<Claims>, now: Instant) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.retain(|_, claims| !claims.is_expired(now));
        }
        if known.len() >= MOST {
            // So many live tokens are no usual day: each is verified once more.
            known.clear();
        }
        known.insert(hash, claims);
    }
}
