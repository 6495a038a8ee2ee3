//! HTTP of imports and exports.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use futures_util::{StreamExt, stream};

use super::{
    actions,
    store::{self, ImportRow},
    wire::{ImportOut, ImportQuery},
};
use crate::{
    domain::{
        event::Event,
        id::Id,
        import::{Import, ImportKind},
        words::Word as _,
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed, Caller, Right,
            right::{ExportRegister, ImportFile, ListImports, ReadImport, ReadImportErrors},
        },
        db::{AnyConnection, Tx},
        file::{BodyFile, csv},
        idempotency::Once,
        page::{Page, PageQuery},
        problem::{Language, Problem},
        state::State,
    },
};

/// Faults that are told with an import; all of them stand in its errors.
const SHOWN: i64 = 50;

/// Uploads a file of rows, which is imported in the background.
#[utoipa::path(
    tag = "imports", params(ImportQuery),
    request_body(content(
        (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    )),
    responses((status = 201, description = "Waits to be worked off", body = ImportOut))
)]
#[post("/v1/imports")]
pub async fn import_file(
    caller: Allowed<ImportFile>,
    asked: HttpRequest,
    once: Once,
    query: web::Query<ImportQuery>,
    file: BodyFile,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (order, language, caller) = (query.order()?, Language::of(&asked), Caller::clone(&caller));
    let actor = caller.actor();
    let bytes = file.bytes.clone();
    let checked = order.clone();
    let check = web::block(move || actions::mapping_of(&checked, bytes));
    check.await.map_err(|error| Problem::internal(&error))??;
    let hash = file.hash_with(&format!("{query:?}"));
    let import = move |tx: &mut Tx<'_>| {
        once.run(tx, &caller, ImportFile::OPERATION, &hash, |tx| {
            let row = actions::import_file(tx, &caller, &order, &file.bytes, &file.sha256())?;
            let location = format!("/v1/imports/{}", row.id);
            Ok(Answer::created(&ImportOut::new(row, &[], &[], language), location))
        })
    };
    state.db.write(ImportFile::OPERATION, actor, import).await?
}

/// Imports of the caller's organisation, the newest first.
#[utoipa::path(
    tag = "imports", params(PageQuery),
    responses((status = 200, description = "A page", body = inline(Page<ImportOut>)))
)]
#[get("/v1/imports")]
pub async fn list_imports(
    caller: Allowed<ListImports>,
    asked: HttpRequest,
    query: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (size, after, home, language) = (query.size()?, query.after()?, caller.home(), Language::of(&asked));
    let look = move |conn: &mut AnyConnection| {
        let rows = store::page(conn, home, after, size)?;
        rows.into_iter().map(|row| Ok((store::chunks(conn, row.id)?, row))).collect::<Result<Vec<_>, Problem>>()
    };
    let rows = state.db.read(look).await?;
    Answer::ok(&Page::cut(
        rows,
        size,
        |(_, row)| row.id,
        |(chunks, row)| ImportOut::new(row, &chunks, &[], language),
    )?)
}

/// An import: where it stands, what its rows did, and the first of its faults.
#[utoipa::path(
    tag = "imports", params(("import_id" = uuid::Uuid, Path, description = "The import")),
    responses((status = 200, description = "The import", body = ImportOut))
)]
#[get("/v1/imports/{import_id}")]
pub async fn read_import(
    caller: Allowed<ReadImport>,
    asked: HttpRequest,
    path: web::Path<Id<Import>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (caller, language) = (Caller::clone(&caller), Language::of(&asked));
    let look = move |conn: &mut AnyConnection| {
        let row = of_caller(conn, &caller, *path)?;
        Ok((store::chunks(conn, row.id)?, store::faults(conn, row.id, SHOWN)?, row))
    };
    let (chunks, faults, row) = state.db.read(look).await?;
    Answer::ok(&ImportOut::new(row, &chunks, &faults, language))
}

/// The rows that were not imported, with what is wrong: corrected, the file can be sent again.
#[utoipa::path(
    tag = "imports", params(("import_id" = uuid::Uuid, Path, description = "The import")),
    responses((status = 200, description = "CSV in UTF-8 with its mark", body = String, content_type = "text/csv"))
)]
#[get("/v1/imports/{import_id}/errors")]
pub async fn read_import_errors(
    caller: Allowed<ReadImportErrors>,
    path: web::Path<Id<Import>>,
    state: web::Data<State>,
) -> Result<HttpResponse, Problem> {
    let caller = Caller::clone(&caller);
    let look = move |conn: &mut AnyConnection| {
        let row = of_caller(conn, &caller, *path)?;
        actions::refused_csv(conn, &row)
    };
    let refused = state.db.read(look).await?;
    Ok(csv("errors.csv").body(refused))
}

/// An import of the caller's organisation; nobody else's.
fn of_caller(conn: &mut AnyConnection, caller: &Caller, id: Id<Import>) -> Result<ImportRow, Problem> {
    let row = store::load(conn, id)?.filter(|row| row.organisation_id == Some(caller.home()));
    row.ok_or_else(Problem::not_found)
}

/// Everything that an import of the same kind can read, but whom vehicles belong to.
#[utoipa::path(
    tag = "imports", params(("kind" = ImportKind, Path, description = "What the rows are")),
    responses((status = 200, description = "CSV in UTF-8 with its mark", body = String, content_type = "text/csv"))
)]
#[get("/v1/exports/{kind}")]
pub async fn export_register(
    caller: Allowed<ExportRegister>,
    path: web::Path<String>,
    state: web::Data<State>,
) -> Result<HttpResponse, Problem> {
    let kind = ImportKind::parse(&path).map_err(|_| Problem::not_found())?;
    let home = caller.home();
    let note = move |tx: &mut Tx<'_>| {
        tx.record(home, Event::RegisterExported { kind, with_owners: false });
        Ok(())
    };
    state.db.write(ExportRegister::OPERATION, caller.actor(), note).await?;
    let first = web::Bytes::from(actions::header(kind)?);
    let rest = stream::try_unfold((state, Some(None::<String>)), move |(state, after)| async move {
        let Some(after) = after else { return Ok(None) };
        let (rows, next) = state.db.read(move |conn| actions::page(conn, kind, after.as_deref(), false)).await?;
        Ok::<_, Problem>(Some((web::Bytes::from(rows), (state, next.map(Some)))))
    });
    let body = stream::once(async { Ok::<_, Problem>(first) }).chain(rest);
    Ok(csv(&format!("{kind}.csv")).streaming(Box::pin(body)))
}
