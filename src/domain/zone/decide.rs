//! The decision: exemptions, emergency orders and the zone's rules speak in this order, and the first that is sure
//! decides. One that might speak, were a fact known, leaves the answer open unless it would not change it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Change, Controls, Effect, Fact, Match, Moment, Order, Outcome, Permit, Point, Rule, Subject, VoiceSource, Zone,
    change::changes,
};
use crate::domain::{id::Id, standard::Confidence, time::Instant};

/// Where a vehicle is about to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Into a zone.
    Zone(Id<Zone>),
    /// To a point, and so into every zone around it.
    Point(Point),
}

/// One rule, order or exemption that spoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Voice {
    /// What speaks.
    pub source: VoiceSource,
    /// In which zone.
    #[schema(value_type = uuid::Uuid)]
    pub zone_id: Id<Zone>,
    /// The rule's name, the order's or exemption's id, or the ground of exemption.
    pub id: String,
    /// What it says.
    pub title: String,
    /// Whether it closes or opens.
    pub effect: Effect,
    /// Whether it is one of those that decide.
    pub decides: bool,
    /// The facts that would tell whether it means this vehicle; none when it surely does.
    pub missing: Vec<Fact>,
    /// The number of the permit that lifts it.
    pub lifted_by: Option<String>,
    /// What the permit holds the vehicle to: route, speed, card.
    pub conditions: Vec<String>,
    /// The route that is offered instead.
    pub detour: Option<String>,
    /// The legal basis.
    pub basis: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// May it enter?
    pub outcome: Outcome,
    /// The zones that were asked.
    pub zones: Vec<Id<Zone>>,
    /// Everything that spoke, in order.
    pub voices: Vec<Voice>,
    /// What would change the answer.
    pub changes: Vec<Change>,
    /// The order by which it is refused.
    pub by_order: Option<Id<Order>>,
}

/// What is asked.
pub(super) struct Question<'a> {
    pub subject: &'a Subject,
    pub controls: &'a Controls,
    pub moment: Moment,
    pub point: Option<Point>,
}

/// What spoke in one zone.
struct Hearing<'a> {
    voices: Vec<(Voice, Cause<'a>)>,
    /// What may follow while facts are missing.
    may_allow: bool,
    may_deny: bool,
    decided: bool,
}

