//! The register of fleet changes: memberships in trades, movements in and out of the city's fleet, scrappages.
//!
//! Every fact has two times: the legal day on which it held, and the instant at which it was learned. A correction
//! supersedes what it corrects and edits nothing, so that what was known on an earlier day can be told again.

mod books;
mod rules;
mod scrappage;
mod settling;
mod trades;
mod vocabulary;

pub use self::{
    books::{Build, Cell, Entry, Posting, entries},
    rules::{MembershipError, MovementError, check_day, check_membership, check_movements, oddities},
    scrappage::{Scrappage, ScrappageError, check_scrappage, is_scrapped},
    settling::{Settlement, settle},
    trades::Trades,
    vocabulary::{Book, FleetOddity, FuelGroup, MovementKind, SightedBy, Trade, TruckClass},
};
use super::{
    id::Id,
    party::Organisation,
    time::{Day, Instant},
    vehicle::{Vehicle, area::AreaCode},
};

/// A vehicle works in a trade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Its id.
    pub id: Id<Membership>,
    /// The trade.
    pub trade: Trade,
    /// Who runs the vehicle.
    pub operator: Option<Id<Organisation>>,
    /// The number of the permit (一车一证).
    pub permit: Option<String>,
    /// Where it works.
    pub area: AreaCode,
    /// The first day.
    pub from: Day,
    /// The last day, once it is over; never a day to come.
    pub to: Option<Day>,
}

/// A vehicle comes into the city's fleet, changes its place in it, or leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// Its id.
    pub id: Id<Movement>,
    /// What happens.
    pub kind: MovementKind,
    /// The legal day on which it held.
    pub held_on: Day,
    /// Where the vehicle is registered from then on.
    pub area: AreaCode,
    /// The vehicle that a renewal replaces.
    pub replaces: Option<Id<Vehicle>>,
}

/// What is known of one vehicle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    movements: Vec<Movement>,
    /// Its memberships, in no order.
    pub memberships: Vec<Membership>,
}

/// A fact with the time at which it was learned, and the time at which something better was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learned<Fact> {
    /// The fact.
    pub fact: Fact,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// When a correction or a withdrawal took its place.
    pub superseded_at: Option<Instant>,
}

impl Membership {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether both hold on some day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let ends_before = |one: &Self, two: &Self| one.to.is_some_and(|to| to < two.from);
        !ends_before(self, other) && !ends_before(other, self)
    }
}

impl History {
    /// What is known, with the movements in their legal order: by day, then as they were recorded.
    #[must_use]
    pub fn new(mut movements: Vec<Movement>, memberships: Vec<Membership>) -> Self {
        movements.sort_by_key(|movement| (movement.held_on, movement.id));
        Self { movements, memberships }
    }

    /// What was known at an instant.
    #[must_use]
    pub fn known(movements: &[Learned<Movement>], memberships: &[Learned<Membership>], at: Instant) -> Self {
        let movements = movements.iter().filter(|learned| learned.is_known(at));
        let memberships = memberships.iter().filter(|learned| learned.is_known(at));
        Self::new(
            movements.map(|learned| learned.fact.clone()).collect(),
            memberships.map(|learned| learned.fact.clone()).collect(),
        )
    }

    /// The movements in their legal order.
    #[must_use]
    pub fn movements(&self) -> &[Movement] {
        &self.movements
    }

    /// The same history with one movement more, or with one in the place of another.
    #[must_use]
    pub fn with(&self, movement: Option<Movement>, instead_of: Option<Id<Movement>>) -> Self {
        let kept = self.movements.iter().filter(|known| Some(known.id) != instead_of).cloned();
        Self::new(kept.chain(movement).collect(), self.memberships.clone())
    }

    /// The memberships of a day, the oldest first.
    #[must_use]
    pub fn memberships_on(&self, day: Day) -> Vec<&Membership> {
        let mut of_day: Vec<_> = self.memberships.iter().filter(|membership| membership.holds_on(day)).collect();
        of_day.sort_by_key(|membership| (membership.from, membership.id));
        of_day
    }
}

impl<Fact> Learned<Fact> {
    /// Whether it was known at an instant: recorded by then, and nothing better.
    #[must_use]
    pub fn is_known(&self, at: Instant) -> bool {
        self.recorded_at <= at && self.superseded_at.is_none_or(|superseded_at| superseded_at > at)
    }
}
