//! The passes that a gate saw: written to a file before they are answered, and told to the city in order when the line
//! is there.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    path::PathBuf,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Fault, Folder, Line, folder};

/// Passes in one request.
const BATCH: usize = 200;
const PATH: &str = "/v1/gate-passes";

/// The gate's passes.
#[derive(Debug)]
pub struct Passes {
    file: File,
    path: PathBuf,
    /// How much of the file the city has.
    sent: PathBuf,
    /// What the city does not take, with its status.
    refused: PathBuf,
}

impl Passes {
    /// Opens the file; a line that a kill cut short was never answered and is taken off.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn open(folder: &Folder) -> Result<Self, Fault> {
        let path = folder.file("passes.ndjson");
        let file = OpenOptions::new().create(true).append(true).read(true).open(&path)?;
        let bytes = std::fs::read(&path)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        if whole < bytes.len() {
            file.set_len(u64::try_from(whole).unwrap_or(u64::MAX))?;
        }
        Ok(Self { file, path, sent: folder.file("passes.sent"), refused: folder.file("passes.refused.ndjson") })
    }

    /// Keeps a pass; it is on the disk when this returns.
    ///
    /// # Errors
    /// The disk is full or gone.
    pub fn keep(&mut self, pass: &Value) -> Result<(), Fault> {
        let mut line = serde_json::to_vec(pass).map_err(io::Error::other)?;
        line.push(b'\n');
        let before = self.file.seek(SeekFrom::End(0))?;
        let written = self.file.write_all(&line).and_then(|()| self.file.sync_data());
        if written.is_err() {
            // Half a line would spoil the next one.
            self.file.set_len(before)?;
        }
        Ok(written?)
    }

    /// How many passes the city does not have yet.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn waiting(&self) -> Result<usize, Fault> {
        Ok(self.from(self.sent()?)?.lines().count())
    }

    /// The next passes to be sent, and up to where they reach.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn next(&self) -> Result<(Vec<Value>, u64), Fault> {
        let mut end = self.sent()?;
        let mut items = Vec::new();
        for line in self.from(end)?.lines().take(BATCH) {
            let line = line?;
            end += u64::try_from(line.len() + 1).unwrap_or_default();
            // A line that is no JSON is passed over rather than blocking all that follow.
            items.extend(serde_json::from_str::<Value>(&line));
        }
        Ok((items, end))
    }

    /// The city has all up to here.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn reached(&self, end: u64) -> Result<(), Fault> {
        Ok(folder::replace(&self.sent, end.to_string().as_bytes())?)
    }

    /// Puts aside what the city does not take, for a person to look at.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn put_aside(&self, pass: &Value, status: u16) -> Result<(), Fault> {
        let mut file = OpenOptions::new().create(true).append(true).open(&self.refused)?;
        writeln!(file, "{}", json!({ "status": status, "pass": pass }))?;
        Ok(file.sync_data()?)
    }

    fn sent(&self) -> Result<u64, Fault> {
        let text = folder::read_if_there(&self.sent)?.unwrap_or_default();
        Ok(String::from_utf8_lossy(&text).trim().parse().unwrap_or_default())
    }

    fn from(&self, start: u64) -> Result<BufReader<File>, Fault> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(start))?;
        Ok(BufReader::new(file))
    }
}

/// What came of sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    Taken,
    Refused(u16),
}

/// Tells the city of some passes, whose key makes a repetition harmless.
async fn send(line: &Line, token: &str, items: &[Value]) -> Result<Sent, Fault> {
    let body = json!({ "items": items });
    let key = URL_SAFE_NO_PAD.encode(Sha256::digest(body.to_string()));
    match line.post(token, PATH, &key, &body).await? {
        status if status.is_success() => Ok(Sent::Taken),
        status @ (StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::PAYLOAD_TOO_LARGE) => {
            Ok(Sent::Refused(status.as_u16()))
        }
        status => Err(Fault::Line(format!("the service answers {status}"))),
    }
}

/// Sends a batch, or one by one what is refused together; gives what is refused alone.
///
/// # Errors
/// The line is down; nothing is lost, and all is sent again.
pub async fn send_all(line: &Line, token: &str, items: Vec<Value>) -> Result<Vec<(Value, u16)>, Fault> {
    let mut refused = Vec::new();
    if let Sent::Refused(_) = send(line, token, &items).await? {
        for item in items {
            if let Sent::Refused(status) = send(line, token, std::slice::from_ref(&item)).await? {
                refused.push((item, status));
            }
        }
    }
    Ok(refused)
}
