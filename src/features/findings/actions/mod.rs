//! What is done with findings: noted in the change that saw them, looked for at night, advanced by the bureau.

mod looking;
mod noting;
mod sweeping;

pub use looking::{look_at_repair, look_at_tests};
pub use noting::{Finding, advance, note};
pub use sweeping::sweep;
