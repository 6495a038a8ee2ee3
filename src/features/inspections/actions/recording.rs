//! Recording: a batch of results is loaded with few queries, decided one by one, and stored with few statements.
//! The single result is the batch of one.

use std::collections::HashMap;

use chrono::Duration;
use serde_json::json;

use super::{
    admitting::{Admission, admit, unless_suspended},
    attempt,
    facts::facts_of,
    judging::{check_trace, judge_test},
    report_number,
};
use crate::{
    domain::{
        acceptance::Acceptance,
        case::{Case, Ground},
        closing::{Effect, follow},
        event::Event,
        id::Id,
        inspection::Inspection,
        lawbook::Lawbook,
        listing::LiftedBy,
        party::{Line, Organisation},
        role::Standing,
        supervision::{TestFacts, reposted},
        vehicle::Vehicle,
        verdict::Judgement,
    },
    features::{
        acceptances::{self, AcceptanceIn},
        cases,
        findings::{self, Finding},
        inspections::{
            store::{self, Claim, Kept},
            wire::{InspectionIn, InspectionOut},
        },
        listings, observations, vehicles,
    },
    platform::{
        db::Tx,
        problem::{Kind, Problem},
        state::Ground as Standpoint,
    },
};

/// A result that is recorded: now, or by the same result before.
pub struct Recorded {
    /// The inspection.
    pub inspection: InspectionOut,
    /// Whether it was there before.
    pub again: bool,
}

/// What is known before the first result is decided; it changes as results are decided, so that two results of one
/// vehicle follow each other.
pub(super) struct Known {
    claims: HashMap<String, Claim>,
    pub acceptances: HashMap<String, (Acceptance, AcceptanceIn)>,
    pub vehicles: HashMap<Id<Vehicle>, Vehicle>,
    pub cases: HashMap<Id<Vehicle>, Case>,
}

/// What is to be stored when every result is decided.
#[derive(Default)]
struct Decided {
    kept: Vec<Kept>,
    acceptances: Vec<(Acceptance, AcceptanceIn)>,
    cases: HashMap<Id<Case>, Case>,
    closed: Vec<(Id<Vehicle>, Id<Case>)>,
    sampled: Vec<(Vehicle, Id<Case>)>,
    facts: Vec<TestFacts>,
}

/// What an acceptance tells supervision of a test.
pub(super) struct Told {
    /// Whether a weaker method has its reason.
    pub method_reason: bool,
    /// What allows the retest.
    pub ground: Option<Ground>,
}

/// Records a station's results, each with its own outcome, in order.
///
/// # Errors
/// The database fails; then nothing of the batch is stored.
pub fn record_inspections(
    tx: &mut Tx<'_>,
    on: &Standpoint,
    sent: &[InspectionIn],
) -> Result<Vec<Result<Recorded, Problem>>, Problem> {
    let mut known = load(tx, on, sent)?;

    let mut decided = Decided::default();
    let mut outcomes = Vec::with_capacity(sent.len());
    for result in sent {
        let hash = store::hash(result)?;
        let first = known.claims.get(&result.station_number).cloned();
        let outcome = match first {
            Some(first) => repeated(tx, on, &first, (result, &hash), &decided),
            // A refused result leaves nothing behind, not even the vehicle that it was the first to tell of.
            None if result.acceptance_number.is_none() => {
                tx.attempt(|tx| decide(tx, on, &mut known, &mut decided, (result, hash)))
            }
            None => decide(tx, on, &mut known, &mut decided, (result, hash)),
        };
        match outcome {
            // The database failed or another request was faster: that is no answer for one result.
            Err(fault) if fault.kind().status() >= 500 => return Err(fault),
            outcome => outcomes.push(outcome),
        }
    }

    store_all(tx, &on.lawbook, decided)?;
    Ok(outcomes)
}

fn load(tx: &mut Tx<'_>, on: &Standpoint, sent: &[InspectionIn]) -> Result<Known, Problem> {
    let station: Id<Organisation> = on.caller.organisation.into();
    let numbers: Vec<&str> = sent.iter().map(|result| result.station_number.as_str()).collect();
    let accepted: Vec<&str> = sent.iter().filter_map(|result| result.acceptance_number.as_deref()).collect();
    let ids = acceptances::vehicles_of(tx.conn(), station, &accepted)?;
    // What is read after the lock is what the request before, for the same vehicle, has left.
    let vehicles = vehicles::lock_many(tx.conn(), &ids)?;
    let claims = store::claims(tx.conn(), station, &numbers)?;
    let acceptances = acceptances::by_numbers(tx.conn(), station, &accepted)?;
    let cases = cases::open_cases(tx.conn(), &ids)?;
    Ok(Known { claims, acceptances, vehicles, cases })
}

