//! The gate as a witness of the city's journal: it keeps how far the log was told to have come, and notices when what it
//! is told later does not continue that.

use serde::Deserialize;

use super::{Fault, Line, Refusal};
use crate::domain::ledger::{Hash, Mark, is_consistent};

#[derive(Deserialize)]
struct Proof {
    proof: Vec<Hash>,
}

/// Whether a state may follow the one that was seen: it has not become smaller, and has not changed in place.
pub(super) fn may_follow(seen: Option<Mark>, told: Option<Mark>) -> bool {
    let Some((seen, told)) = seen.zip(told) else { return true };
    told.size > seen.size || told == seen
}

/// Has it proven that the log continues what was seen. Where no proof can be had the list is taken all the same, for a
/// barrier must go on; a false proof refuses it.
pub(super) async fn confirm(line: &Line, token: &str, seen: Option<Mark>, told: Option<Mark>) -> Result<(), Fault> {
    let Some((seen, told)) = seen.zip(told).filter(|(seen, told)| seen != told) else { return Ok(()) };
    let path = format!("/v1/journal/checkpoints/consistency?from={}&to={}", seen.size, told.size);
    let read = |file: Vec<u8>| serde_json::from_slice::<Proof>(&file).ok();
    match line.file(token, &path).await.ok().flatten().and_then(read) {
        Some(Proof { proof }) if is_consistent((seen.size, &seen.root), (told.size, &told.root), &proof) => Ok(()),
        Some(_) => Err(Refusal::Journal.into()),
        None => {
            tracing::warn!(from = seen.size, to = told.size, "the journal's consistency could not be proven");
            Ok(())
        }
    }
}
