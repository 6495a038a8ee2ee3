//! SQL of the fleet register: facts with two times, the entries worked out from them, and the rollups.

pub mod entries;
pub mod findings;
pub mod memberships;
pub mod movements;
pub mod progress;
pub mod recount;
pub mod rollups;
pub mod scrappages;
pub mod sightings;

use crate::domain::{
    fleet::Learned,
    id::Id,
    party::Organisation,
    time::Instant,
    vehicle::area::{AreaCode, CITY},
};

/// A fact as it is kept: with its two times, and who recorded it.
#[derive(Debug, Clone)]
pub struct Kept<Fact> {
    /// The fact.
    pub fact: Fact,
    /// When it was learned.
    pub recorded_at: Instant,
    /// Who told it.
    pub recorded_by: Option<Id<Organisation>>,
    /// What it took the place of.
    pub supersedes: Option<Id<Fact>>,
    /// When something took its place.
    pub superseded_at: Option<Instant>,
    /// Why it took the place of another.
    pub reason: Option<String>,
}

impl<Fact: Clone> Kept<Fact> {
    /// Whether nothing has taken its place.
    pub const fn stands(&self) -> bool {
        self.superseded_at.is_none()
    }

    /// The fact with its times.
    pub fn learned(&self) -> Learned<Fact> {
        Learned { fact: self.fact.clone(), recorded_at: self.recorded_at, superseded_at: self.superseded_at }
    }
}

/// The area of a column, which holds only what was read as an area code.
fn area(code: &str) -> AreaCode {
    AreaCode::read(code).or_else(|_| AreaCode::read(CITY)).unwrap_or_else(|_| unreachable!("the city has a code"))
}