fn decide(
    tx: &mut Tx<'_>,
    on: &Standpoint,
    known: &mut Known,
    decided: &mut Decided,
    (sent, hash): (&InspectionIn, String),
) -> Result<Recorded, Problem> {
    let line = find_line(on, sent)?;
    must_not_be_in_the_future(tx, on, sent)?;
    let admission = admit(tx, on, known, sent)?;
    let admission = unless_suspended(tx, on, line, sent, admission)?;
    let vehicle = known.vehicles.get(&admission.vehicle).ok_or_else(|| Problem::internal(&"vehicle not loaded"))?;
    check_trace(sent)?;
    let judgement = judge_test(&on.lawbook, vehicle, sent)?;
    let reasoned = admission.acceptance.as_ref().is_some_and(|(acceptance, _)| acceptance.method_reason.is_some());
    let told = Told { method_reason: reasoned, ground: admission.ground };
    let kept = keep(tx, on, vehicle, sent, (line, &admission, judgement, hash));
    let finished =
        admission.acceptance.map(|(acceptance, told)| finish(acceptance, told, &kept.inspection)).transpose()?;

    let attempt = attempt(tx, &on.lawbook, &kept.inspection, admission.ground);
    let consequence = follow(known.cases.get(&admission.vehicle).cloned(), &attempt);
    let kept = Kept { effect: consequence.kept(), ..kept };
    decided.facts.push(facts_of(&on.lawbook, vehicle, &kept, &told));

    record_events(tx, &kept, &consequence.events);
    known.claims.insert(sent.station_number.clone(), kept.claim());
    if consequence.effect == Effect::CaseClosed {
        decided.closed.extend(consequence.case.as_ref().map(|case| (case.vehicle, case.id)));
    }
    if kept.is_failed_sampling() {
        let vehicle = known.vehicles.get(&admission.vehicle).cloned();
        decided.sampled.extend(vehicle.zip(consequence.case.as_ref().map(|case| case.id)));
    }
    if let Some(case) = consequence.case {
        if case.closed_at().is_none() {
            known.cases.insert(case.vehicle, case.clone());
        } else {
            known.cases.remove(&case.vehicle);
        }
        decided.cases.insert(case.id, case);
    }
    if let Some(finished) = finished {
        known.acceptances.insert(finished.0.number.clone(), finished.clone());
        decided.acceptances.push(finished);
    }
    let recorded = Recorded { inspection: kept.answer(), again: false };
    decided.kept.push(kept);
    Ok(recorded)
}

/// The same number again: the same readings get the first answer, others are refused and the first stays.
fn repeated(
    tx: &mut Tx<'_>,
    on: &Standpoint,
    first: &Claim,
    (sent, hash): (&InspectionIn, &str),
    decided: &Decided,
) -> Result<Recorded, Problem> {
    if first.body_hash != hash {
        note_repost(tx, on, first, (sent, decided))?;
        return Err(Problem::new(Kind::InspectionAlreadyRecorded)
            .with("first", format!("/v1/vehicles/{}/inspections/{}", first.vehicle_id, first.inspection_id)));
    }
    let in_this_batch = decided.kept.iter().find(|kept| kept.inspection.id == first.inspection_id);
    let inspection = if let Some(kept) = in_this_batch {
        kept.answer()
    } else {
        let stored = store::load(tx.conn(), &on.lawbook, first.vehicle_id, first.inspection_id)?;
        stored.ok_or_else(Problem::not_found)?.out
    };
    Ok(Recorded { inspection, again: true })
}

/// Notes that other readings came under a known number, and whether they were only lower.
fn note_repost(
    tx: &mut Tx<'_>,
    on: &Standpoint,
    first: &Claim,
    (sent, decided): (&InspectionIn, &Decided),
) -> Result<(), Problem> {
    let in_this_batch = decided.kept.iter().find(|kept| kept.inspection.id == first.inspection_id);
    let readings = match in_this_batch {
        Some(kept) => kept.sent.readings,
        None => store::load(tx.conn(), &on.lawbook, first.vehicle_id, first.inspection_id)?
            .and_then(|stored| stored.sent.readings),
    };
    let (kind, mut facts) = reposted(readings.as_ref(), sent.readings.as_ref());
    facts["station_number"] = json!(first.station_number);
    let organisation = on.caller.organisation.into();
    findings::note(
        tx,
        Finding { organisation, vehicle: first.vehicle_id, inspection: first.inspection_id, kind, facts },
    )
}

