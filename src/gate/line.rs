//! The line to the city's service: a token, and files that may be packed but never larger than a gate can hold.

use std::{io::Read, time::Duration};

use flate2::read::GzDecoder;
use reqwest::{Client, Response, StatusCode, header};
use serde::Deserialize;
use serde_json::Value;

use super::Fault;
use crate::platform::auth::Pin;

/// Bytes of one answer at most, packed or not.
const LARGEST: usize = 256 << 20;
const TIMEOUT: Duration = Duration::from_mins(1);

/// The line.
#[derive(Debug, Clone)]
pub struct Line {
    http: Client,
    url: String,
    client_id: String,
    client_secret: String,
    /// The key to trust when none is trusted yet.
    pub pin: Option<Pin>,
}

/// The keys that the service publishes.
#[derive(Debug, Clone, Deserialize)]
pub struct Keys {
    /// The keys as JWK.
    keys: Vec<Key>,
    /// The documents by which each introduces the next.
    pub successions: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Key {
    kid: String,
    x: String,
}

impl Keys {
    /// The key that signs now.
    #[must_use]
    pub fn newest(&self) -> Option<Pin> {
        self.keys.last().map(|key| Pin { kid: key.kid.clone(), x: key.x.clone() })
    }
}

impl Line {
    /// A line to a service.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new(url: &str, client_id: &str, client_secret: &str, pin: Option<Pin>) -> Result<Self, Fault> {
        Ok(Self {
            http: Client::builder().timeout(TIMEOUT).build()?,
            url: url.trim_end_matches('/').to_owned(),
            client_id: client_id.to_owned(),
            client_secret: client_secret.to_owned(),
            pin,
        })
    }

    /// A token of the gate's client.
    ///
    /// # Errors
    /// The service cannot be reached or gives none.
    pub async fn token(&self) -> Result<String, Fault> {
        let request = self.http.post(format!("{}/oauth/token", self.url));
        let request = request.basic_auth(&self.client_id, Some(&self.client_secret));
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = request.body("grant_type=client_credentials").send().await?;
        let told: Value = good(answer)?.json().await?;
        let token = told.get("access_token").and_then(Value::as_str);
        token.map(str::to_owned).ok_or_else(|| Fault::Line("no token in the answer".to_owned()))
    }

    /// The keys that the service publishes.
    ///
    /// # Errors
    /// The service cannot be reached or answers otherwise.
    pub async fn keys(&self) -> Result<Keys, Fault> {
        let answer = self.http.get(format!("{}/.well-known/imfleet-snapshot-keys", self.url)).send().await?;
        Ok(good(answer)?.json().await?)
    }

    /// A file of the service; none when it says that another way must be taken (410, 422).
    ///
    /// # Errors
    /// The service cannot be reached, answers otherwise, or sends too much.
    pub async fn file(&self, token: &str, path: &str) -> Result<Option<Vec<u8>>, Fault> {
        let request = self.http.get(format!("{}{path}", self.url)).bearer_auth(token);
        let answer = request.header(header::ACCEPT_ENCODING, "gzip").send().await?;
        if matches!(answer.status(), StatusCode::GONE | StatusCode::UNPROCESSABLE_ENTITY) {
            return Ok(None);
        }
        let mut answer = good(answer)?;
        let packed = answer.headers().get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding == "gzip");
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if bytes.len() + chunk.len() > LARGEST {
                return Err(Fault::Line("the file is too large".to_owned()));
            }
            bytes.extend_from_slice(&chunk);
        }
        if packed { unpack(&bytes).map(Some) } else { Ok(Some(bytes)) }
    }

    /// Posts JSON; gives the status, and the JSON of the answer or null.
    ///
    /// # Errors
    /// The service cannot be reached.
    pub async fn post(&self, token: &str, path: &str, body: &Value) -> Result<(StatusCode, Value), Fault> {
        let answer = self.http.post(format!("{}{path}", self.url)).bearer_auth(token).json(body).send().await?;
        let status = answer.status();
        Ok((status, answer.json().await.unwrap_or_default()))
    }
}

fn good(answer: Response) -> Result<Response, Fault> {
    let status = answer.status();
    if status.is_success() { Ok(answer) } else { Err(Fault::Line(format!("the service answers {status}"))) }
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>, Fault> {
    let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    GzDecoder::new(packed).take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() > LARGEST { Err(Fault::Line("the file is too large".to_owned())) } else { Ok(bytes) }
}
