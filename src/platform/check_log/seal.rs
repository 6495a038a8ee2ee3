//! Sealing and deleting segments: `.open` is written, `.closed` waits for its seal, `.sealed` has its hash in the journal.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
};

use crate::domain::{
    ledger::{Hash, Tree},
    time::Day,
};

pub(super) const OPEN: &str = "open";
pub(super) const CLOSED: &str = "closed";
const SEALED: &str = "sealed";

/// A segment to which nobody writes any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The hour and a number that make its name.
    pub name: String,
    /// How many lines it has.
    pub lines: u64,
    /// The root of the tree over its lines.
    pub root: Hash,
    path: PathBuf,
}

/// The segments that wait for their seal, those of ended processes among them.
///
/// # Errors
/// The folder cannot be read.
pub fn closed(folder: &Path) -> io::Result<Vec<Closed>> {
    let mut found = Vec::new();
    for path in segments(folder)? {
        let waits = has(&path, CLOSED) || (has(&path, OPEN) && is_abandoned(&path)?);
        if waits {
            found.push(read(path)?);
        }
    }
    Ok(found)
}

/// The seal stands in the journal.
///
/// # Errors
/// The file cannot be renamed.
pub fn mark_sealed(closed: &Closed) -> io::Result<()> {
    fs::rename(&closed.path, closed.path.with_extension(SEALED))
}

/// Deletes the sealed segments of days before this one, and gives their names.
///
/// # Errors
/// The folder cannot be read, or a file not be deleted.
pub fn delete_older_than(folder: &Path, first_kept: Day) -> io::Result<Vec<String>> {
    let first_kept = first_kept.format("%Y%m%d").to_string();
    let mut deleted = Vec::new();
    for path in segments(folder)? {
        let name = name_of(&path);
        let day = name.get(..first_kept.len());
        if has(&path, SEALED) && day.is_some_and(|day| day < first_kept.as_str()) {
            fs::remove_file(&path)?;
            deleted.push(name);
        }
    }
    Ok(deleted)
}

fn segments(folder: &Path) -> io::Result<Vec<PathBuf>> {
    // A folder that is not there yet has no segments.
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut paths: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.retain(|path| [OPEN, CLOSED, SEALED].iter().any(|state| has(path, state)));
    paths.sort();
    Ok(paths)
}

fn has(path: &Path, state: &str) -> bool {
    path.extension().is_some_and(|extension| extension == state)
}

/// Whether the process that wrote it has ended.
fn is_abandoned(path: &Path) -> io::Result<bool> {
    Ok(File::open(path)?.try_lock().is_ok())
}

fn name_of(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn read(path: PathBuf) -> io::Result<Closed> {
    let (mut reader, mut line, mut tree) = (BufReader::new(File::open(&path)?), Vec::new(), Tree::default());
    while reader.read_until(b'\n', &mut line)? > 0 {
        tree.add(&line);
        line.clear();
    }
    Ok(Closed { name: name_of(&path), lines: tree.leaves(), root: tree.root(), path })
}
