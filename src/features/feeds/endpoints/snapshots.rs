//! HTTP of the copies that gates keep.

use std::{io, sync::Arc};

use crate::{
    features::feeds::{
        actions,
        wire::{DeltaQuery, SnapshotKeysOut, not_negative},
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed, Purpose,
            right::{ReadDelta, ReadSnapshot},
        },
        held::{Issued, pack},
        problem::Problem,
        state::State,
    },
};
use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder, get,
    http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, HeaderValue, IF_NONE_MATCH, VARY},
    web,
};

const SNAPSHOT: &str = "application/vnd.imfleet.snapshot";
const DELTA: &str = "application/vnd.imfleet.delta";

/// The whole list as a signed file, for gates that answer offline.
///
/// The first line is the head, a JWS (`EdDSA`, `typ` `imfleet-snapshot+jwt`); the rest are the bytes whose SHA-256 the
/// head names as `root`. `docs/gates.md` describes both. Each download stands in the journal.
#[utoipa::path(
    tag = "feeds",
    responses(
        (status = 200, description = "Head and list", body = String, content_type = "application/vnd.imfleet.snapshot"),
        (status = 304, description = "Nothing newer than the `ETag` in `If-None-Match`"),
    )
)]
#[get("/v1/listings/snapshot")]
pub async fn read_at_once(
    caller: Allowed<ReadSnapshot>,
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, Problem> {
    let issued = actions::issue(&state).await?;
    if is_known(&request, &issued) {
        return Ok(not_modified(&issued));
    }
    actions::note_download(&state, &caller, issued.head.sequence, None).await?;
    let shared = Arc::clone(&issued);
    let pack = move || shared.packed().map(<[u8]>::to_vec);
    written(&request, answer(SNAPSHOT, &issued), pack, || issued.with(&issued.bytes)).await
}

/// What changed of the list since an older copy, as a signed file.
///
/// The first line is the head of the newer copy, the rest the changed records. 410 when too much has changed.
#[utoipa::path(
    tag = "feeds", params(DeltaQuery),
    responses(
        (status = 200, description = "Head and changes", body = String, content_type = "application/vnd.imfleet.delta"),
        (status = 304, description = "Nothing newer than the `ETag` in `If-None-Match`"),
        (status = 410, description = "Read the whole snapshot", body = crate::platform::openapi::ProblemOut, content_type = "application/problem+json"),
    )
)]
#[get("/v1/listings/deltas")]
pub async fn read_delta(
    caller: Allowed<ReadDelta>,
    request: HttpRequest,
    query: web::Query<DeltaQuery>,
    state: web::Data<State>,
) -> Result<HttpResponse, Problem> {
    let from = not_negative("/from", query.from)?;
    let issued = actions::issue(&state).await?;
    if is_known(&request, &issued) {
        return Ok(not_modified(&issued));
    }
    let delta = actions::delta_to(&state, &issued, from).await?;
    actions::note_download(&state, &caller, issued.head.sequence, Some(from)).await?;
    let file = issued.with(&delta);
    let copy = file.clone();
    written(&request, answer(DELTA, &issued), move || pack(&copy), || file).await
}

/// The keys of the heads, and the documents by which each key introduces the next.
#[utoipa::path(tag = "feeds", responses((status = 200, description = "Keys and successions", body = SnapshotKeysOut)))]
#[get("/.well-known/imfleet-snapshot-keys")]
pub async fn read_at_once_keys(state: web::Data<State>) -> Result<Answer, Problem> {
    let keys = serde_json::to_value(state.keys.public_keys(Purpose::Snapshot).keys);
    let keys = keys.map_err(|error| Problem::internal(&error))?;
    Answer::ok(&SnapshotKeysOut { keys, successions: state.keys.successions(Purpose::Snapshot).to_vec() })
}

fn tag(issued: &Issued) -> String {
    format!("\"{}\"", issued.tag())
}

fn is_known(request: &HttpRequest, issued: &Issued) -> bool {
    request.headers().get(IF_NONE_MATCH).is_some_and(|known| known == tag(issued).as_str())
}

fn not_modified(issued: &Issued) -> HttpResponse {
    HttpResponse::NotModified().insert_header((ETAG, tag(issued))).finish()
}

/// The answer to be: the kind of the file and its tag.
fn answer(kind: &'static str, issued: &Issued) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response.content_type(kind).insert_header((ETAG, tag(issued)));
    response.insert_header((CACHE_CONTROL, "private, no-cache")).insert_header((VARY, "accept-encoding"));
    response
}

/// The bytes, packed by `pack` when the reader takes gzip and plain otherwise.
async fn written(
    request: &HttpRequest,
    mut response: HttpResponseBuilder,
    pack: impl FnOnce() -> io::Result<Vec<u8>> + Send + 'static,
    plain: impl FnOnce() -> Vec<u8>,
) -> Result<HttpResponse, Problem> {
    let takes = |value: &HeaderValue| value.to_str().is_ok_and(|value| value.contains("gzip"));
    if !request.headers().get(ACCEPT_ENCODING).is_some_and(takes) {
        return Ok(response.insert_header((CONTENT_ENCODING, "identity")).body(plain()));
    }
    let packed = web::block(pack).await.map_err(|error| Problem::internal(&error))?;
    let packed = packed.map_err(|error| Problem::internal(&error))?;
    Ok(response.insert_header((CONTENT_ENCODING, "gzip")).body(packed))
}
