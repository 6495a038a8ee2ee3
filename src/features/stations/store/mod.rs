//! SQL of stations.

mod assets;
mod line_checks;
mod suspensions;

pub use assets::{end_asset, find_asset, insert_asset, of_station, serving};
pub use line_checks::{KeptCheck, find_check, insert_check, newest_checks, page_of_checks};
pub use suspensions::{
    barring, insert_suspension, lock_station, lock_suspension, not_over, page_of_suspensions, save_suspension,
};
