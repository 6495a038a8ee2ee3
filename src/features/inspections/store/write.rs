//! Writing inspections: a few multi-row statements for a whole batch.

use std::io::Write as _;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel::{ExpressionMethods, Insertable, QueryDsl, QueryResult, RunQueryDsl, update};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::claims::Claim;
use crate::{
    domain::{
        acceptance::Acceptance,
        closing::{Effect, KeptEffect},
        id::Id,
        inspection::{Inspection, InspectionKind, Nature},
        party::{Line, Organisation},
        quantity::Amount,
        standard::{Bound, Finding, Item, LimitClass, Method, Outcome, Readings},
        supervision::Trace,
        time::{Day, Instant},
        vehicle::Vehicle,
        verdict::{JudgedItem, Judgement, Verdict},
        words::Word,
    },
    features::inspections::wire::InspectionIn,
    platform::{
        db::{AnyConnection, Json, Tx, insert_rows},
        problem::Problem,
    },
    schema::{inspection_claims, inspection_items, inspection_traces, inspections},
};

/// A judged inspection as it is kept.
#[derive(Debug, Clone)]
pub struct Kept {
    pub inspection: Inspection,
    pub line: Id<Line>,
    pub nature: Nature,
    pub acceptance: Option<Id<Acceptance>>,
    pub limit_class: LimitClass,
    pub judgement: Judgement,
    pub sent: InspectionIn,
    pub body_hash: String,
    pub effect: KeptEffect,
    pub supersedes: Option<Id<Inspection>>,
    pub recorded_at: Instant,
    pub recorded_by: Uuid,
}

#[derive(Insertable)]
#[diesel(table_name = inspections, treat_none_as_default_value = false)]
struct InspectionRow<'a> {
    vehicle_id: Id<Vehicle>,
    id: Id<Inspection>,
    station_id: Id<Organisation>,
    line_id: Id<Line>,
    station_number: &'a str,
    report_number: &'a str,
    acceptance_id: Option<Id<Acceptance>>,
    kind: InspectionKind,
    nature: Nature,
    method: Option<Method>,
    limit_class: LimitClass,
    started_at: Instant,
    ended_at: Instant,
    ended_on: Day,
    odometer_km: Option<i64>,
    verdict: Verdict,
    station_verdict: Option<Verdict>,
    rule_sensitive: bool,
    counted: bool,
    sent: Json<InspectionIn>,
    effect: Json<KeptEffect>,
    supersedes: Option<Id<Inspection>>,
    recorded_at: Instant,
    recorded_by: Option<Id<()>>,
}

#[derive(Insertable)]
#[diesel(table_name = inspection_items, treat_none_as_default_value = false)]
struct ItemRow {
    vehicle_id: Id<Vehicle>,
    inspection_id: Id<Inspection>,
    ordinal: i64,
    item: Item,
    sent: Option<Amount>,
    compared: Option<Amount>,
    limit_low: Option<Amount>,
    limit_high: Option<Amount>,
    rule_id: Option<String>,
    rule_version: Option<i64>,
    margin: Option<Amount>,
    outcome: Outcome,
    other_rule_outcome: Outcome,
    findings: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = inspection_traces, treat_none_as_default_value = false)]
struct TraceRow {
    vehicle_id: Id<Vehicle>,
    inspection_id: Id<Inspection>,
    samples: i64,
    sha256: String,
    gzip: Vec<u8>,
}

/// The effect of a test before its case has been asked.
pub const fn no_effect() -> KeptEffect {
    KeptEffect { effect: Effect::None, case_id: None, deadline_on: None }
}

/// Writes new inspections with their claims, items, traces and findings.
///
/// # Errors
/// Another request recorded one of the numbers at the same moment: then all of it runs again and sees the first.
pub fn insert_all(tx: &mut Tx<'_>, kept: &[Kept]) -> Result<(), Problem> {
    // A correction leaves the number with the first test.
    let claims: Vec<Claim> = kept.iter().filter(|kept| kept.supersedes.is_none()).map(Kept::claim).collect();
    let rows: Vec<InspectionRow<'_>> = kept.iter().map(Kept::row).collect();
    let items: Vec<ItemRow> = kept.iter().flat_map(Kept::item_rows).collect();
    let traces = kept.iter().filter_map(Kept::trace_row).collect::<Result<Vec<_>, _>>()?;
    let claimed = insert_rows!(tx.conn(), inspection_claims::table, &claims, on_conflict_do_nothing)?;
    insert_rows!(tx.conn(), inspections::table, &rows)?;
    insert_rows!(tx.conn(), inspection_items::table, &items)?;
    insert_rows!(tx.conn(), inspection_traces::table, &traces)?;
    if claimed == claims.len() { Ok(()) } else { Err(Problem::run_again()) }
}

/// Marks an inspection as superseded; its readings stay as they were.
pub fn supersede(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    id: Id<Inspection>,
    by: Option<Id<Inspection>>,
    reason: &str,
    at: Instant,
) -> QueryResult<usize> {
    update(inspections::table.find((vehicle, id)))
        .set((
            inspections::superseded_by.eq(by),
            inspections::superseded_at.eq(at),
            inspections::superseded_reason.eq(reason),
        ))
        .execute(conn)
}