/// What stands behind a voice.
#[derive(Clone, Copy)]
pub(super) enum Cause<'a> {
    Exemption,
    Order(&'a Order),
    Rule(&'a Rule),
}

/// Decides whether a vehicle may enter. Unknown facts that matter make the answer `unknown`, never `allow`.
#[must_use]
pub fn decide(subject: &Subject, place: Place, controls: &Controls, at: Instant) -> Decision {
    let moment = Moment::of(at);
    let (zones, point): (Vec<&Zone>, _) = match place {
        Place::Zone(id) => (controls.zone(id, at).into_iter().collect(), None),
        Place::Point(point) => (controls.zones_at(point, at).collect(), Some(point)),
    };
    let question = Question { subject, controls, moment, point };
    let hearings: Vec<Hearing> = zones.iter().map(|zone| Hearing::hold(&question, zone)).collect();
    let outcome = outcome(&hearings);
    let mut decision = Decision {
        outcome,
        zones: zones.iter().map(|zone| zone.id).collect(),
        voices: Vec::new(),
        changes: Vec::new(),
        by_order: None,
    };
    for (voice, cause) in hearings.into_iter().flat_map(|hearing| hearing.settled(outcome)) {
        if voice.decides {
            if let (Cause::Order(order), Outcome::Deny) = (cause, outcome) {
                decision.by_order.get_or_insert(order.id);
            }
            for change in changes(&question, &voice, cause) {
                if !decision.changes.contains(&change) {
                    decision.changes.push(change);
                }
            }
        }
        decision.voices.push(voice);
    }
    decision
}

/// One zone that closes is enough; one that cannot tell leaves the answer open.
fn outcome(hearings: &[Hearing]) -> Outcome {
    if hearings.iter().any(|hearing| !hearing.may_allow) {
        Outcome::Deny
    } else if hearings.iter().any(|hearing| hearing.may_deny) {
        Outcome::Unknown
    } else {
        Outcome::Allow
    }
}

impl<'a> Hearing<'a> {
    fn hold(question: &Question<'a>, zone: &'a Zone) -> Self {
        let mut hearing = Self { voices: Vec::new(), may_allow: false, may_deny: false, decided: false };
        hearing.hear_exemptions(question, zone);
        hearing.hear_orders(question, zone);
        hearing.hear_rules(question, zone);
        // What no rule forbids is allowed.
        hearing.may_allow |= !hearing.decided;
        hearing
    }

    fn hear_exemptions(&mut self, question: &Question<'a>, zone: &'a Zone) {
        let Question { subject, controls, moment, .. } = question;
        if let Some(ground) = subject.exemption_ground().filter(|ground| zone.exempts.contains(ground)) {
            let title = crate::domain::words::Word::zh(ground).to_owned();
            let voice = Voice {
                source: VoiceSource::Exemption,
                basis: "道路交通安全法 第五十三条".to_owned(),
                ..Voice::of(zone, ground.to_string(), title, Effect::Allow)
            };
            self.hear(voice, Cause::Exemption);
        }
        let Some(key) = &subject.plate else { return };
        for exemption in controls.exemptions_of(key).filter(|own| own.holds(zone.id, moment.day, moment.at)) {
            let voice = Voice {
                source: VoiceSource::Register,
                basis: exemption.basis.clone(),
                confidence: Confidence::Confirmed,
                ..Voice::of(zone, exemption.id.to_string(), "豁免登记车辆".to_owned(), Effect::Allow)
            };
            self.hear(voice, Cause::Exemption);
        }
    }

    fn hear_orders(&mut self, question: &Question<'a>, zone: &'a Zone) {
        let Question { subject, controls, moment, .. } = question;
        for order in controls.orders().iter().filter(|order| order.is_in_force(moment.at) && order.reaches(zone)) {
            let measures = order.measures.iter().filter_map(|measure| controls.measure(*measure, moment.day));
            for (measure, ban) in measures.flat_map(|measure| measure.bans.iter().map(move |ban| (measure, ban))) {
                let Some(missing) = spoken(ban.who.means(subject)) else { continue };
                let voice = Voice {
                    source: VoiceSource::Order,
                    missing,
                    basis: order.basis.clone(),
                    confidence: measure.confidence,
                    ..Voice::of(zone, order.id.to_string(), ban.title.clone(), Effect::Deny)
                };
                self.hear(voice, Cause::Order(order));
            }
        }
    }

    fn hear_rules(&mut self, question: &Question<'a>, zone: &'a Zone) {
        let Question { subject, controls, moment, .. } = question;
        for rule in &zone.rules {
            if !rule.when.holds(moment, controls.holidays()) {
                continue;
            }
            let Some(missing) = spoken(rule.who.means(subject)) else { continue };
            let permit = permit_against(question, zone, rule);
            let voice = Voice {
                source: VoiceSource::Rule,
                missing,
                lifted_by: permit.map(|permit| permit.number.clone()),
                conditions: permit.map(super::describe::conditions).unwrap_or_default(),
                detour: rule.detour.clone(),
                basis: rule.basis.clone(),
                confidence: rule.confidence,
                ..Voice::of(zone, rule.id.clone(), rule.title.clone(), rule.effect)
            };
            self.hear(voice, Cause::Rule(rule));
        }
    }

    /// Takes down what spoke, and how far it decides.
    fn hear(&mut self, mut voice: Voice, cause: Cause<'a>) {
        if !self.decided && voice.lifted_by.is_none() {
            self.may_allow |= voice.effect == Effect::Allow;
            self.may_deny |= voice.effect == Effect::Deny;
            self.decided = voice.missing.is_empty();
            voice.decides = true;
        }
        self.voices.push((voice, cause));
    }

    /// The voices, with only those left to decide that bear on the outcome: of a refusal what refuses, of an open
    /// answer what is open.
    fn settled(mut self, outcome: Outcome) -> Vec<(Voice, Cause<'a>)> {
        let (open, closed) = (self.may_allow && self.may_deny, !self.may_allow);
        for (voice, _) in &mut self.voices {
            voice.decides &= match outcome {
                Outcome::Allow => true,
                Outcome::Deny => closed && voice.effect == Effect::Deny && voice.missing.is_empty(),
                Outcome::Unknown => open && !voice.missing.is_empty(),
            };
        }
        self.voices
    }
}

/// Whether it speaks, and which facts are missing to be sure.
fn spoken(met: Match) -> Option<Vec<Fact>> {
    match met {
        Match::Yes => Some(Vec::new()),
        Match::Unknown(missing) => Some(missing),
        Match::No => None,
    }
}

/// The vehicle's permit that lifts a rule.
fn permit_against<'a>(question: &Question<'a>, zone: &Zone, rule: &Rule) -> Option<&'a Permit> {
    if rule.unless_permit.is_empty() || rule.effect == Effect::Allow {
        return None;
    }
    let Question { subject, controls, moment, point } = question;
    let mut permits = controls.permits_of(subject.plate.as_ref()?);
    permits.find(|permit| {
        rule.unless_permit.contains(&permit.kind) && permit.opens(zone.id, *point, moment, controls.holidays())
    })
}

impl Voice {
    fn of(zone: &Zone, id: String, title: String, effect: Effect) -> Self {
        Self {
            source: VoiceSource::Rule,
            zone_id: zone.id,
            id,
            title,
            effect,
            decides: false,
            missing: Vec::new(),
            lifted_by: None,
            conditions: Vec::new(),
            detour: None,
            basis: String::new(),
            confidence: Confidence::ToBeChecked,
        }
    }
}
