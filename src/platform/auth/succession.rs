//! How a key introduces its successor: a document that the older key signs, beside the new key's file, so
//! that a gate which knows the older key alone can follow, also when the older key is gone.

use std::{fs, path::Path};

use jsonwebtoken::{Algorithm, Header, encode};
use serde::{Deserialize, Serialize};

use super::keys::Key;
use crate::{domain::time::Instant, platform::problem::Problem};

/// What the older key says; its own id stands in the header as `kid`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// The id of the key that follows.
    pub successor: String,
    /// That key: the member `x` of its JWK (Ed25519).
    pub x: String,
    /// When it was made.
    pub made: Instant,
}

impl Succession {
    /// The `typ` of the document.
    pub const TYP: &'static str = "imfleet-successor+jwt";
}

const EXTENSION: &str = "successor.jws";

/// Writes the document beside the new key.
pub(super) fn introduce(folder: &Path, older: &Key, newer: &Key, now: Instant) -> Result<(), Problem> {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(Succession::TYP.to_owned());
    header.kid = Some(older.id.clone());
    let says = Succession { successor: newer.id.clone(), x: newer.x(), made: now };
    let document = encode(&header, &says, &older.encoding).map_err(|error| Problem::internal(&error))?;
    let path = folder.join(format!("{}.{EXTENSION}", newer.id));
    fs::write(path, document).map_err(|error| Problem::internal(&error))
}

/// The documents of a folder, the oldest first.
pub(super) fn read(folder: &Path) -> Result<Vec<String>, Problem> {
    let entries = fs::read_dir(folder).map_err(|error| Problem::internal(&error))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(EXTENSION));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).map_err(|error| Problem::internal(&error))).collect()
}
