//! Facts of the register as they are answered.

use super::Kept;
use crate::{
    domain::{
        fleet::{Membership, Movement, Scrappage},
        id::Id,
        vehicle::Vehicle,
    },
    features::fleet::wire::{LearnedOut, MembershipOut, MovementOut, ScrappageOut},
};

fn learned<Fact: Clone>(kept: &Kept<Fact>) -> LearnedOut {
    LearnedOut {
        recorded_at: kept.recorded_at,
        recorded_by: kept.recorded_by,
        supersedes: kept.supersedes.map(Id::recast),
        superseded_at: kept.superseded_at,
        reason: kept.reason.clone(),
    }
}

/// A membership.
pub fn membership_out(vehicle_id: Id<Vehicle>, kept: &Kept<Membership>) -> MembershipOut {
    let Membership { id, trade, operator, permit, area, from, to } = kept.fact.clone();
    MembershipOut {
        vehicle_id,
        membership_id: id,
        trade,
        operator_id: operator,
        permit,
        area,
        from,
        to,
        learned: learned(kept),
    }
}

/// A movement.
pub fn movement_out(vehicle_id: Id<Vehicle>, kept: &Kept<Movement>) -> MovementOut {
    let Movement { id, kind, held_on, area, replaces } = kept.fact.clone();
    MovementOut { vehicle_id, movement_id: id, kind, held_on, area, replaces_id: replaces, learned: learned(kept) }
}

/// A scrappage.
pub fn scrappage_out(vehicle_id: Id<Vehicle>, kept: &Kept<Scrappage>) -> ScrappageOut {
    let Scrappage { id, recycler, certificate, scrapped_on, dismantled_on } = kept.fact.clone();
    ScrappageOut {
        vehicle_id,
        scrappage_id: id,
        recycler_id: recycler,
        certificate,
        scrapped_on,
        dismantled_on,
        learned: learned(kept),
    }
}
