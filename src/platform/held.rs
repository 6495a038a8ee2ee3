//! The copy of the list that this process last issued to gates, with its signed head.

use std::{
    io::{self, Write},
    sync::{Arc, OnceLock},
};

use flate2::{Compression, write::GzEncoder};

use crate::domain::snapshot::{Head, Snapshot};

/// What was issued last, and how far the feed was looked through since.
#[derive(Debug)]
pub struct Held {
    /// What gates get.
    pub issued: Arc<Issued>,
    /// Up to this number nothing has changed what was issued.
    pub checked: i64,
}

/// What gates get: a head that is signed, and the list whose bytes' hash it names.
#[derive(Debug, Clone)]
pub struct Issued {
    /// What the head says.
    pub head: Head,
    /// The head as a compact JWS.
    pub signed: String,
    /// The list.
    pub snapshot: Snapshot,
    /// Its bytes.
    pub bytes: Vec<u8>,
    packed: OnceLock<Vec<u8>>,
}

impl Issued {
    /// A list with the head that was signed for it.
    #[must_use]
    pub const fn new(head: Head, signed: String, snapshot: Snapshot, bytes: Vec<u8>) -> Self {
        Self { head, signed, snapshot, bytes, packed: OnceLock::new() }
    }

    /// The whole file as gzip, packed once for all who fetch it.
    ///
    /// # Errors
    /// It cannot be packed.
    pub fn packed(&self) -> io::Result<&[u8]> {
        if let Some(packed) = self.packed.get() {
            return Ok(packed);
        }
        let packed = pack(&self.with(&self.bytes))?;
        Ok(self.packed.get_or_init(|| packed))
    }

    /// The head and some bytes as one file: a line with the head, and the rest.
    #[must_use]
    pub fn with(&self, bytes: &[u8]) -> Vec<u8> {
        [self.signed.as_bytes(), b"\n", bytes].concat()
    }

    /// Tells one issue from another.
    #[must_use]
    pub fn tag(&self) -> String {
        format!("{}-{:x}", self.head.sequence, self.head.issued.micros())
    }
}

/// Bytes as gzip.
///
/// # Errors
/// They cannot be packed.
pub fn pack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::default());
    packer.write_all(bytes)?;
    packer.finish()
}