fn find_line(on: &Standpoint, sent: &InspectionIn) -> Result<Id<Line>, Problem> {
    let line = on.directory.line(on.caller.organisation, &sent.line_code);
    let line = line.filter(|line| on.caller.may_use_line(line.id) && line.standing != Standing::Revoked);
    line.map(|line| line.id.into()).ok_or_else(|| {
        Problem::invalid("/line_code", "unknown_line", "no such line of this station", "本机构没有该检测线")
    })
}

fn must_not_be_in_the_future(tx: &Tx<'_>, on: &Standpoint, sent: &InspectionIn) -> Result<(), Problem> {
    let minutes: i64 = on.lawbook.settings.on("future_tolerance_minutes", tx.at().local_day());
    if sent.ended_at <= tx.at().plus(Duration::minutes(minutes)) {
        return Ok(());
    }
    Err(Problem::invalid(
        "/ended_at",
        "in_the_future",
        "the test ends after now; set the clock",
        "检测时间晚于当前时间，请校时",
    ))
}

fn keep(
    tx: &Tx<'_>,
    on: &Standpoint,
    vehicle: &Vehicle,
    sent: &InspectionIn,
    (line, admission, judgement, body_hash): (Id<Line>, &Admission, Judgement, String),
) -> Kept {
    let id = tx.mint();
    let station = on.caller.organisation;
    Kept {
        inspection: Inspection {
            id,
            vehicle: vehicle.id,
            station: station.into(),
            report_number: report_number(on.directory.area_of(station), sent.ended_at, id),
            kind: admission.kind,
            ended_at: sent.ended_at,
            odometer_km: sent.odometer_km,
            verdict: judgement.verdict,
        },
        line,
        nature: admission.nature,
        acceptance: admission.acceptance.as_ref().map(|(acceptance, _)| acceptance.id),
        limit_class: on.lawbook.limit_class(sent.ended_at.local_day()),
        judgement,
        sent: sent.clone(),
        body_hash,
        effect: store::no_effect(),
        supersedes: None,
        recorded_at: tx.at(),
        recorded_by: on.caller.id,
    }
}

fn record_events(tx: &mut Tx<'_>, kept: &Kept, consequences: &[Event]) {
    let Inspection { id: inspection, vehicle, verdict, report_number, .. } = kept.inspection.clone();
    tx.record(vehicle, Event::InspectionRecorded { inspection, verdict, report_number });
    for event in consequences {
        tx.record(vehicle, event.clone());
    }
}

fn finish(
    acceptance: Acceptance,
    told: AcceptanceIn,
    inspection: &Inspection,
) -> Result<(Acceptance, AcceptanceIn), Problem> {
    acceptance
        .record_result(inspection.id)
        .and_then(|acceptance| acceptance.report(inspection.report_number.clone()))
        .map(|acceptance| (acceptance, told))
        .map_err(|error| Problem::new(Kind::WrongState).because(error.to_string(), "该受理编号已有检测结果或已失效"))
}

fn store_all(tx: &mut Tx<'_>, lawbook: &Lawbook, decided: Decided) -> Result<(), Problem> {
    if decided.kept.is_empty() {
        return Ok(());
    }
    store::insert_all(tx, &decided.kept)?;
    findings::look_at_tests(tx, &lawbook.settings, decided.facts)?;
    acceptances::save_all(tx.conn(), &decided.acceptances)?;
    let mut cases: Vec<Case> = decided.cases.into_values().collect();
    // A vehicle has one open case at most, also between two rows of one statement: what closes goes first.
    cases.sort_by_key(|case| case.closed_at().is_none());
    cases::save_all(tx.conn(), &cases)?;
    let passed: Vec<_> = decided.kept.iter().filter(|kept| kept.answers_a_due_day()).collect();
    listings::lift_overdue_inspections(tx, &passed.iter().map(|kept| kept.inspection.vehicle).collect::<Vec<_>>())?;
    for (vehicle, case) in decided.closed {
        listings::lift_of_case(tx, vehicle, case, LiftedBy::Pass, "复检合格")?;
    }
    for (vehicle, case) in decided.sampled {
        let case = cases::lock(tx.conn(), vehicle.id, case)?;
        observations::count_samplings(tx, lawbook, &vehicle, &case, None)?;
    }
    Ok(())
}
