//! Reading inspections back, with their items and reasons.

use std::{io::Read as _, sync::Arc};

use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
};
use flate2::read::GzDecoder;

use super::write::Kept;
use crate::{
    domain::{
        acceptance::Acceptance,
        closing::KeptEffect,
        id::Id,
        inspection::{Inspection, InspectionKind, Nature},
        lawbook::Lawbook,
        party::{Line, Organisation},
        quantity::Amount,
        standard::{Bound, Finding, Item, LegalSource, LimitClass, Method, Outcome, RuleRef},
        time::Instant,
        vehicle::Vehicle,
        verdict::{JudgedItem, Verdict},
        words::Word,
    },
    features::inspections::wire::{InspectionIn, InspectionOut, ItemOut, SupersessionOut},
    platform::{
        db::{AnyConnection, Json},
        problem::Problem,
    },
    schema::{inspection_items, inspection_traces, inspections},
};

/// An inspection as stored.
pub struct Stored {
    /// As the closed loop sees it.
    pub inspection: Inspection,
    /// The line.
    pub line: Id<Line>,
    /// Which attempt.
    pub nature: Nature,
    /// What the station sent, without the trace.
    pub sent: InspectionIn,
    /// What it did.
    pub effect: KeptEffect,
    /// Whether it was voided or corrected.
    pub is_superseded: bool,
    /// As it is answered.
    pub out: InspectionOut,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = inspections)]
struct InspectionRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Inspection>,
    station_id: Id<Organisation>,
    line_id: Id<Line>,
    station_number: String,
    report_number: String,
    acceptance_id: Option<Id<Acceptance>>,
    kind: InspectionKind,
    nature: Nature,
    method: Option<Method>,
    limit_class: LimitClass,
    started_at: Instant,
    ended_at: Instant,
    odometer_km: Option<i64>,
    verdict: Verdict,
    station_verdict: Option<Verdict>,
    rule_sensitive: bool,
    sent: Json<InspectionIn>,
    effect: Json<KeptEffect>,
    superseded_by: Option<Id<Inspection>>,
    superseded_at: Option<Instant>,
    superseded_reason: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = inspection_items)]
