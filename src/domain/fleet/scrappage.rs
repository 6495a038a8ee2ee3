//! The record of a recycler (报废机动车回收企业): what was taken in, its certificate, and its dismantling.

use super::{History, MovementKind};
use crate::domain::{
    id::Id,
    party::Organisation,
    time::{Day, Instant},
};

/// A vehicle was scrapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scrappage {
    /// Its id.
    pub id: Id<Scrappage>,
    /// Who took it in.
    pub recycler: Id<Organisation>,
    /// The number of the recycling certificate (报废机动车回收证明).
    pub certificate: String,
    /// The day of the certificate.
    pub scrapped_on: Day,
    /// The day on which it was dismantled.
    pub dismantled_on: Option<Day>,
}

/// A scrappage that the register refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScrappageError {
    /// It would hold after today.
    #[error("the day lies in the future")]
    InTheFuture,
    /// Dismantled before it was scrapped.
    #[error("it was dismantled before it was scrapped")]
    DismantledBeforeScrapped,
}

/// Refuses a scrappage by itself.
///
/// # Errors
/// The rule that it breaks.
pub fn check_scrappage(scrappage: &Scrappage, at: Instant) -> Result<(), ScrappageError> {
    let today = at.local_day();
    if scrappage.scrapped_on > today || scrappage.dismantled_on.is_some_and(|day| day > today) {
        return Err(ScrappageError::InTheFuture);
    }
    if scrappage.dismantled_on.is_some_and(|day| day < scrappage.scrapped_on) {
        return Err(ScrappageError::DismantledBeforeScrapped);
    }
    Ok(())
}

/// Whether a vehicle's movements say that it was scrapped.
#[must_use]
pub fn is_scrapped(history: &History) -> bool {
    history.movements().iter().any(|movement| movement.kind == MovementKind::Scrapped)
}
