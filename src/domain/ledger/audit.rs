//! Checks an export line by line, and says in words what was done to it.

use std::{collections::BTreeSet, fmt};

use super::{Checkpoint, EntryLine, EntryState, FORMAT, Hash, LOG, Line, Tree, is_consistent};
use crate::domain::{
    time::Instant,
    words::{Word, words},
};

words! {
    /// What is wrong.
    pub enum FaultKind {
        /// Not the form of an export.
        Format = "format" / "文件格式有误",
        /// The file ends before its end.
        Cut = "cut" / "文件不完整",
        /// An entry's content is another than the one that was sealed.
        Changed = "changed" / "条目内容被改动",
        /// An entry, or its content, is not there.
        Missing = "missing" / "条目缺失",
        /// An entry stands in another place.
        Order = "order" / "条目次序被改动",
        /// The entries are not those that were signed.
        Root = "root" / "条目与已签名的树根不符",
        /// A checkpoint was not signed by a key that is trusted.
        Signature = "signature" / "检查点签名不可信",
        /// The log is not the continuation of the older checkpoint.
        Fork = "fork" / "与较早的检查点不一致",
        /// The older checkpoint cannot be compared with this file.
        Unproven = "unproven" / "无法与较早的检查点核对",
    }
}

/// Something that is wrong with an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted from 1.
    pub line: u64,
    /// Of which kind.
    pub kind: FaultKind,
    /// In words.
    pub what: String,
}

/// An export that is being checked.
#[derive(Debug, Default)]
pub struct Audit {
    older: Option<Checkpoint>,
    line: u64,
    tree: Option<Tree>,
    from: u64,
    to: u64,
    /// The entry after the furthest that came.
    next: u64,
    missing: BTreeSet<u64>,
    /// Entries do not stand in their order, or gave another root: later roots would only say it again.
    broken: bool,
    last_good: u64,
    ended: bool,
    /// What was found.
    pub faults: Vec<Fault>,
    /// How many entries there are.
    pub entries: u64,
    /// How many checkpoints held.
    pub checkpoints: u64,
    /// How many entries have had their content erased, and when the newest of them was recorded.
    pub erased: (u64, Option<Instant>),
    /// The checkpoint at the end.
    pub head: Option<Checkpoint>,
}

/// Opens a signed checkpoint, or tells why not.
pub type Open<'a> = &'a dyn Fn(&str) -> Result<Checkpoint, String>;

impl Audit {
    /// Begins; the log must continue the older checkpoint, if there is one.
    #[must_use]
    pub fn new(older: Option<Checkpoint>) -> Self {
        Self { older, ..Self::default() }
    }

    fn fault(&mut self, kind: FaultKind, what: impl Into<String>) {
        self.faults.push(Fault { line: self.line, kind, what: what.into() });
    }

    /// A line that cannot be read at all.
    pub fn unreadable(&mut self, why: &str) {
        self.line += 1;
        self.broken = true;
        self.fault(FaultKind::Format, format!("the line cannot be read: {why}"));
    }

    /// The next line.
    pub fn take(&mut self, line: Line, open: Open<'_>) {
        self.line += 1;
        if self.ended {
            return self.fault(FaultKind::Format, "there is something after the end");
        }
        match line {
            Line::Export { format, log, from, to, peaks, .. } => self.begin(&format, &log, (from, to), &peaks),
            _ if self.tree.is_none() => self.fault(FaultKind::Format, "the first line is not that of an export"),
            Line::Entry(entry) => self.entry(&entry),
            Line::Checkpoint { document } => self.checkpoint(&document, open),
            Line::End { consistency, document } => self.end(&consistency, &document, open),
        }
    }

    fn begin(&mut self, format: &str, log: &str, (from, to): (u64, u64), peaks: &[Hash]) {
        let tree = Tree::of_peaks(from, peaks);
        if format != FORMAT || log != LOG || self.tree.is_some() || from > to || tree.is_none() {
            return self.fault(FaultKind::Format, "not the first line of an export in a form that is known");
        }
        (self.tree, self.from, self.to, self.next, self.last_good) = (tree, from, to, from, from);
        self.compare_with_older();
    }

