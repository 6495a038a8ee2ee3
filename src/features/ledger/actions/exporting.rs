//! Exporting a part of the log as lines, some hundred entries at a time.

use std::{collections::HashMap, sync::Arc};

use actix_web::web::Bytes;

use crate::{
    domain::ledger::{FORMAT, LOG, Line, TrustedKey, consistency_path, peaks},
    features::ledger::store::{self, Tiles},
    platform::{
        auth::Purpose,
        db::AnyConnection,
        problem::{Kind, Problem},
        state::State,
    },
};

/// Entries that are read in one breath.
const BREATH: u64 = 500;

/// An export under way.
pub struct Export {
    state: Arc<State>,
    place: u64,
    to: u64,
    head: Option<Line>,
    end: Option<Line>,
}

/// Begins an export of the entries from `from` to before `to`.
///
/// # Errors
/// The log is not so long (422), nothing is signed yet (409), or the database fails.
pub async fn begin_export(state: Arc<State>, from: u64, to: Option<u64>) -> Result<Export, Problem> {
    let (head, end, to) = state.db.read_at_once(move |conn| frame(conn, from, to)).await?;
    let keys =
        state.keys.pins(Purpose::Journal).into_iter().map(|pin| TrustedKey { kid: pin.kid, x: pin.x }).collect();
    let successions = state.keys.successions(Purpose::Journal).to_vec();
    let (format, log) = (FORMAT.to_owned(), LOG.to_owned());
    let head = Line::Export { format, log, from, to, peaks: head, keys, successions };
    Ok(Export { state, place: from, to, head: Some(head), end: Some(end) })
}

type Frame = (Vec<crate::domain::ledger::Hash>, Line, u64);

/// The peaks before the first entry, the last line, and where it ends.
fn frame(conn: &mut AnyConnection, from: u64, to: Option<u64>) -> Result<Frame, Problem> {
    let nothing =
        || Problem::new(Kind::WrongState).because("no checkpoint has been signed yet", "尚无已签名的检查点");
    let signed = store::last_checkpoint(conn)?.ok_or_else(nothing)?;
    let to = to.unwrap_or_else(|| signed.size());
    let closing = store::checkpoint_over(conn, to)?.filter(|closing| closing.size() <= signed.size());
    let Some(closing) = closing else {
        let (en, zh) = (format!("the log has {} entries", signed.size()), format!("日志共 {} 条", signed.size()));
        return Err(Problem::invalid("/to", "range", en, zh));
    };
    if from > to {
        return Err(Problem::invalid("/from", "range", "must not be after `to`", "不得大于 to"));
    }
    let mut tiles = Tiles::new(conn);
    let head = peaks(&mut tiles, from)?;
    let consistency = consistency_path(&mut tiles, to, closing.size())?;
    Ok((head, Line::End { consistency, document: closing.document }, to))
}

impl Export {
    /// The next lines; none after the last.
    pub async fn next(mut self) -> Option<(Result<Bytes, Problem>, Self)> {
        let lines = match self.head.take() {
            Some(head) => Ok(vec![head]),
            None if self.place < self.to => self.read_on().await,
            None => Ok(vec![self.end.take()?]),
        };
        if lines.is_err() {
            (self.place, self.end) = (self.to, None);
        }
        Some((lines.and_then(|lines| written(&lines)), self))
    }

    async fn read_on(&mut self) -> Result<Vec<Line>, Problem> {
        let (from, to) = (self.place, self.to.min(self.place + BREATH));
        self.place = to;
        self.state.db.read_at_once(move |conn| lines(conn, from, to)).await
    }
}

fn lines(conn: &mut AnyConnection, from: u64, to: u64) -> Result<Vec<Line>, Problem> {
    let leaves = store::leaves(conn, from, i64::try_from(to - from).unwrap_or(i64::MAX))?;
    let keys: Vec<_> = leaves.iter().map(|leaf| (leaf.subject_id, leaf.journal_id)).collect();
    let mut contents: HashMap<_, _> =
        store::rows(conn, &keys)?.into_iter().map(|row| (row.id, row.content)).collect();
    let mut checkpoints = store::checkpoints_within(conn, from, to)?.into_iter().peekable();
    let mut lines = Vec::with_capacity(leaves.len());
    for leaf in leaves {
        let entry = leaf.line(contents.remove(&leaf.journal_id));
        let reached = entry.leaf + 1;
        lines.push(Line::Entry(entry));
        while let Some(checkpoint) = checkpoints.next_if(|checkpoint| checkpoint.size() <= reached) {
            lines.push(Line::Checkpoint { document: checkpoint.document });
        }
    }
    Ok(lines)
}

fn written(lines: &[Line]) -> Result<Bytes, Problem> {
    let mut out = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut out, line).map_err(|error| Problem::internal(&error))?;
        out.push(b'\n');
    }
    Ok(out.into())
}
