//! JSON of tasks.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::actions::Standing;
use crate::domain::{
    id::Id,
    party::Organisation,
    quantity::Amount,
    task::{Aim, Entry, EntryStanding, Evidence, FigureSource, Task, TaskUnit, TaskVerdict},
    time::{Day, Instant},
    vehicle::area::AreaCode,
};

/// Breaks a target into one task for each area.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "target": "T9", "year": 2026, "title": "国三及以下柴油货车清零", "department": "区交通运输局", "post": "机动车科科长",
    "aim": "at_most", "unit": "vehicles", "deadline_on": "2026-12-31", "source": "diesel_trucks_left",
    "shares": [{ "area": "610502", "wanted": 0 }, { "area": "610526", "wanted": 0 }]
}))]
pub struct AssignmentIn {
    /// The target.
    #[validate(length(min = 1, max = 16))]
    #[schema(min_length = 1, max_length = 16)]
    pub target: String,
    /// The calendar year.
    #[validate(range(min = 2023, max = 2060))]
    #[schema(minimum = 2023, maximum = 2060)]
    pub year: i32,
    /// What is to be done.
    #[validate(length(min = 2, max = 200))]
    #[schema(min_length = 2, max_length = 200)]
    pub title: String,
    /// The department that answers for it (责任单位).
    #[validate(length(min = 2, max = 100))]
    #[schema(min_length = 2, max_length = 100)]
    pub department: String,
    /// The post that answers for it (责任岗位), not a person's name.
    #[validate(length(min = 2, max = 100))]
    #[schema(min_length = 2, max_length = 100)]
    pub post: String,
    /// The organisation whose people enter its progress; the bureau alone when absent.
    pub organisation_id: Option<Uuid>,
    /// Which way the figure is to go.
    pub aim: Aim,
    /// The unit of the figure.
    pub unit: TaskUnit,
    /// The last day, in the task's year.
    #[schema(value_type = chrono::NaiveDate)]
    pub deadline_on: Day,
    /// Who fills the figure.
    pub source: FigureSource,
    /// The figure of each area.
    #[validate(length(min = 1, max = 50), nested)]
    #[schema(min_items = 1, max_items = 50)]
    pub shares: Vec<TaskShareIn>,
}

/// An area's part of a target.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskShareIn {
    /// The area (GB/T 2260).
    #[validate(length(equal = 6))]
    #[schema(min_length = 6, max_length = 6)]
    pub area: String,
    /// The figure to be reached.
    pub wanted: Amount,
}

/// Something else for a task; what is absent stays.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TaskAmendmentIn)]
pub struct AmendmentIn {
    /// The figure to be reached.
    pub wanted: Option<Amount>,
    /// The last day, in the task's year.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub deadline_on: Option<Day>,
    /// The department.
    #[validate(length(min = 2, max = 100))]
    #[schema(min_length = 2, max_length = 100)]
    pub department: Option<String>,
    /// The post.
    #[validate(length(min = 2, max = 100))]
    #[schema(min_length = 2, max_length = 100)]
    pub post: Option<String>,
    /// The organisation whose people enter its progress.
    pub organisation_id: Option<Uuid>,
    /// Why.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub reason: String,
}

/// Progress.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProgressIn, example = json!({
    "as_of": "2026-08-20", "text": "完成3座换电站备案", "figure": 3, "evidence": [{ "document": "渭交函〔2026〕8号" }]
}))]
pub struct EntryIn {
    /// The day of which it tells; not after today.
    #[schema(value_type = chrono::NaiveDate)]
    pub as_of: Day,
    /// What was done.
    #[validate(length(min = 2, max = 1000))]
    #[schema(min_length = 2, max_length = 1000)]
    pub text: String,
    /// The figure; refused where a register fills it.
    pub figure: Option<Amount>,
    /// What the department's own report says where a register fills the figure: compared, never counted.
    pub stated: Option<Amount>,
    /// What proves it; needed where no figure is entered.
    #[serde(default)]
    #[validate(length(max = 20), nested)]
    #[schema(max_items = 20)]
    pub evidence: Vec<Evidence>,
}

/// A reviewer's word.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProgressReviewIn)]
pub struct ReviewIn {
    /// Whether the entry stands.
    pub accepted: bool,
    /// Why.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub remark: String,
}

/// Which tasks to list; those withdrawn are left out.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TaskFilter {
    /// Of this year.
    pub year: Option<i32>,
    /// In this area, or in one that lies in it.
    #[param(inline)]
    pub area: Option<AreaCode>,
    /// Of this target.
    pub target: Option<String>,
    /// Of this organisation.
    pub organisation_id: Option<Uuid>,
    /// Only those past their last day and not reached, or only the others.
    pub overdue: Option<bool>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// Of which year and area.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SheetQuery {
    /// The calendar year.
    pub year: i32,
    /// The area; the city itself when absent.
    #[param(inline)]
    pub area: Option<AreaCode>,
}

