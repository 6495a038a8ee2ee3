//! Changes of tasks, the figures that registers fill, and the lists drawn from both.

mod assigning;
mod figures;
mod progress;
mod sheets;

pub use assigning::{amend_task, assign_tasks, withdraw_task};
pub use figures::Standing;
pub use progress::{enter_progress, review_progress};
pub use sheets::{differences, list, read, sheet, sheets_known};

use crate::{
    domain::task::TaskError,
    platform::problem::{Kind, Problem},
};

/// A refusal of the domain as a problem.
fn refused(error: TaskError) -> Problem {
    let invalid = |pointer: &'static str, code: &'static str, zh: &'static str| {
        Problem::invalid(pointer, code, error.to_string(), zh)
    };
    let state = |zh: &'static str| Problem::new(Kind::WrongState).because(error.to_string(), zh);
    match error {
        TaskError::FilledByRegister => invalid("/figure", "filled_by_register", "该任务数据由台账自动生成，不可填报"),
        TaskError::NothingToCompare => invalid("/stated", "nothing_to_compare", "该任务无台账数据，请填入 figure"),
        TaskError::SaysNothing => invalid("/evidence", "missing", "未填报数据的，须附佐证材料"),
        TaskError::InTheFuture => invalid("/as_of", "in_the_future", "日期晚于今日"),
        TaskError::Withdrawn => state("任务已撤销"),
        TaskError::Reviewed => state("该条进展已审核"),
        TaskError::OwnEntry => state("不得审核本人填报的进展"),
    }
}
