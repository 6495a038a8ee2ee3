//! An answer of the service, and what tests ask of it.

use reqwest::{
    blocking::Response,
    header::{CONTENT_TYPE, HeaderMap},
};
use serde_json::Value;

/// An answer, read to its end.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The JSON of the body, or null.
    pub body: Value,
    /// The body as text.
    pub text: String,
}

impl Reply {
    /// Reads an answer.
    pub fn read(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().unwrap();
        Self { status, headers, body: serde_json::from_str(&text).unwrap_or_default(), text }
    }

    /// The body of an answer that has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.body
    }

    /// The problem, of this status and kind.
    #[track_caller]
    pub fn problem(self, status: u16, kind: &str) -> Value {
        self.must_be_problem();
        let found = (self.status, self.body["type"].as_str());
        assert_eq!(found, (status, Some(format!("/problems/{kind}").as_str())), "{}", self.text);
        self.body
    }

    /// The answer is a problem (RFC 9457) that says no more than it should.
    #[track_caller]
    pub fn must_be_problem(&self) {
        assert_eq!(self.header(CONTENT_TYPE.as_str()), "application/problem+json", "{} {}", self.status, self.text);
        assert_eq!(self.body["status"], self.status, "{}", self.text);
        assert!(self.body["title"].is_string() && self.body["trace_id"].is_string(), "{}", self.text);
        for leak in ["diesel::", "panicked", "SELECT ", "INSERT ", "UNIQUE constraint", "src/"] {
            assert!(!self.text.contains(leak), "{leak} in {}", self.text);
        }
    }

    /// A header, empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
