//! The rollups: counts by year and month, as many rows for two million vehicles as for a few thousand.
//!
//! A change posts deltas in its own transaction; a worker folds them into the rows. Whoever reads adds the open deltas to
//! the rows, as of one moment, and so never misses a change. *Additions* are kept by year and by month for each area, and
//! by month for the city; the drives stand in columns, so that a year's standing reads hundreds of rows. *Stock* is kept as
//! it is, and as the net change of each year and month.

mod folding;
mod reading;
mod rows;

pub use folding::fold;
pub use reading::{additions_by_month, additions_of_year, stock_after, stock_by_month, stock_now};
pub use rows::{all, tally};
