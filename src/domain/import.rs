//! Imports: a file of rows that is worked off chunk by chunk, each chunk whole or not at all.

use super::words::words;

/// One import of one file; the noun of its id.
#[derive(Debug, Clone, Copy)]
pub struct Import;

words! {
    /// What the rows of a file are.
    pub enum ImportKind {
        /// Vehicles of the register.
        Vehicles = "vehicles" / "车辆",
        /// Their trades.
        Memberships = "memberships" / "行业归属",
        /// Their ways into and out of the fleet.
        Movements = "movements" / "车辆变动",
        /// Their scrapping.
        Scrappages = "scrappages" / "报废回收",
    }

    /// Where an import stands.
    pub enum ImportState {
        /// Nobody works on it yet.
        Waiting = "waiting" / "等待处理",
        /// Chunks are being worked off.
        Running = "running" / "处理中",
        /// Every chunk was worked off; those that were refused are told with their rows.
        Done = "done" / "已完成",
        /// The file cannot be read as a table of its kind.
        Failed = "failed" / "无法读取",
    }

    /// What a row does to the registry.
    pub enum Effect {
        /// It adds something.
        Added = "added" / "新增",
        /// It changes something that is known.
        Changed = "changed" / "变更",
        /// Everything it says is known.
        Unchanged = "unchanged" / "无变化",
    }
}

/// How many rows did what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows that added something.
    pub added: i64,
    /// Rows that changed something.
    pub changed: i64,
    /// Rows that said nothing new.
    pub unchanged: i64,
    /// Rows of refused chunks, of which nothing was taken.
    pub refused: i64,
}

impl Tally {
    /// Of the effects of rows.
    #[must_use]
    pub fn of(effects: &[Effect]) -> Self {
        let count = |wanted: Effect| {
            let found = effects.iter().filter(|effect| **effect == wanted).count();
            i64::try_from(found).unwrap_or(i64::MAX)
        };
        Self {
            added: count(Effect::Added),
            changed: count(Effect::Changed),
            unchanged: count(Effect::Unchanged),
            refused: 0,
        }
    }

    /// Of a refused chunk.
    #[must_use]
    pub fn refused(rows: usize) -> Self {
        Self { refused: i64::try_from(rows).unwrap_or(i64::MAX), ..Self::default() }
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            added: self.added.saturating_add(other.added),
            changed: self.changed.saturating_add(other.changed),
            unchanged: self.unchanged.saturating_add(other.unchanged),
            refused: self.refused.saturating_add(other.refused),
        }
    }

    /// All rows.
    #[must_use]
    pub const fn rows(self) -> i64 {
        self.added.saturating_add(self.changed).saturating_add(self.unchanged).saturating_add(self.refused)
    }
}
