//! What would change an answer: a fact, another hour, a permit, the way off the list, another vehicle, a detour.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ChangeKind, Effect, Fact, PermitKind, Voice, Who,
    decide::{Cause, Question},
};
use crate::domain::{listing::ListingReason, time::Instant};

/// One thing that would change the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// What.
    pub kind: ChangeKind,
    /// The fact to tell.
    pub fact: Option<Fact>,
    /// The first instant at which the rule is silent; absent where no end is known.
    pub at: Option<Instant>,
    /// The permit that would lift the rule.
    pub permit: Option<PermitKind>,
    /// The reason whose way off the list is to be gone.
    pub listing: Option<ListingReason>,
    /// The route.
    pub detour: Option<String>,
}

impl Change {
    const fn of(kind: ChangeKind) -> Self {
        Self { kind, fact: None, at: None, permit: None, listing: None, detour: None }
    }
}

/// What would change what a voice says.
pub(super) fn changes(question: &Question<'_>, voice: &Voice, cause: Cause<'_>) -> Vec<Change> {
    if !voice.missing.is_empty() {
        let tell = |fact: &Fact| Change { fact: Some(*fact), ..Change::of(ChangeKind::Tell) };
        return voice.missing.iter().map(tell).collect();
    }
    if voice.effect == Effect::Allow {
        return Vec::new();
    }
    match cause {
        Cause::Exemption => Vec::new(),
        Cause::Order(order) => {
            vec![Change { at: order.ends_at, ..Change::of(ChangeKind::Wait) }, Change::of(ChangeKind::OtherVehicle)]
        }
        Cause::Rule(rule) => {
            let mut changes = Vec::new();
            if let Some(at) = rule.when.next_change(question.moment.at, question.controls.holidays()) {
                changes.push(Change { at: Some(at), ..Change::of(ChangeKind::Wait) });
            }
            let permit = |kind: &PermitKind| Change { permit: Some(*kind), ..Change::of(ChangeKind::Permit) };
            changes.extend(rule.unless_permit.iter().map(permit));
            if rule.who.listed {
                let reasons = question.subject.listed.iter().flatten();
                changes.extend(
                    reasons.map(|reason| Change { listing: Some(*reason), ..Change::of(ChangeKind::Delist) }),
                );
            }
            if is_of_make(&rule.who) {
                changes.push(Change::of(ChangeKind::OtherVehicle));
            }
            if let Some(detour) = &rule.detour {
                changes.push(Change { detour: Some(detour.clone()), ..Change::of(ChangeKind::Detour) });
            }
            changes
        }
    }
}

/// Whether the rule means vehicles by what they are.
fn is_of_make(who: &Who) -> bool {
    !(who.groups.is_empty() && who.stages.is_empty() && who.fuels.is_empty() && who.plate_kinds.is_empty())
        || who.mass.is_some()
        || who.min_gvm_kg.is_some()
        || who.except_new_energy
}