/// An entry of progress.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ProgressOut)]
pub struct EntryOut {
    /// The task.
    #[schema(value_type = uuid::Uuid)]
    pub task_id: Id<Task>,
    /// The entry.
    #[schema(value_type = uuid::Uuid)]
    pub entry_id: Id<Entry>,
    /// The day of which it tells.
    #[schema(value_type = chrono::NaiveDate)]
    pub as_of: Day,
    /// What was done.
    pub text: String,
    /// The figure.
    pub figure: Option<Amount>,
    /// What the department's own report says where a register fills the figure.
    pub stated: Option<Amount>,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// Who entered it.
    pub entered_by: Option<Uuid>,
    /// When.
    pub entered_at: Instant,
    /// How it stands.
    pub standing: EntryStanding,
    /// Who reviewed it.
    pub reviewed_by: Option<Uuid>,
    /// When.
    pub reviewed_at: Option<Instant>,
    /// The reviewer's words.
    pub remark: Option<String>,
}

/// A task as it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TaskOut {
    /// The task.
    #[schema(value_type = uuid::Uuid)]
    pub task_id: Id<Task>,
    /// The target that it is broken from.
    pub target: String,
    /// The calendar year.
    pub year: i32,
    /// The area.
    pub area: AreaCode,
    /// Its name.
    pub area_name: String,
    /// What is to be done.
    pub title: String,
    /// The department that answers for it (责任单位).
    pub department: String,
    /// The post that answers for it (责任岗位).
    pub post: String,
    /// The organisation whose people enter its progress.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub organisation_id: Option<Id<Organisation>>,
    /// Which way the figure is to go.
    pub aim: Aim,
    /// The figure to be reached.
    pub wanted: Amount,
    /// Its unit.
    pub unit: TaskUnit,
    /// The last day.
    #[schema(value_type = chrono::NaiveDate)]
    pub deadline_on: Day,
    /// Who fills the figure.
    pub source: FigureSource,
    /// The figure; none while nobody knows it.
    pub figure: Option<Amount>,
    /// The day of which it tells: the deadline, once that has passed and a register fills it.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub figure_as_of: Option<Day>,
    /// How it stands.
    pub verdict: TaskVerdict,
    /// What the department's own report says, where it differs from the register.
    pub stated: Option<Amount>,
    /// The day of that report.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub stated_as_of: Option<Day>,
    /// The newest entry.
    pub last_entry: Option<EntryOut>,
    /// Why it was withdrawn.
    pub withdrawn: Option<String>,
}

/// A task with its entries.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TaskDetailOut {
    /// The task.
    #[serde(flatten)]
    pub task: TaskOut,
    /// Its entries, the newest first.
    pub entries: Vec<EntryOut>,
}

/// The tasks into which a target was broken, or whose figures differ.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TasksOut {
    /// The tasks.
    pub items: Vec<TaskOut>,
}

/// The yearly sheet of an area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SheetOut {
    /// The calendar year.
    pub year: i32,
    /// The area.
    pub area: AreaCode,
    /// Its name.
    pub area_name: String,
    /// When it was drawn.
    pub drawn_at: Instant,
    /// Tasks that are reached.
    pub met: usize,
    /// Tasks that are not reached and in time.
    pub under_way: usize,
    /// Tasks that were not reached in time.
    pub overdue: usize,
    /// Tasks without a figure.
    pub no_data: usize,
    /// The tasks by target.
    pub rows: Vec<TaskOut>,
}

impl AssignmentIn {
    /// The task of an area.
    #[must_use]
    pub fn task(&self, id: Id<Task>, area: AreaCode, wanted: Amount) -> Task {
        Task {
            id,
            target: self.target.clone(),
            year: self.year,
            area,
            title: self.title.clone(),
            department: self.department.clone(),
            post: self.post.clone(),
            organisation: self.organisation_id.map(Id::from),
            aim: self.aim,
            wanted,
            unit: self.unit,
            deadline_on: self.deadline_on,
            source: self.source,
            withdrawn: None,
        }
    }
}

impl From<Entry> for EntryOut {
    fn from(entry: Entry) -> Self {
        let standing = entry.standing();
        let review = entry.review;
        Self {
            task_id: entry.task,
            entry_id: entry.id,
            as_of: entry.as_of,
            text: entry.text,
            figure: entry.figure,
            stated: entry.stated,
            evidence: entry.evidence,
            entered_by: entry.entered_by,
            entered_at: entry.entered_at,
            standing,
            reviewed_by: review.as_ref().and_then(|review| review.by),
            reviewed_at: review.as_ref().map(|review| review.at),
            remark: review.map(|review| review.remark),
        }
    }
}

impl From<Standing> for TaskOut {
    fn from(standing: Standing) -> Self {
        let difference = standing.difference();
        let Standing { task, figure, verdict, entries } = standing;
        Self {
            task_id: task.id,
            target: task.target,
            year: task.year,
            area_name: task.area.area().map(|area| area.name.clone()).unwrap_or_default(),
            area: task.area,
            title: task.title,
            department: task.department,
            post: task.post,
            organisation_id: task.organisation,
            aim: task.aim,
            wanted: task.wanted,
            unit: task.unit,
            deadline_on: task.deadline_on,
            source: task.source,
            figure: figure.map(|figure| figure.value),
            figure_as_of: figure.map(|figure| figure.as_of),
            verdict,
            stated: difference.map(|stated| stated.value),
            stated_as_of: difference.map(|stated| stated.as_of),
            last_entry: entries.into_iter().next().map(EntryOut::from),
            withdrawn: task.withdrawn.map(|withdrawn| withdrawn.reason),
        }
    }
}
