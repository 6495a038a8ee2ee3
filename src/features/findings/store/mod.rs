//! SQL of findings, of the facts that they are made from, and of how far the nightly sweep has come.

mod days;
mod facts;
mod findings;

pub use days::{Left, fold_of_window, is_done, keep_day, next_day};
pub use facts::{KeptFacts, claim_print, facts_of_day, keep_facts, previous, tests_of};
pub use findings::{Row, advance, at_test, keep, of_vehicle, page};
