//! Machine clients and their credentials in JSON.

use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use super::fault;
use crate::{
    domain::{
        id::Id,
        party::{Client, Credential, Organisation},
        role::Standing,
        time::Instant,
        words::words,
    },
    platform::auth::PublicKey,
};

/// A machine client to be registered.
#[derive(Debug, Deserialize, Serialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientIn {
    /// What it is.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "1 号线工位机")]
    pub name: String,
    /// The codes of the test lines to which it is bound; all of its station's when empty.
    #[serde(default)]
    #[validate(length(max = 100))]
    #[schema(max_items = 100, example = json!(["01"]))]
    pub lines: Vec<String>,
    /// The networks from which it may call; everywhere when empty.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(value_type = Vec<String>, max_items = 50, example = json!(["10.61.5.0/24"]))]
    pub networks: Vec<IpNet>,
    /// Whether it sees the sandbox alone: magic plates that provoke every answer, and no other operation.
    #[serde(default)]
    pub sandbox: bool,
}

/// A machine client; its secrets are never shown again.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClientOut {
    /// Its id: the `client_id` of the token request.
    #[schema(value_type = uuid::Uuid)]
    pub id: Id<Client>,
    /// Its organisation.
    #[schema(value_type = uuid::Uuid)]
    pub organisation_id: Id<Organisation>,
    /// What it is.
    pub name: String,
    /// The codes of the test lines to which it is bound.
    pub lines: Vec<String>,
    /// The networks from which it may call.
    #[schema(value_type = Vec<String>)]
    pub networks: Vec<IpNet>,
    /// Whether it sees the sandbox alone.
    pub sandbox: bool,
    /// Whether it may act.
    pub standing: Standing,
    /// Since when it is registered.
    pub registered_at: Instant,
    /// When it last got a token; absent when it never did.
    pub last_seen_at: Option<Instant>,
    /// Its credentials, the oldest first.
    pub credentials: Vec<CredentialOut>,
}

words! {
    /// How a client proves who it is.
    pub enum CredentialKind {
        /// By a secret that both know.
        Secret = "secret" / "共享密钥",
        /// By the signature of its private key.
        PublicKey = "public_key" / "公钥",
    }
}

/// A client's credential, without what it proves with.
#[derive(Debug, Serialize, ToSchema)]
pub struct CredentialOut {
    /// Its id.
    #[schema(value_type = uuid::Uuid)]
    pub id: Id<Credential>,
    /// How it proves.
    pub kind: CredentialKind,
    /// Whether it holds.
    pub standing: Standing,
    /// Since when.
    pub issued_at: Instant,
}

/// A credential to be made: a new secret, or the public key of a pair that the client keeps.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CredentialIn {
    /// The public key; the service makes a secret when it is absent.
    #[validate(nested)]
    pub public_key: Option<PublicJwkIn>,
}

/// An Ed25519 public key as JWK (RFC 8037). A private member is refused: never send it.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a JWK may carry members that the service does not need")]
pub struct PublicJwkIn {
    /// Always `OKP`.
    #[validate(custom(function = "okp"))]
    #[schema(example = "OKP")]
    pub kty: String,
    /// Always `Ed25519`.
    #[validate(custom(function = "ed25519"))]
    #[schema(example = "Ed25519")]
    pub crv: String,
    /// The public key: 32 bytes in base64url.
    #[validate(custom(function = "public_key"))]
    #[schema(example = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")]
    pub x: String,
    /// The client's own name for it; not used.
    pub kid: Option<String>,
    /// Not used.
    pub alg: Option<String>,
    /// Not used.
    #[serde(rename = "use")]
    pub key_use: Option<String>,
}

/// A credential just made. A secret is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuedOut {
    /// The client: `client_id` of the token request.
    #[schema(value_type = uuid::Uuid)]
    pub client_id: Id<Client>,
    /// The credential.
    #[schema(value_type = uuid::Uuid)]
    pub credential_id: Id<Credential>,
    /// The secret: `client_secret` of the token request; absent for a public key.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "q5mXqYf3h0a3wI9cN2n1JmB1v2rI0y8s2c9kZC7nJ0E")]
    pub client_secret: Option<String>,
}

fn okp(kty: &str) -> Result<(), ValidationError> {
    if kty == "OKP" { Ok(()) } else { Err(fault("kty", "must be OKP | 须为 OKP")) }
}

fn ed25519(crv: &str) -> Result<(), ValidationError> {
    if crv == "Ed25519" { Ok(()) } else { Err(fault("crv", "must be Ed25519 | 须为 Ed25519")) }
}

fn public_key(x: &str) -> Result<(), ValidationError> {
    let key = PublicKey::read(x).map(drop);
    key.map_err(|_| fault("x", "32 bytes of an Ed25519 public key in base64url | 须为 base64url 编码的 Ed25519 公钥"))
}