/// The bureau's confirmation let the inspection act on its case.
pub fn set_effect(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    id: Id<Inspection>,
    effect: &KeptEffect,
) -> QueryResult<usize> {
    update(inspections::table.find((vehicle, id)))
        .set((inspections::effect.eq(Json(effect.clone())), inspections::counted.eq(true)))
        .execute(conn)
}

impl Kept {
    /// The claim on its number.
    pub fn claim(&self) -> Claim {
        Claim {
            station_id: self.inspection.station,
            station_number: self.sent.station_number.clone(),
            vehicle_id: self.inspection.vehicle,
            inspection_id: self.inspection.id,
            body_hash: self.body_hash.clone(),
            ended_at: self.inspection.ended_at,
            verdict: self.inspection.verdict,
            report_number: self.inspection.report_number.clone(),
            recorded_at: self.recorded_at,
        }
    }

    /// Whether it is a pass of the periodic inspection that waits for nobody.
    pub fn answers_a_due_day(&self) -> bool {
        let passed = self.inspection.kind == InspectionKind::Periodic && self.inspection.verdict == Verdict::Pass;
        passed && self.effect.effect != Effect::AwaitsConfirmation
    }

    /// Whether it is a supervisory test that failed.
    pub fn is_failed_sampling(&self) -> bool {
        self.inspection.kind == InspectionKind::Supervisory && self.inspection.verdict == Verdict::Fail
    }

    /// The method of its readings.
    pub fn method(&self) -> Option<Method> {
        self.sent.readings.as_ref().map(Readings::method)
    }

    fn row(&self) -> InspectionRow<'_> {
        let Inspection { id, vehicle, station, kind, ended_at, odometer_km, verdict, .. } = self.inspection;
        let sent = self.sent.without_trace_and_owner();
        InspectionRow {
            vehicle_id: vehicle,
            id,
            station_id: station,
            line_id: self.line,
            station_number: &self.sent.station_number,
            report_number: &self.inspection.report_number,
            acceptance_id: self.acceptance,
            kind,
            nature: self.nature,
            method: self.method(),
            limit_class: self.limit_class,
            started_at: self.sent.started_at,
            ended_at,
            ended_on: ended_at.local_day(),
            odometer_km,
            verdict,
            station_verdict: self.sent.station_verdict,
            rule_sensitive: self.judgement.rule_sensitive,
            counted: self.effect.effect != Effect::AwaitsConfirmation,
            sent: Json(sent),
            effect: Json(self.effect.clone()),
            supersedes: self.supersedes,
            recorded_at: self.recorded_at,
            recorded_by: Some(self.recorded_by.into()),
        }
    }

    fn item_rows(&self) -> impl Iterator<Item = ItemRow> {
        (0..).zip(&self.judgement.items).map(|(ordinal, judged)| {
            let (limit_low, limit_high) = ends(judged.bound);
            ItemRow {
                vehicle_id: self.inspection.vehicle,
                inspection_id: self.inspection.id,
                ordinal,
                item: judged.item,
                sent: judged.sent,
                compared: judged.compared,
                limit_low,
                limit_high,
                rule_id: judged.rule.as_ref().map(|rule| rule.id.to_string()),
                rule_version: judged.rule.as_ref().map(|rule| rule.version),
                margin: judged.margin,
                outcome: judged.outcome,
                other_rule_outcome: judged.other_rule_outcome,
                findings: joined(judged),
            }
        })
    }

    fn trace_row(&self) -> Option<Result<TraceRow, Problem>> {
        let trace = self.sent.trace.as_ref()?;
        Some(compress(trace).map_err(|error| Problem::internal(&error)).map(|(sha256, gzip)| TraceRow {
            vehicle_id: self.inspection.vehicle,
            inspection_id: self.inspection.id,
            samples: i64::try_from(trace.samples()).unwrap_or_default(),
            sha256,
            gzip,
        }))
    }
}

const fn ends(bound: Option<Bound>) -> (Option<Amount>, Option<Amount>) {
    match bound {
        None => (None, None),
        Some(Bound::AtMost(high)) => (None, Some(high)),
        Some(Bound::AtLeast(low)) => (Some(low), None),
        Some(Bound::Within { low, high }) => (Some(low), Some(high)),
    }
}

fn joined(judged: &JudgedItem) -> Option<String> {
    let words: Vec<&str> = judged.findings.iter().map(|finding: &Finding| finding.word()).collect();
    (!words.is_empty()).then(|| words.join(","))
}

/// The hash of the trace's JSON, and the JSON compressed.
fn compress(trace: &Trace) -> std::io::Result<(String, Vec<u8>)> {
    let json = serde_json::to_vec(trace)?;
    let sha256 = URL_SAFE_NO_PAD.encode(Sha256::digest(&json));
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&json)?;
    Ok((sha256, packed.finish()?))
}
