//! Opening a case: the evidence is copied as it stands, under a hash, so that nothing later can change it.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::record;
use crate::{
    domain::{
        course::Course,
        id::Id,
        lawbook::Lawbook,
        party::{Line, Organisation},
        role::Role,
        supervision_case::{SupervisionCase, SupervisionStep},
        time::Instant,
    },
    features::{
        findings, inspections,
        supervision::{
            store::{self, EvidenceRow},
            wire::{SupervisionIn, TestRef},
        },
    },
    platform::{
        db::{AnyConnection, Tx},
        hex,
        problem::Problem,
        state::Ground,
    },
};

/// Takes up a finding about a station or shop.
///
/// # Errors
/// No such station or shop, line or test (422).
pub fn open_supervision(tx: &mut Tx<'_>, on: &Ground, told: &SupervisionIn) -> Result<SupervisionCase, Problem> {
    let (concerns, role) = whom(on, told.organisation_id)?;
    let line = told.line_code.as_deref().map(|code| line_of(on, concerns, code)).transpose()?;
    let (id, at) = (tx.mint(), tx.at());
    let mut evidence = Vec::with_capacity(told.tests.len());
    for (index, test) in told.tests.iter().enumerate() {
        let of_station = (role == Role::InspectionStation).then_some(concerns);
        let place = (id, index, of_station);
        evidence.push(freeze(tx.conn(), &on.lawbook, place, *test, at)?);
    }

    let case = SupervisionCase {
        id,
        concerns,
        line,
        finding: told.finding.clone(),
        facts: told.facts.clone(),
        course: Course::begin(SupervisionStep::Opened, tx.moment()),
    };

    store::insert(tx.conn(), &case, &evidence)?;
    record(tx, &case);
    Ok(case)
}

fn whom(on: &Ground, id: Id<Organisation>) -> Result<(Id<Organisation>, Role), Problem> {
    let known = on.directory.organisation(id.uuid());
    let known = known.filter(|found| matches!(found.role, Role::InspectionStation | Role::RepairShop));
    known.map(|found| (id, found.role)).ok_or_else(|| {
        Problem::invalid("/organisation_id", "unknown", "no such station or shop", "没有该检验机构或维修站")
    })
}

fn line_of(on: &Ground, station: Id<Organisation>, code: &str) -> Result<Id<Line>, Problem> {
    let line = on.directory.line(station.uuid(), code);
    line.map(|line| line.id.into()).ok_or_else(|| {
        Problem::invalid("/line_code", "unknown_line", "no such line of this station", "该机构没有此检测线")
    })
}

fn freeze(
    conn: &mut AnyConnection,
    lawbook: &Lawbook,
    (case_id, index, station): (Id<SupervisionCase>, usize, Option<Id<Organisation>>),
    test: TestRef,
    frozen_at: Instant,
) -> Result<EvidenceRow, Problem> {
    let TestRef { vehicle_id, inspection_id } = test;
    let found = inspections::as_recorded(conn, lawbook, vehicle_id, inspection_id)?;
    let found = found.filter(|found| station.is_none_or(|station| found.out.station_id == station.uuid()));
    let found = found.ok_or_else(|| {
        Problem::invalid(
            format!("/tests/{index}"),
            "unknown_test",
            "no such test of this station",
            "没有该机构的此次检验",
        )
    })?;
    let findings = findings::at_test(conn, vehicle_id, inspection_id)?;
    let content = json!({ "inspection": found.out, "sent": found.sent, "findings": findings }).to_string();
    let (trace, trace_sha256) = found.trace.unzip();
    let ordinal = i64::try_from(index + 1).unwrap_or(i64::MAX);
    let sha256 = hex::hex(&Sha256::digest(content.as_bytes()));
    Ok(EvidenceRow { case_id, ordinal, vehicle_id, inspection_id, content, sha256, trace, trace_sha256, frozen_at })
}
