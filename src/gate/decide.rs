//! Whether a vehicle may pass, by the copy alone: the list first, then the zone's rules with what the gate's own ledger
//! knows of the vehicle. What cannot be known here is `unknown`, never allowed.

use serde::{Deserialize, Serialize};

use super::{Answered, Kept, Standing, check};
use crate::domain::{
    id::Id,
    listing::ListingReason,
    time::Instant,
    vehicle::{
        energy::EnergyKind,
        fuel::Fuel,
        plate::{Plate, PlateKind},
        stage::Stage,
        use_nature::UseNature,
        vehicle_type::VehicleType,
    },
    words::{Word, words},
    zone::{Change, ChangeKind, Controls, Outcome, Place, Point, Subject, Voice, Zone, decide as decide_zone},
};

words! {
    /// What a gate decides.
    pub enum Decision {
        /// No rule of the copy forbids it, and the vehicle is not in the list.
        Allow = "allow" / "准许通行",
        /// The list or a rule forbids it.
        Deny = "deny" / "禁止通行",
        /// A fact, the rules, or a permit that may exist is not known here: a person decides, or the city is asked.
        Unknown = "unknown" / "无法判定",
        /// The copy has expired.
        Stale = "stale" / "本地名单已过期",
    }
}

/// What the gate's own ledger (HJ 1321) knows of a vehicle.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// Its emission stage.
    pub stage: Option<Stage>,
    /// Its fuels.
    pub fuel: Option<Fuel>,
    /// Its type.
    pub vehicle_type: Option<VehicleType>,
    /// What it is used for.
    pub use_nature: Option<UseNature>,
    /// What drives it.
    pub energy: Option<EnergyKind>,
    /// Its maximum mass, kg.
    pub gvm_kg: Option<i64>,
}

/// Where the vehicle wants to go.
#[derive(Debug, Clone, Copy, Default)]
pub struct Way {
    /// Into this zone.
    pub zone_id: Option<Id<Zone>>,
    /// To this point.
    pub point: Option<Point>,
}

/// The decision and what it stands on.
#[derive(Debug, Clone, Serialize)]
pub struct Decided {
    /// May it pass?
    pub decision: Decision,
    /// How it stands in the list.
    pub list: Answered,
    /// Every rule and order of the copy that spoke, in order.
    pub voices: Vec<Voice>,
    /// What would change the decision.
    pub changes: Vec<Change>,
}

/// Decides at an instant.
#[must_use]
pub fn decide(
    kept: Option<&Kept>,
    (plate, kind): (&Plate, PlateKind),
    ledger: &Ledger,
    way: Way,
    now: Instant,
) -> Decided {
    let list = check(kept, plate, kind, now);
    let by_list = match list.answer {
        Standing::Stale => Some(Decision::Stale),
        Standing::Listed => Some(Decision::Deny),
        Standing::Unknown => Some(Decision::Unknown),
        Standing::NotInList => None,
    };
    let goal = way.zone_id.map(Place::Zone).or(way.point.map(Place::Point));
    let controls = kept.and_then(|kept| kept.snapshot.rules.controls());
    let Some((goal, controls)) = goal.zip(controls).filter(|(goal, controls)| knows(controls, *goal, now)) else {
        let decision = by_list.unwrap_or(Decision::Unknown);
        return Decided { decision, list, voices: Vec::new(), changes: Vec::new() };
    };
    let known = list.reasons.iter().filter_map(|reason| ListingReason::parse(&reason.word).ok()).collect();
    let subject = ledger.subject(plate.clone(), kind, known);
    let decided = decide_zone(&subject, goal, &controls, now);
    // Permits are not in the copy, so a ban that one lifts may be lifted.
    let may_have_leave = decided.changes.iter().any(|change| change.kind == ChangeKind::Permit);
    let by_rules = match decided.outcome {
        Outcome::Allow => Decision::Allow,
        Outcome::Deny if !may_have_leave => Decision::Deny,
        Outcome::Deny | Outcome::Unknown => Decision::Unknown,
    };
    Decided { decision: by_list.unwrap_or(by_rules), list, voices: decided.voices, changes: decided.changes }
}

/// Whether the copy has the zone that was asked; a point outside every zone is known to be free.
fn knows(controls: &Controls, goal: Place, now: Instant) -> bool {
    match goal {
        Place::Zone(id) => controls.zone(id, now).is_some(),
        Place::Point(_) => controls.zones(now).next().is_some(),
    }
}

impl Ledger {
    fn subject(&self, plate: Plate, kind: PlateKind, listed: Vec<ListingReason>) -> Subject {
        Subject {
            plate: Some((plate, kind)),
            vehicle_type: self.vehicle_type.clone(),
            use_nature: self.use_nature,
            stage: self.stage,
            fuel: self.fuel,
            energy: self.energy,
            gvm_kg: self.gvm_kg,
            listed: Some(listed),
        }
    }
}
