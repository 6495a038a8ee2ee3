//! `imfleet audit verify`: checks an export of the journal without the service and without its database.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
};

use crate::{
    config::{AuditCommand, AuditConfig, VerifyExportConfig},
    domain::ledger::{Audit, Checkpoint, Fault, FaultKind, LOG, Line, TrustedKey},
    gate::read_pin,
    platform::{
        auth::{Pin, Purpose},
        problem::{Kind, Problem},
    },
};

/// What an audit came to.
#[derive(Debug)]
pub struct Audited {
    /// What is wrong; nothing when the export holds.
    pub faults: Vec<Fault>,
    /// In words.
    pub summary: String,
}

/// Does what the command line says and prints what was found.
///
/// # Errors
/// A file cannot be read, or something is wrong with the export.
#[expect(clippy::print_stdout, reason = "the findings are for whoever called the program")]
pub fn audit(config: &AuditConfig) -> Result<(), Problem> {
    let AuditCommand::Verify(VerifyExportConfig { file, key, checkpoint }) = &config.command;
    let pins = key.iter().map(|key| read_pin(key).map_err(|error| told(&error))).collect::<Result<Vec<_>, _>>()?;
    let older = checkpoint.as_deref().map(read_document).transpose()?;
    let file = File::open(file).map_err(|error| told(&error))?;
    let audited = verify(BufReader::new(file), &pins, older.as_deref()).map_err(|error| told(&error))?;
    for fault in &audited.faults {
        println!("{fault}");
    }
    println!("{}", audited.summary);
    if audited.faults.is_empty() {
        return Ok(());
    }
    Err(Problem::new(Kind::WrongState).because("the export does not hold", "导出文件未通过核验"))
}

/// Checks an export by the keys that are trusted, and against an older checkpoint.
///
/// # Errors
/// The file cannot be read.
pub fn verify(file: impl BufRead, pins: &[Pin], older: Option<&str>) -> std::io::Result<Audited> {
    let mut lines = file.lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let keys = Keys::of(&first, pins);
    let mut strange = None;
    let older = older.and_then(|document| keys.open(document).map_err(|why| strange = Some(why)).ok());
    let mut audit = Audit::new(older.clone());
    for line in std::iter::once(Ok(first)).chain(lines) {
        match serde_json::from_str::<Line>(&line?) {
            Ok(line) => audit.take(line, &|document| keys.open(document)),
            Err(error) => audit.unreadable(&error.to_string()),
        }
    }
    audit.finish();
    let strange =
        strange.map(|why| Fault { line: 0, kind: FaultKind::Signature, what: format!("older checkpoint: {why}") });
    audit.faults.extend(strange);
    let summary = summary(&audit, older.as_ref(), pins.is_empty());
    Ok(Audited { faults: audit.faults, summary })
}

/// The keys by which checkpoints are opened.
struct Keys {
    pins: Vec<Pin>,
    successions: Vec<String>,
}

impl Keys {
    fn of(first: &str, pins: &[Pin]) -> Self {
        let Ok(Line::Export { keys, successions, .. }) = serde_json::from_str::<Line>(first) else {
            return Self { pins: pins.to_vec(), successions: Vec::new() };
        };
        let own = |key: TrustedKey| Pin { kid: key.kid, x: key.x };
        let pins = if pins.is_empty() { keys.into_iter().map(own).collect() } else { pins.to_vec() };
        Self { pins, successions }
    }

    fn open(&self, document: &str) -> Result<Checkpoint, String> {
        let mut why = "there is no key to trust".to_owned();
        for pin in &self.pins {
            match pin.open::<Checkpoint>(Purpose::Journal, document.trim(), &self.successions) {
                Ok((checkpoint, _)) if checkpoint.log == LOG => return Ok(checkpoint),
                Ok(_) => "a checkpoint of another log".clone_into(&mut why),
                Err(error) => why = error.to_string(),
            }
        }
        Err(why)
    }
}

/// A checkpoint's document from a file: alone, or in the answer of the service.
fn read_document(path: &Path) -> Result<String, Problem> {
    let text = fs::read_to_string(path).map_err(|error| told(&error))?;
    let answer = serde_json::from_str::<serde_json::Value>(&text).ok();
    let inside = answer.as_ref().and_then(|answer| answer.get("document")).and_then(|document| document.as_str());
    Ok(inside.unwrap_or(text.trim()).to_owned())
}

fn summary(audit: &Audit, older: Option<&Checkpoint>, by_its_own_keys: bool) -> String {
    let mut words = vec![if audit.faults.is_empty() {
        "holds 核验通过".to_owned()
    } else {
        "DOES NOT HOLD 核验未通过".to_owned()
    }];
    words.push(format!("{} entries, {} checkpoints", audit.entries, audit.checkpoints));
    if let Some(head) = &audit.head {
        words
            .push(format!("last checkpoint of {} entries, signed at {}, root {}", head.size, head.issued, head.root));
    }
    if let (count, Some(newest)) = audit.erased {
        words.push(format!("{count} entries have had their content erased by rule, the newest of {newest}"));
    }
    if let Some(older) = older.filter(|_| audit.faults.is_empty()) {
        words.push(format!("continues the checkpoint of {} entries", older.size));
    }
    if by_its_own_keys {
        words.push(
            "the keys came with the file: compare them with /.well-known/imfleet-journal-keys, or give --key"
                .to_owned(),
        );
    }
    words.join("; ")
}

fn told(error: &impl ToString) -> Problem {
    Problem::new(Kind::Unreadable).because(error.to_string(), error.to_string())
}
