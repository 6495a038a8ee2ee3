//! Files over HTTP: a table that is uploaded, and tables that are answered.

use std::{
    fs::File,
    future::Future,
    io::{Read, Seek, SeekFrom},
    pin::Pin,
};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder,
    dev::{Decompress, Payload},
    http::header,
    web::Bytes,
};
use futures_util::{Stream, stream};
use sha2::{Digest, Sha256};

use super::{
    body::{BATCH, read},
    hex::hex,
    problem::{Kind, Problem},
};

/// The types of tables that are read.
const TABLES: [&str; 2] = ["text/csv", XLSX];
/// Bytes of a file that are sent at a time.
const PIECE: usize = 64 << 10;
/// The type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A table that was uploaded: CSV or XLSX, 32 MiB at most after unpacking. Its encoding is told by its bytes.
pub struct BodyFile {
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl FromRequest for BodyFile {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = request.content_type().to_ascii_lowercase();
        let packing = request.headers().get(header::CONTENT_ENCODING).cloned();
        let packed_well = packing.is_none_or(|packing| ["gzip", "identity"].iter().any(|known| packing == *known));
        let stream = Decompress::from_headers(payload.take(), request.headers());
        Box::pin(async move {
            if !TABLES.contains(&kind.trim()) || !packed_well {
                return Err(Problem::new(Kind::UnsupportedMediaType)
                    .because(format!("send text/csv or {XLSX}"), format!("请以 text/csv 或 {XLSX} 提交")));
            }
            Ok(Self { bytes: read(stream, BATCH).await? })
        })
    }
}

impl BodyFile {
    /// The hash of the file, in hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        hex(&Sha256::digest(&self.bytes))
    }

    /// The hash of the file together with what was asked of it.
    #[must_use]
    pub fn hash_with(&self, asked: &str) -> [u8; 32] {
        Sha256::new().chain_update(asked.as_bytes()).chain_update([0]).chain_update(&self.bytes).finalize().into()
    }
}

/// An answer that is a CSV file in UTF-8.
#[must_use]
pub fn csv(name: &str) -> HttpResponseBuilder {
    attachment("text/csv; charset=utf-8", name)
}

/// An answer that is a file to keep.
#[must_use]
pub fn attachment(kind: &str, name: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    response
}

/// A file from its beginning, read piece by piece as the reader takes it: no connection to the database is held
/// while a slow reader reads.
///
/// # Errors
/// The file cannot be read.
pub fn stream_of(mut file: File) -> Result<impl Stream<Item = Result<Bytes, Problem>>, Problem> {
    file.seek(SeekFrom::Start(0)).map_err(|error| Problem::internal(&error))?;
    Ok(stream::try_unfold(file, |file| async move {
        let read = tokio::task::spawn_blocking(move || piece(file)).await;
        read.map_err(|error| Problem::internal(&error))?
    }))
}

fn piece(mut file: File) -> Result<Option<(Bytes, File)>, Problem> {
    let mut piece = vec![0; PIECE];
    let read = file.read(&mut piece).map_err(|error| Problem::internal(&error))?;
    piece.truncate(read);
    Ok((read > 0).then(|| (Bytes::from(piece), file)))
}
