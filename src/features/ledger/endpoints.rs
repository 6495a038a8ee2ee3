//! HTTP of the journal's log.

use actix_web::{HttpResponse, get, http::header::CACHE_CONTROL, web};
use futures_util::{TryStreamExt, stream};

use super::{
    actions::{self, Export},
    store::{self, CheckpointRow},
    wire::{
        CheckpointOut, ConsistencyOut, ConsistencyQuery, EntriesQuery, EntryOut, EntryProofOut, ExportQuery,
        JournalKeysOut,
    },
};
use crate::{
    domain::id::Id,
    platform::{
        answer::Answer,
        auth::{
            Allowed, Purpose,
            right::{ExportJournal, ListCheckpoints, ListEntries, ProveConsistency, ProveEntry, ReadCheckpoint},
        },
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
    },
};

/// The signed state of the journal's log, never ten seconds old. Keep it: it proves later what stood now.
#[utoipa::path(
    tag = "journal",
    responses((status = 200, description = "The last checkpoint", body = CheckpointOut))
)]
#[get("/v1/journal/checkpoints/latest")]
pub async fn read_checkpoint(_caller: Allowed<ReadCheckpoint>, state: web::Data<State>) -> Result<Answer, Problem> {
    let last = state.db.read(|conn| Ok(store::last_checkpoint(conn)?)).await?;
    Answer::ok(&CheckpointOut::from(last.ok_or_else(Problem::not_found)?))
}

/// Checkpoints; of days long past the last one of each.
#[utoipa::path(
    tag = "journal", params(PageQuery),
    responses((status = 200, description = "A page, the newest first", body = Page<CheckpointOut>))
)]
#[get("/v1/journal/checkpoints")]
pub async fn list_checkpoints(
    _caller: Allowed<ListCheckpoints>,
    page: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (size, before) = (page.size()?, page.after::<u64>()?);
    let rows = state.db.read(move |conn| Ok(store::checkpoints_before(conn, before, size + 1)?)).await?;
    Answer::ok(&Page::cut(rows, size, CheckpointRow::size, CheckpointOut::from)?)
}

/// Proves that one state of the log continues another: nothing of the older was changed, removed or moved.
#[utoipa::path(
    tag = "journal", params(ConsistencyQuery),
    responses((status = 200, description = "The proof", body = ConsistencyOut))
)]
#[get("/v1/journal/checkpoints/consistency")]
pub async fn prove_consistency(
    _caller: Allowed<ProveConsistency>,
    query: web::Query<ConsistencyQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (from, to) = query.read()?;
    Answer::ok(&state.db.read_at_once(move |conn| actions::consistency(conn, from, to)).await?)
}

/// A subject's journal rows, each with how it stands in the log.
#[utoipa::path(
    tag = "journal", params(EntriesQuery),
    responses((status = 200, description = "A page, the oldest first", body = Page<EntryOut>))
)]
#[get("/v1/journal/entries")]
pub async fn list_entries(
    _caller: Allowed<ListEntries>,
    query: web::Query<EntriesQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (page, subject) = (query.page(), query.subject_id);
    let (size, after) = (page.size()?, page.after::<Id<()>>()?);
    let rows = state.db.read_at_once(move |conn| actions::entries_of(conn, subject, after, size + 1)).await?;
    Answer::ok(&Page::cut(rows, size, |row: &EntryOut| row.entry_id, |row| row)?)
}

/// How a journal row stands in the log, and what proves it.
#[utoipa::path(
    tag = "journal", params(("entry_id" = uuid::Uuid, Path, description = "The row")),
    responses((status = 200, description = "The row and its proof", body = EntryProofOut))
)]
#[get("/v1/journal/entries/{entry_id}/proof")]
pub async fn prove_entry(
    _caller: Allowed<ProveEntry>,
    path: web::Path<Id<()>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    Answer::ok(&state.db.read_at_once(move |conn| actions::entry(conn, *path)).await?)
}

/// A part of the log with all that `imfleet audit verify` needs to check it without the service.
#[utoipa::path(
    tag = "journal", params(ExportQuery),
    responses((status = 200, description = "Lines of JSON: entries, checkpoints, proofs", body = String, content_type = "application/x-ndjson"))
)]
#[get("/v1/journal/export")]
pub async fn export_journal(
    _caller: Allowed<ExportJournal>,
    query: web::Query<ExportQuery>,
    state: web::Data<State>,
) -> Result<HttpResponse, Problem> {
    let (from, to) = query.read()?;
    let export = actions::begin_export(state.into_inner(), from, to).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/x-ndjson")
        .insert_header((CACHE_CONTROL, "no-store"))
        .streaming(stream::unfold(export, Export::next).map_ok(web::Bytes::from)))
}

/// The public keys of the checkpoints, and the documents by which each key introduces the next.
#[utoipa::path(tag = "journal", responses((status = 200, description = "Keys and successions", body = JournalKeysOut)))]
#[get("/.well-known/imfleet-journal-keys")]
pub async fn read_journal_keys(state: web::Data<State>) -> Result<Answer, Problem> {
    let keys = serde_json::to_value(state.keys.public_keys(Purpose::Journal).keys);
    let keys = keys.map_err(|error| Problem::internal(&error))?;
    Answer::ok(&JournalKeysOut { keys, successions: state.keys.successions(Purpose::Journal).to_vec() })
}
