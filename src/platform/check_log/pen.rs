//! The open segment: a file for an hour, held by a lock as long as its process lives.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    thread,
};

use super::seal::{CLOSED, OPEN};
use crate::domain::time::Instant;

/// A segment that grows beyond this is closed before its hour is over.
const LARGEST: u64 = 256 << 20;

/// Writes segments.
pub(super) struct Pen {
    open: Option<Segment>,
}

struct Segment {
    file: File,
    path: PathBuf,
    hour: String,
    length: u64,
}

impl Pen {
    pub(super) const fn new() -> Self {
        Self { open: None }
    }

    /// Appends whole lines; what was written of them by half is taken back.
    pub(super) fn write(&mut self, folder: &Path, lines: &[u8], at: Instant) -> io::Result<()> {
        self.close_if_over(at);
        if self.open.is_none() {
            self.open = Some(Segment::make(folder, hour_of(at))?);
        }
        let Some(segment) = &mut self.open else { return Ok(()) };
        if let Err(error) = segment.file.write_all(lines) {
            if segment.file.set_len(segment.length).is_err() {
                self.close();
            }
            return Err(error);
        }
        segment.length += u64::try_from(lines.len()).unwrap_or_default();
        Ok(())
    }

    pub(super) fn close_if_over(&mut self, at: Instant) {
        if self.open.as_ref().is_some_and(|open| open.hour != hour_of(at) || open.length >= LARGEST) {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(segment) = self.open.take() else { return };
        // Flushing takes long, and the next line waits for the pen.
        if let Err(error) = thread::Builder::new().name("check-log".to_owned()).spawn(move || segment.close()) {
            tracing::error!(%error, "a segment of the check log waits to be closed");
        }
    }
}

impl Segment {
    fn make(folder: &Path, hour: String) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let path = folder.join(format!("{hour}-{:08x}.{OPEN}", rand::random::<u32>()));
        let file = OpenOptions::new().append(true).create_new(true).mode(0o600).open(&path)?;
        file.try_lock().map_err(io::Error::from)?;
        Ok(Self { file, path, hour, length: 0 })
    }

    /// One that cannot be closed keeps its name, and is sealed as that of a process that has ended.
    fn close(self) {
        let Self { file, path, .. } = self;
        if let Err(error) = file.sync_data().and_then(|()| fs::rename(&path, path.with_extension(CLOSED))) {
            tracing::error!(%error, "a segment of the check log could not be closed");
        }
    }
}

/// `2026082210`: the legal day and hour.
fn hour_of(at: Instant) -> String {
    at.local_digits().chars().take(10).collect()
}