struct ItemRow {
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

/// An inspection with its items.
///
/// # Errors
/// The database fails.
pub fn load(
    conn: &mut AnyConnection,
    lawbook: &Lawbook,
    vehicle: Id<Vehicle>,
    id: Id<Inspection>,
) -> QueryResult<Option<Stored>> {
    let row = inspections::table.find((vehicle, id)).select(InspectionRow::as_select()).first(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let items: Vec<ItemRow> = inspection_items::table
        .filter(inspection_items::vehicle_id.eq(vehicle))
        .filter(inspection_items::inspection_id.eq(id))
        .order(inspection_items::ordinal)
        .select(ItemRow::as_select())
        .load(conn)?;
    Ok(Some(row.into_stored(items.into_iter().map(|item| item.judged(lawbook)).collect())))
}

/// The tests of a vehicle, the newest first, one more than a page holds.
pub fn of_vehicle(
    conn: &mut AnyConnection,
    lawbook: &Lawbook,
    vehicle: Id<Vehicle>,
    before: Option<Id<Inspection>>,
    size: i64,
) -> QueryResult<Vec<InspectionOut>> {
    let mut query = inspections::table.filter(inspections::vehicle_id.eq(vehicle)).into_boxed();
    if let Some(before) = before {
        query = query.filter(inspections::id.lt(before));
    }
    let ids: Vec<Id<Inspection>> =
        query.order(inspections::id.desc()).limit(size + 1).select(inspections::id).load(conn)?;
    let stored = ids.into_iter().map(|id| load(conn, lawbook, vehicle, id)).collect::<QueryResult<Vec<_>>>()?;
    Ok(stored.into_iter().flatten().map(|stored| stored.out).collect())
}

/// The trace of an inspection: its JSON and the hash under which it was recorded.
///
/// # Errors
/// There is none (404), or it cannot be unpacked.
pub fn load_trace(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    id: Id<Inspection>,
) -> Result<(serde_json::Value, String), Problem> {
    let (packed, sha256): (Vec<u8>, String) = inspection_traces::table
        .find((vehicle, id))
        .select((inspection_traces::gzip, inspection_traces::sha256))
        .first(conn)?;
    let mut json = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut json).map_err(|error| Problem::internal(&error))?;
    Ok((serde_json::from_slice(&json).map_err(|error| Problem::internal(&error))?, sha256))
}

/// A test as it stands in the register: judged, as it was sent, and its packed trace with its hash.
pub struct Recorded {
    /// As it is answered.
    pub out: InspectionOut,
    /// As it was sent, without the trace.
    pub sent: InspectionIn,
    /// The trace.
    pub trace: Option<(Vec<u8>, String)>,
}

/// A test as evidence.
///
/// # Errors
/// The database fails.
pub fn as_recorded(
    conn: &mut AnyConnection,
    lawbook: &Lawbook,
    vehicle: Id<Vehicle>,
    id: Id<Inspection>,
) -> QueryResult<Option<Recorded>> {
    let Some(stored) = load(conn, lawbook, vehicle, id)? else { return Ok(None) };
    let trace = inspection_traces::table
        .find((vehicle, id))
        .select((inspection_traces::gzip, inspection_traces::sha256))
        .first(conn)
        .optional()?;
    Ok(Some(Recorded { out: stored.out, sent: stored.sent, trace }))
}

impl InspectionRow {
    fn into_stored(self, items: Vec<ItemOut>) -> Stored {
        let inspection = Inspection {
            id: self.id,
            vehicle: self.vehicle_id,
            station: self.station_id,
            report_number: self.report_number.clone(),
            kind: self.kind,
            ended_at: self.ended_at,
            odometer_km: self.odometer_km,
            verdict: self.verdict,
        };
        let superseded = self.superseded_at.map(|at| SupersessionOut {
            by: self.superseded_by,
            reason: self.superseded_reason.unwrap_or_default(),
            at,
        });
        let out = InspectionOut {
            vehicle_id: self.vehicle_id,
            inspection_id: self.id,
            station_id: self.station_id.uuid(),
            station_number: self.station_number,
            report_number: self.report_number,
            kind: self.kind,
            nature: self.nature,
            method: self.method,
            limit_class: self.limit_class,
            started_at: self.started_at,
            ended_at: self.ended_at,
            verdict: self.verdict,
            station_verdict: self.station_verdict,
            rule_sensitive: self.rule_sensitive,
            no_acceptance: self.acceptance_id.is_none(),
            items,
            effect: self.effect.0.clone(),
            repair_notice: notice_of(&inspection),
            superseded,
        };
        let is_superseded = self.superseded_at.is_some();
        let (line, nature, sent, effect) = (self.line_id, self.nature, self.sent.0, self.effect.0);
        Stored { inspection, line, nature, sent, effect, is_superseded, out }
    }
}

impl ItemRow {
    fn judged(self, lawbook: &Lawbook) -> ItemOut {
        let bound = match (self.limit_low, self.limit_high) {
            (None, None) => None,
            (None, Some(high)) => Some(Bound::AtMost(high)),
            (Some(low), None) => Some(Bound::AtLeast(low)),
            (Some(low), Some(high)) => Some(Bound::Within { low, high }),
        };
        let rule = self.rule_id.zip(self.rule_version);
        let rule = rule.map(|(id, version)| RuleRef { id: id.into(), version });
        let findings = self.findings.unwrap_or_default();
        ItemOut::from(JudgedItem {
            item: self.item,
            unit: self.item.unit(),
            sent: self.sent,
            compared: self.compared,
            bound,
            source: rule.as_ref().and_then(|rule| source_of(lawbook, rule)),
            rule,
            margin: self.margin,
            outcome: self.outcome,
            other_rule_outcome: self.other_rule_outcome,
            findings: findings.split(',').filter_map(|word| Finding::parse(word).ok()).collect(),
        })
    }
}

fn source_of(lawbook: &Lawbook, rule: &RuleRef) -> Option<Arc<LegalSource>> {
    let row = lawbook.limits.rows().find(|row| row.version == rule.version && row.id == rule.id)?;
    Some(Arc::clone(&row.source))
}

fn notice_of(inspection: &Inspection) -> Option<String> {
    (inspection.verdict == Verdict::Fail && inspection.kind.counts())
        .then(|| format!("/v1/vehicles/{}/inspections/{}/repair-notice", inspection.vehicle, inspection.id))
}

impl Kept {
    /// The answer to its station.
    pub fn answer(&self) -> InspectionOut {
        let Inspection { id, vehicle, station, ref report_number, kind, ended_at, verdict, .. } = self.inspection;
        InspectionOut {
            vehicle_id: vehicle,
            inspection_id: id,
            station_id: station.uuid(),
            station_number: self.sent.station_number.clone(),
            report_number: report_number.clone(),
            kind,
            nature: self.nature,
            method: self.method(),
            limit_class: self.limit_class,
            started_at: self.sent.started_at,
            ended_at,
            verdict,
            station_verdict: self.sent.station_verdict,
            rule_sensitive: self.judgement.rule_sensitive,
            no_acceptance: self.acceptance.is_none(),
            items: self.judgement.items.iter().cloned().map(ItemOut::from).collect(),
            effect: self.effect.clone(),
            repair_notice: notice_of(&self.inspection),
            superseded: None,
        }
    }
}
