//! The gate's folder: the copy, the key that is trusted and the highest number seen, each replaced as a whole, so that
//! a kill at any moment leaves the old or the new.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{Fault, Refusal};
use crate::{
    domain::{
        ledger::Mark,
        snapshot::{Head, Snapshot, root_of},
    },
    platform::auth::{Pin, Purpose},
};

/// A folder of one gate.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

/// The copy that is here, verified.
#[derive(Debug, Clone)]
pub struct Kept {
    /// What its head says.
    pub head: Head,
    /// The head as it was signed.
    pub signed: String,
    /// The documents that lead from the pinned key to the one that signed it.
    pub successions: Vec<String>,
    /// The list.
    pub snapshot: Snapshot,
}

/// What is trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trust {
    /// The key.
    #[serde(flatten)]
    pub pin: Pin,
    /// The highest number that was taken: a lower one is refused even when the copy is lost.
    pub sequence: i64,
    /// The furthest state of the city's journal that was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub journal: Option<Mark>,
}

/// The first line of the copy's file.
#[derive(Serialize, Deserialize)]
struct Cover {
    head: String,
    successions: Vec<String>,
}

const COPY: &str = "register";
const TRUST: &str = "trust.json";

impl Folder {
    /// Opens the folder, which is made when missing.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        fs::create_dir_all(path)?;
        Ok(Self(path.to_owned()))
    }

    /// A file in the folder.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// What is trusted; none before the first copy.
    ///
    /// # Errors
    /// The file cannot be read or is damaged.
    pub fn pin(&self) -> Result<Option<Trust>, Fault> {
        let Some(text) = read_if_there(&self.file(TRUST))? else { return Ok(None) };
        serde_json::from_slice(&text).map(Some).map_err(|error| Fault::Folder(io::Error::other(error)))
    }

    /// The copy, verified once more: a file that was changed by hand is refused.
    ///
    /// # Errors
    /// The file is damaged, or was not signed by the trusted key.
    pub fn read(&self) -> Result<Option<Kept>, Fault> {
        let Some(trust) = self.pin()? else { return Ok(None) };
        let Some(file) = read_if_there(&self.file(COPY))? else { return Ok(None) };
        let (cover, bytes) = split(&file).ok_or(Refusal::Malformed)?;
        let Cover { head: signed, successions } = serde_json::from_slice(cover).map_err(|_| Refusal::Malformed)?;
        let (head, _) = trust.pin.open::<Head>(Purpose::Snapshot, &signed, &successions).map_err(Refusal::from)?;
        if root_of(bytes) != head.root {
            return Err(Refusal::Root.into());
        }
        let snapshot = Snapshot::decode(bytes).map_err(|_| Refusal::Malformed)?;
        Ok(Some(Kept { head, signed, successions, snapshot }))
    }

    /// Puts a copy in place of the old one, and then the key that signed it in place of the older key.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn write(&self, kept: &Kept, bytes: &[u8], before: &Pin, pin: &Pin) -> Result<(), Fault> {
        let sequence = kept.head.sequence;
        let trusted = self.pin()?;
        if trusted.is_none() {
            // The copy is read by the key alone, so the key comes first when there is none.
            self.trust(&Trust { pin: before.clone(), sequence, journal: None })?;
        }
        let cover = Cover { head: kept.signed.clone(), successions: kept.successions.clone() };
        let mut file = serde_json::to_vec(&cover).map_err(io::Error::other)?;
        file.push(b'\n');
        file.extend_from_slice(bytes);
        replace(&self.file(COPY), &file)?;
        let journal = kept.head.journal.or(trusted.and_then(|trusted| trusted.journal));
        self.trust(&Trust { pin: pin.clone(), sequence, journal })
    }

    fn trust(&self, trust: &Trust) -> Result<(), Fault> {
        let text = serde_json::to_vec(trust).map_err(io::Error::other)?;
        Ok(replace(&self.file(TRUST), &text)?)
    }
}

/// Reads a pin as the command line has it: `KID:X`.
///
/// # Errors
/// There is no colon.
pub fn read_pin(text: &str) -> Result<Pin, Fault> {
    let (kid, x) = text.split_once(':').ok_or_else(|| Fault::Line("a pin is KID:X".to_owned()))?;
    Ok(Pin { kid: kid.to_owned(), x: x.to_owned() })
}

/// The first line and the rest.
pub fn split(file: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = file.iter().position(|byte| *byte == b'\n')?;
    let (line, rest) = file.split_at(end);
    Some((line, rest.get(1..)?))
}

/// Writes a file beside the old one, makes it durable and puts it in its place.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    // The name, too, must be on the disk.
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// The bytes of a file; none when there is no such file.
pub fn read_if_there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
