//! Yearly tasks (年度考核): what each department is to reach in each area, its progress and its reviewer, and the yearly
//! sheet of a district.
//!
//! To let a register fill a figure: a word in `domain::task::FigureSource` with its unit, and its arm in
//! `actions::figures`.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{Standing, assign_tasks, sheets_known};
pub use wire::{AssignmentIn, TaskShareIn};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::assign_tasks)
        .service(endpoints::read_task_sheet)
        .service(endpoints::list_task_differences)
        .service(endpoints::list_tasks)
        .service(endpoints::read_task)
        .service(endpoints::amend_task)
        .service(endpoints::withdraw_task)
        .service(endpoints::enter_progress)
        .service(endpoints::review_progress);
}
