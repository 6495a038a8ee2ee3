//! Reading a JSON body: its type, size, encoding, shape and rules, each with its own problem.

use std::{future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::{Decompress, Payload},
    http::header,
};
use futures_util::StreamExt;
use serde::de::{DeserializeOwned, IgnoredAny};
use sha2::{Digest, Sha256};
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use super::problem::{Fault, Kind, Problem, text};

/// Bodies of ordinary operations.
pub const SMALL: usize = 64 << 10;
/// A batch of checks.
pub const CHECKS: usize = 256 << 10;
/// One test with its trace.
pub const ONE_TEST: usize = 1 << 20;
/// A batch of tests.
pub const BATCH: usize = 32 << 20;

/// A body that was read and holds; `LIMIT` counts bytes after unpacking.
pub struct Body<T, const LIMIT: usize = SMALL> {
    /// What it says.
    pub value: T,
    /// SHA-256 of the bytes as sent (unpacked), which tells a repetition from another request.
    pub hash: [u8; 32],
}

impl<T: DeserializeOwned + Validate + 'static, const LIMIT: usize> FromRequest for Body<T, LIMIT> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = request.mime_type().ok().flatten().is_some_and(|mime| mime.essence_str() == "application/json");
        let is_utf8 = request.encoding().is_ok_and(|encoding| encoding == encoding_rs::UTF_8);
        let packing = request.headers().get(header::CONTENT_ENCODING).cloned();
        let packed_well = packing.is_none_or(|packing| ["gzip", "identity"].iter().any(|known| packing == *known));
        let stream = Decompress::from_headers(payload.take(), request.headers());
        Box::pin(async move {
            if !is_json || !is_utf8 || !packed_well {
                return Err(Problem::new(Kind::UnsupportedMediaType));
            }
            let bytes = read(stream, LIMIT).await?;
            let value = parse::<T>(&bytes)?;
            Ok(Self { value, hash: Sha256::digest(&bytes).into() })
        })
    }
}

/// Receives a body up to a limit.
pub(super) async fn read(mut stream: Decompress<Payload>, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| unreadable("the body could not be received", "请求体接收失败"))?;
        if bytes.len() + chunk.len() > limit {
            return Err(Problem::new(Kind::TooLarge).with("limit_bytes", limit));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Reads JSON and checks its rules.
///
/// # Errors
/// 400 when the text is no JSON; 422 with pointers when its shape or values do not hold.
pub fn parse<T: DeserializeOwned + Validate>(bytes: &[u8]) -> Result<T, Problem> {
    let source = std::str::from_utf8(bytes)
        .map_err(|_| unreadable("the body is not UTF-8", "请求体不是 UTF-8 编码（请勿使用 GB18030 提交 JSON）"))?;
    let mut reader = serde_json::Deserializer::from_str(source);
    let value: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| misfit(source, &error))?;
    reader.end().map_err(|_| unreadable("there is text after the JSON value", "JSON 之后有多余内容"))?;
    value.validate().map_err(|errors| Problem::new(Kind::Invalid).with_errors(faults(&errors)))?;
    Ok(value)
}

fn unreadable(en: &'static str, zh: &'static str) -> Problem {
    Problem::new(Kind::Unreadable).because(en, zh)
}

fn misfit(source: &str, error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let inner = error.inner();
    let reason = inner.to_string();
    // serde_json calls a number in place of a word bad syntax; the text may be sound JSON all the same.
    if inner.is_data() || serde_json::from_str::<IgnoredAny>(source).is_ok() {
        let detail = text(reason.clone(), format!("数据格式不符：{reason}"));
        let fault = Fault { pointer: pointer(error.path()), code: "shape".into(), detail };
        return Problem::new(Kind::Invalid).with_errors(vec![fault]);
    }
    Problem::new(Kind::Unreadable).because(format!("not JSON: {reason}"), format!("不是合法的 JSON：{reason}"))
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |mut pointer, segment| {
        pointer.push('/');
        match segment {
            Segment::Seq { index } => pointer.push_str(&index.to_string()),
            Segment::Map { key } => pointer.push_str(key),
            Segment::Enum { variant } => pointer.push_str(variant),
            Segment::Unknown => pointer.push('?'),
        }
        pointer
    })
}

/// The failed rules of a value, by JSON pointer; field names are those of the JSON.
#[must_use]
pub fn faults(errors: &ValidationErrors) -> Vec<Fault> {
    let mut found = Vec::new();
    collect(errors, "", &mut found);
    found.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    found
}

fn collect(errors: &ValidationErrors, at: &str, found: &mut Vec<Fault>) {
    for (field, kind) in errors.errors() {
        let here = if field == "__all__" { at.to_owned() } else { format!("{at}/{field}") };
        match kind {
            ValidationErrorsKind::Struct(inner) => collect(inner, &here, found),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    collect(inner, &format!("{here}/{index}"), found);
                }
            }
            ValidationErrorsKind::Field(failed) => found.extend(failed.iter().map(|error| Fault {
                pointer: here.clone(),
                code: error.code.clone(),
                detail: rule_text(error),
            })),
        }
    }
}

fn rule_text(error: &validator::ValidationError) -> super::problem::Text {
    if let Some(message) = &error.message {
        let (en, zh) = message.split_once(" | ").unwrap_or((message, message));
        return text(en.to_owned(), zh.to_owned());
    }
    let bound = |name: &str| error.params.get(name).map(|value| format!(" {name}={value}")).unwrap_or_default();
    let bounds = format!("{}{}{}", bound("min"), bound("max"), bound("equal"));
    text(format!("must satisfy `{}`{bounds}", error.code), format!("须满足 {}{bounds}", error.code))
}
