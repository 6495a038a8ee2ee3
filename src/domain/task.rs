//! A task: what one department is to reach in one area in one year of a target (规划 三(三): 表格化、项目化、数字化、责任化).

mod vocabulary;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::vocabulary::{Aim, EntryStanding, FigureSource, TaskUnit, TaskVerdict};
use super::{
    id::Id,
    party::Organisation,
    quantity::Amount,
    time::{Day, Instant, is_past},
    vehicle::area::AreaCode,
};

/// A yearly task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its id.
    pub id: Id<Task>,
    /// The target that it is broken from: `T4`.
    pub target: String,
    /// The calendar year.
    pub year: i32,
    /// Where.
    pub area: AreaCode,
    /// What is to be done.
    pub title: String,
    /// The department that answers for it (责任单位).
    pub department: String,
    /// The post that answers for it (责任岗位).
    pub post: String,
    /// The organisation whose people enter its progress; the bureau does for departments that have no account.
    pub organisation: Option<Id<Organisation>>,
    /// Which way the figure is to go.
    pub aim: Aim,
    /// The figure to be reached.
    pub wanted: Amount,
    /// Its unit.
    pub unit: TaskUnit,
    /// The last day.
    pub deadline_on: Day,
    /// Who fills the figure.
    pub source: FigureSource,
    /// When and why it was withdrawn.
    pub withdrawn: Option<Withdrawal>,
}

/// The end of a task that is not pursued any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Why.
    pub reason: String,
    /// When.
    pub at: Instant,
}

/// An entry of progress, until a reviewer has looked at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: Id<Entry>,
    /// The task.
    pub task: Id<Task>,
    /// The day of which it tells.
    pub as_of: Day,
    /// What was done.
    pub text: String,
    /// The figure, where no register fills it.
    pub figure: Option<Amount>,
    /// What the department's own report says where a register fills the figure; compared, never counted.
    pub stated: Option<Amount>,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// Who entered it.
    pub entered_by: Option<Uuid>,
    /// When.
    pub entered_at: Instant,
    /// What the reviewer says.
    pub review: Option<Review>,
}

/// What proves progress: a document by its name and where it lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, validator::Validate, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TaskEvidence)]
pub struct Evidence {
    /// The document's name or number.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "渭交发〔2026〕12号")]
    pub document: String,
    /// SHA-256 of the file, so that it can be recognised.
    #[validate(length(equal = 64))]
    #[schema(min_length = 64, max_length = 64)]
    pub sha256: Option<String>,
}

/// A reviewer's word upon an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Whether it stands.
    pub accepted: bool,
    /// The reviewer's words.
    pub remark: String,
    /// Who.
    pub by: Option<Uuid>,
    /// When.
    pub at: Instant,
}

/// What a task or an entry does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TaskError {
    /// The register fills the figure.
    #[error("a register fills this task's figure; it cannot be typed")]
    FilledByRegister,
    /// A figure is typed into a task that takes it as its own.
    #[error("no register fills this task's figure; enter it as `figure`")]
    NothingToCompare,
    /// Neither a figure nor evidence.
    #[error("an entry without a figure names its evidence")]
    SaysNothing,
    /// Tells of a day to come.
    #[error("the day lies in the future")]
    InTheFuture,
    /// It was withdrawn.
    #[error("the task was withdrawn")]
    Withdrawn,
    /// It was reviewed already.
    #[error("the entry was reviewed already")]
    Reviewed,
    /// Nobody reviews an own entry.
    #[error("an entry is reviewed by somebody else than who entered it")]
    OwnEntry,
}

impl Task {
    /// Takes an entry of progress.
    ///
    /// # Errors
    /// The task was withdrawn, the figure is the register's to fill, or the entry says nothing.
    pub fn take(&self, entry: &Entry) -> Result<(), TaskError> {
        let by_register = self.source != FigureSource::Reported;
        match (entry.figure, entry.stated) {
            _ if self.withdrawn.is_some() => Err(TaskError::Withdrawn),
            _ if entry.as_of > entry.entered_at.local_day() => Err(TaskError::InTheFuture),
            (Some(_), _) if by_register => Err(TaskError::FilledByRegister),
            (_, Some(_)) if !by_register => Err(TaskError::NothingToCompare),
            (None, None) if entry.evidence.is_empty() => Err(TaskError::SaysNothing),
            _ => Ok(()),
        }
    }

    /// Withdraws it; it stays in the history.
    ///
    /// # Errors
    /// It was withdrawn already.
    pub fn withdraw(mut self, reason: String, at: Instant) -> Result<Self, TaskError> {
        if self.withdrawn.is_some() {
            return Err(TaskError::Withdrawn);
        }
        self.withdrawn = Some(Withdrawal { reason, at });
        Ok(self)
    }

    /// How it stands with this figure.
    #[must_use]
    pub fn verdict(&self, figure: Option<Amount>, at: Instant) -> TaskVerdict {
        let met = figure.map(|figure| match self.aim {
            Aim::AtLeast => figure >= self.wanted,
            Aim::AtMost => figure <= self.wanted,
        });
        match met {
            Some(true) => TaskVerdict::Met,
            _ if is_past(self.deadline_on, at) => TaskVerdict::Overdue,
            Some(false) => TaskVerdict::UnderWay,
            None => TaskVerdict::NoData,
        }
    }
}

impl Entry {
    /// A reviewer's word.
    ///
    /// # Errors
    /// It was reviewed already, or the reviewer entered it.
    pub fn review(mut self, review: Review) -> Result<Self, TaskError> {
        if self.review.is_some() {
            return Err(TaskError::Reviewed);
        }
        if self.entered_by.is_some() && self.entered_by == review.by {
            return Err(TaskError::OwnEntry);
        }
        self.review = Some(review);
        Ok(self)
    }

    /// Where it stands.
    #[must_use]
    pub fn standing(&self) -> EntryStanding {
        match &self.review {
            None => EntryStanding::Entered,
            Some(review) if review.accepted => EntryStanding::Accepted,
            Some(_) => EntryStanding::Returned,
        }
    }
}
