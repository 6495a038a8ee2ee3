//! Secrets: random ones kept as a hash, and passwords kept by argon2.

use actix_web::web;
use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::platform::problem::Problem;

/// A random secret of 256 bits, shown once; the database keeps its hash.
pub struct Secret(String);

impl Secret {
    /// A new one from the system's source of randomness.
    #[must_use]
    pub fn random() -> Self {
        Self(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
    }

    /// The text to hand out.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps.
    #[must_use]
    pub fn hash(&self) -> String {
        Self::hash_of(&self.0)
    }

    /// The hash of a secret that somebody presents.
    #[must_use]
    pub fn hash_of(presented: &str) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(presented.as_bytes()))
    }
}

/// A person's password, hashed by argon2id.
pub struct Password;

impl Password {
    /// Hashes; takes tens of milliseconds, so call it where blocking is allowed.
    ///
    /// # Errors
    /// The system has no randomness.
    pub fn hash(plain: &str) -> Result<String, Problem> {
        Argon2::default()
            .hash_password(plain.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|error| Problem::internal(&error))
    }

    /// Hashes beside the requests, outside any transaction.
    ///
    /// # Errors
    /// The system has no randomness.
    pub async fn hash_aside(plain: String) -> Result<String, Problem> {
        web::block(move || Self::hash(&plain)).await.map_err(|error| Problem::internal(&error))?
    }

    /// Whether the password fits the stored hash, found out beside the requests.
    ///
    /// # Errors
    /// The service stops.
    pub async fn fits(plain: String, stored: Option<String>) -> Result<bool, Problem> {
        web::block(move || verify(&plain, stored.as_deref())).await.map_err(|error| Problem::internal(&error))
    }
}

/// Without a stored hash the same work is done in vain, so that the time tells nobody which names exist.
fn verify(plain: &str, stored: Option<&str>) -> bool {
    let hash = PasswordHash::new(stored.unwrap_or(NOBODY));
    let fits = hash.is_ok_and(|hash| Argon2::default().verify_password(plain.as_bytes(), &hash).is_ok());
    fits && stored.is_some()
}

const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$YXJnb24yIGhhc2ggb2Ygbm90aGluZyBhdCBhbGwuLi4";
