//! Passes: recorded, reviewed, forgotten.

mod recording;
mod reviewing;

pub use self::{
    recording::{Recorded, record_gate_passes},
    reviewing::review_order,
};

use chrono::Duration;

use super::store;
use crate::{
    domain::lawbook::Lawbook,
    platform::{db::Tx, problem::Problem},
};

/// Forgets the passes whose time has passed.
///
/// # Errors
/// The database fails.
pub fn sweep(tx: &mut Tx<'_>, lawbook: &Lawbook) -> Result<(), Problem> {
    let days: i64 = lawbook.settings.on("gate_pass_kept_days", tx.at().local_day());
    if days > 0 {
        let before = tx.at().minus(Duration::days(days));
        store::forget(tx.conn(), before)?;
    }
    Ok(())
}
