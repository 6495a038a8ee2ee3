//! Limit rows as CSV, the shape of `limits.csv`.

use std::{collections::HashSet, sync::Arc};

use serde::Deserialize;

use super::{
    Bound, Comparison, ComparisonRule, Condition, Confidence, Item, LegalSource, LimitClass, LimitRule, TestFuel,
};
use crate::domain::time::Day;

/// Why a table of limits is not taken, and on which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// The line does not have the columns of a limit, or a word or date is unknown.
    #[error("line {line}: {reason}")]
    Unreadable {
        /// Line in the file, the header being 1.
        line: u64,
        /// What does not fit.
        reason: String,
    },
    /// The same version of the same limit stands on an earlier line.
    #[error("line {line}: version {version} of `{id}` stands there twice")]
    Twice {
        /// Line in the file.
        line: u64,
        /// Name of the limit.
        id: String,
        /// The version.
        version: i64,
    },
    /// The limit ends before it begins.
    #[error("line {line}: ends before it begins")]
    EndsBeforeItBegins {
        /// Line in the file.
        line: u64,
    },
}

/// The columns of `limits.csv`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    version: i64,
    item: Item,
    class: Option<LimitClass>,
    bound: String,
    comparison: ComparisonRule,
    decimals: u32,
    advisory_for: Option<TestFuel>,
    condition: String,
    effective_from: Day,
    effective_to: Option<Day>,
    standard: String,
    table: Option<String>,
    clause: String,
    confidence: Confidence,
}

/// Reads limit rows; the first one that does not parse is the error.
pub(super) fn parse_csv(text: &str) -> Result<Vec<LimitRule>, LimitError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| unreadable(1, &error))?.clone();
    let mut rows = Vec::new();
    let mut seen = HashSet::new();
    for (record, expected) in reader.into_records().zip(2..) {
        let record = record.map_err(|error| unreadable(expected, &error))?;
        let line = record.position().map_or(expected, csv::Position::line);
        let row: Row = record.deserialize(Some(&header)).map_err(|error| unreadable(line, &error))?;
        let rule = row.rule(line)?;
        if !seen.insert((Arc::clone(&rule.id), rule.version)) {
            return Err(LimitError::Twice { line, id: rule.id.to_string(), version: rule.version });
        }
        rows.push(rule);
    }
    Ok(rows)
}

impl Row {
    fn rule(self, line: u64) -> Result<LimitRule, LimitError> {
        if self.effective_to.is_some_and(|last| last < self.effective_from) {
            return Err(LimitError::EndsBeforeItBegins { line });
        }
        let bound: Bound = self.bound.parse().map_err(|error| unreadable(line, &error))?;
        Ok(LimitRule {
            id: self.id.into(),
            version: self.version,
            item: self.item,
            class: self.class,
            bound,
            comparison: Comparison { rule: self.comparison, decimals: self.decimals },
            advisory_for: self.advisory_for,
            condition: condition(&self.condition, line)?,
            effective_from: self.effective_from,
            effective_to: self.effective_to,
            source: Arc::new(LegalSource { standard: self.standard, table: self.table, clause: self.clause }),
            confidence: self.confidence,
        })
    }
}

fn condition(text: &str, line: u64) -> Result<Option<Condition>, LimitError> {
    Ok(Some(match text {
        "" => return Ok(None),
        "spark_ignition" => Condition::SparkIgnition,
        "compression_ignition" => Condition::CompressionIgnition,
        "closed_loop_catalyst" => Condition::ClosedLoopCatalyst,
        _ => {
            let metres = text.strip_prefix("altitude_from_m:").and_then(|metres| metres.parse().ok());
            let unknown = || unreadable(line, &format!("`{text}` is no condition"));
            Condition::AltitudeFromM(metres.ok_or_else(unknown)?)
        }
    }))
}

fn unreadable(line: u64, reason: &impl ToString) -> LimitError {
    LimitError::Unreadable { line, reason: reason.to_string() }
}