    fn entry(&mut self, entry: &EntryLine) {
        let leaf = entry.leaf();
        let place = entry.leaf;
        if self.missing.remove(&place) || place < self.next {
            self.broken = true;
            self.fault(FaultKind::Order, format!("entry {place} stands after entry {}", self.next - 1));
        } else {
            self.missing.extend(self.next..place.min(self.next.saturating_add(1_000)));
            self.broken |= place != self.next;
            self.next = place.saturating_add(1);
        }
        self.entries += 1;
        let id = entry.entry_id;
        match leaf.state(entry.salt.as_ref(), entry.content.as_ref()) {
            EntryState::Sealed | EntryState::Unsealed => {}
            EntryState::Erased => {
                self.erased = (self.erased.0 + 1, self.erased.1.max(Some(entry.recorded_at)));
            }
            EntryState::Changed => {
                self.fault(
                    FaultKind::Changed,
                    format!("entry {place} ({id}): its content is not the one that was sealed"),
                );
            }
            EntryState::Missing => {
                self.fault(
                    FaultKind::Missing,
                    format!("entry {place} ({id}): its content is gone, and not erased by rule"),
                );
            }
        }
        if let Some(tree) = &mut self.tree {
            tree.push(leaf.hash());
        }
        self.compare_with_older();
    }

    /// The root so far, while it can be trusted to mean something.
    fn reached(&self) -> Option<(u64, Hash)> {
        let tree = self.tree.as_ref().filter(|_| !self.broken)?;
        Some((tree.leaves(), tree.root()))
    }

    fn compare_with_older(&mut self) {
        let (Some((size, root)), Some(older)) = (self.reached(), &self.older) else { return };
        if size != older.size {
            return;
        }
        if root != older.root {
            self.fault(FaultKind::Fork, format!("the first {size} entries are not those of the older checkpoint"));
        }
        self.older = None;
    }

    fn checkpoint(&mut self, document: &str, open: Open<'_>) {
        let checkpoint = match open(document) {
            Ok(checkpoint) => checkpoint,
            Err(why) => return self.fault(FaultKind::Signature, why),
        };
        let Some((size, root)) = self.reached() else { return };
        if checkpoint.size != size || checkpoint.root != root {
            self.broken = true;
            let what = format!(
                "the checkpoint of {} entries does not hold: an entry from {} on was changed, removed, added or moved",
                checkpoint.size, self.last_good
            );
            return self.fault(FaultKind::Root, what);
        }
        self.last_good = size;
        self.checkpoints += 1;
    }

    fn end(&mut self, consistency: &[Hash], document: &str, open: Open<'_>) {
        self.ended = true;
        if self.next < self.to {
            self.broken = true;
            self.fault(FaultKind::Missing, format!("entries {} to {} are missing", self.next, self.to - 1));
        }
        let head = match open(document) {
            Ok(head) => head,
            Err(why) => return self.fault(FaultKind::Signature, why),
        };
        if let Some((size, root)) = self.reached() {
            if size == self.to && is_consistent((size, &root), (head.size, &head.root), consistency) {
                self.checkpoints += 1;
            } else {
                let what = format!(
                    "the last checkpoint ({} entries) does not hold: an entry from {} on was changed, removed, added or moved",
                    head.size, self.last_good
                );
                self.fault(FaultKind::Root, what);
            }
        }
        self.head = Some(head);
    }

    /// Ends: what is still missing, and whether the older checkpoint could be compared.
    pub fn finish(&mut self) {
        if !self.ended {
            self.fault(FaultKind::Cut, "the file ends before its last line");
        }
        for place in std::mem::take(&mut self.missing) {
            self.fault(FaultKind::Missing, format!("entry {place} is missing"));
        }
        let Some(older) = self.older.take() else { return };
        match self.head.as_ref().map(Checkpoint::mark) {
            Some(head) if head.size < older.size => {
                let what =
                    format!("the older checkpoint has {} entries, this log {}: it was cut", older.size, head.size);
                self.fault(FaultKind::Fork, what);
            }
            Some(head) if head.size == older.size => {
                if head.root != older.root {
                    self.fault(FaultKind::Fork, "a checkpoint of the same size has another root");
                }
            }
            _ => {
                let what = format!("take an export that begins at or before entry {} and reaches it", older.size);
                self.fault(FaultKind::Unproven, what);
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {} ({}): {}", self.line, self.kind.word(), self.kind.zh(), self.what)
    }
}
