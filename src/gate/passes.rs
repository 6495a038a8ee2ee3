//! The passes that a gate saw: written to a file before they are answered, and told to the city in order when the line
//! is there.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    path::PathBuf,
};

use reqwest::StatusCode;
use serde_json::{Value, json};

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
    /// What the city does not take, with its result.
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
    pub fn put_aside(&self, pass: &Value, result: &Value) -> Result<(), Fault> {
        let mut file = OpenOptions::new().create(true).append(true).open(&self.refused)?;
        writeln!(file, "{}", json!({ "pass": pass, "result": result }))?;
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

/// Tells the city of some passes; gives those that it does not take, each with its result. A pass that is told twice
/// is known by its number.
///
/// # Errors
/// The line is down; nothing is lost, and all is told again.
pub async fn send(line: &Line, token: &str, passes: Vec<Value>) -> Result<Vec<(Value, Value)>, Fault> {
    let (status, answer) = line.post(token, PATH, &json!({ "passes": passes })).await?;
    let told = json!({ "status": status.as_u16(), "problem": answer });
    match status {
        status if status.is_success() => refused(passes, &answer),
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::PAYLOAD_TOO_LARGE => {
            if passes.len() < 2 {
                return Ok(passes.into_iter().map(|pass| (pass, told.clone())).collect());
            }
            let mut refused = Vec::new();
            for pass in passes {
                refused.extend(Box::pin(send(line, token, vec![pass])).await?);
            }
            Ok(refused)
        }
        status => Err(Fault::Line(format!("the service answers {status}"))),
    }
}

/// Of a batch that was answered one by one, what was refused.
fn refused(passes: Vec<Value>, answer: &Value) -> Result<Vec<(Value, Value)>, Fault> {
    let results = answer.get("results").and_then(Value::as_array).filter(|results| results.len() == passes.len());
    let results = results.ok_or_else(|| Fault::Line("not one result for each pass".to_owned()))?;
    let status = |result: &Value| result.get("status").and_then(Value::as_i64).unwrap_or(500);
    if results.iter().any(|result| status(result) >= 500) {
        return Err(Fault::Line("the service could not keep all passes".to_owned()));
    }
    let refused = passes.into_iter().zip(results).filter(|(_, result)| status(result) >= 400);
    Ok(refused.map(|(pass, result)| (pass, result.clone())).collect())
}
