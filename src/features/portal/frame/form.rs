//! What a form sent: read only when its token shows that our own page made it.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header, web};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use validator::Validate;

use super::Reader;
use crate::platform::{
    body::{Body, SMALL, parse},
    idempotency::Once,
    problem::{Fault, Kind, Problem, text},
};

/// The fields of a form.
#[derive(Debug, Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    hash: [u8; 32],
}

impl Form {
    /// A field without the blanks around it; none when it is empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(field, _)| field == name);
        field.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The same, empty when it is not there: to show the field again as it was sent.
    #[must_use]
    pub fn shown(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }

    /// Every value of a field that may come several times.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        let fields = self.fields.iter().filter(|(field, value)| field == name && !value.trim().is_empty());
        fields.map(|(_, value)| value.trim()).collect()
    }

    /// A field as JSON: a number where it reads as one, else the text, whose shape is then refused by its name.
    #[must_use]
    pub fn number(&self, name: &str) -> Value {
        let Some(text) = self.text(name) else { return Value::Null };
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        let number = plain.then(|| serde_json::from_str(text).ok()).flatten();
        number.unwrap_or_else(|| text.into())
    }

    /// These fields as an object of JSON, those that are empty left out.
    #[must_use]
    pub fn object(&self, names: &[&str]) -> Map<String, Value> {
        let given = names.iter().filter_map(|name| Some(((*name).to_owned(), self.text(name)?.into())));
        given.collect()
    }

    /// What is told to an action, as the body of the same operation in the API would tell it.
    ///
    /// # Errors
    /// A value does not hold (422); the pointers are the names of the fields.
    pub fn body<T: DeserializeOwned + Validate>(&self, mut told: Map<String, Value>) -> Result<Body<T>, Problem> {
        told.retain(|_, value| !value.is_null());
        let bytes = serde_json::to_vec(&told).map_err(|error| Problem::internal(&error))?;
        let value = parse(&bytes).map_err(|problem| named(&problem))?;
        Ok(Body { value, hash: self.hash })
    }

    /// The key that every form carries, so that a form sent twice acts once.
    pub fn once(&self) -> Once {
        Once::by(self.text("once").map(str::to_owned))
    }
}

impl FromRequest for Form {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (reader, same_site) = (Reader::of(request), comes_from_us(request));
        let is_form = request.content_type() == "application/x-www-form-urlencoded";
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            if !is_form {
                return Err(Problem::new(Kind::UnsupportedMediaType)
                    .because("send application/x-www-form-urlencoded", "请以表单方式提交"));
            }
            let bytes = bytes.await.map_err(|_| Problem::new(Kind::TooLarge))?;
            if bytes.len() > SMALL {
                return Err(Problem::new(Kind::TooLarge));
            }
            let form = Self::read(&bytes)?;
            if !same_site || !form.text("token").is_some_and(|token| reader.gave(token)) {
                return Err(Problem::new(Kind::Forbidden)
                    .because("the form is out of date; open the page again", "表单已失效，请重新打开页面后再提交"));
            }
            Ok(form)
        })
    }
}

impl Form {
    fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let unreadable = || Problem::new(Kind::Unreadable);
        let text = std::str::from_utf8(bytes).map_err(|_| unreadable())?;
        let fields = web::Query::<Vec<(String, String)>>::from_query(text).map_err(|_| unreadable())?;
        Ok(Self { fields: fields.into_inner(), hash: Sha256::digest(bytes).into() })
    }
}

/// A field that was left empty is missing in the JSON, which points at the whole; a form points at the field.
fn named(problem: &Problem) -> Problem {
    let errors = problem.errors().iter().cloned().map(|fault| {
        let name = fault.detail.en.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        match name.map(|name| format!("{}/{name}", fault.pointer)) {
            Some(pointer) => {
                Fault { pointer, code: "missing".into(), detail: text("fill this in", "请填写此项") }
            }
            None => fault,
        }
    });
    problem.clone().with_errors(errors.collect())
}

/// A browser tells from which page a form comes; what it tells must be this service.
fn comes_from_us(request: &HttpRequest) -> bool {
    let told = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let host = told(header::HOST.as_str()).unwrap_or_default();
    let origin = told("Origin").filter(|origin| *origin != "null").and_then(|origin| origin.split("//").nth(1));
    let cross = told("Sec-Fetch-Site").is_some_and(|site| site == "cross-site");
    !cross && origin.is_none_or(|origin| origin == host)
}
