//! Why a vehicle is not accepted: everything that stands against it, each with its pointer.

use crate::{
    domain::{
        acceptance::AcceptanceError,
        gate::Missing,
        id::Id,
        lawbook::Lawbook,
        party::{Line, Organisation},
        role::Standing,
        standard::{
            Method,
            which_methods::{MethodChoice, Permission},
        },
        station::readiness::LineLack,
        time::Instant,
        vehicle::Vehicle,
        words::Word,
    },
    features::{acceptances::wire::AcceptanceIn, stations},
    platform::{
        db::AnyConnection,
        problem::{Fault, Kind, Problem, text},
        state::Ground as Standpoint,
    },
};

/// The line of the caller's station, for who may use it.
pub fn find_line(on: &Standpoint, code: &str) -> Result<Id<Line>, Problem> {
    let line = on.directory.line(on.caller.organisation, code).filter(|line| on.caller.may_use_line(line.id));
    let line = line.ok_or_else(|| {
        Problem::invalid("/line_code", "unknown_line", "no such line of this station", "本机构没有该检测线")
    })?;
    if line.standing == Standing::Active {
        return Ok(line.id.into());
    }
    let fault = refusal("/line_code", "line_suspended", "the line is suspended", "该检测线已暂停");
    Err(Problem::new(Kind::AcceptanceRefused).with_errors(vec![fault]))
}

/// The suspension in force there, as a refusal.
pub fn suspended(
    conn: &mut AnyConnection,
    place: (Id<Organisation>, Id<Line>),
    at: Instant,
) -> Result<Option<Fault>, Problem> {
    let Some(suspension) = stations::barring(conn, place, at)? else { return Ok(None) };
    let until = suspension.end();
    let fault = if suspension.line.is_some() {
        refusal(
            "/line_code",
            "line_suspended",
            format!("the line is suspended until {until}"),
            format!("该检测线已暂停受理至 {}", until.local_text()),
        )
    } else {
        refusal(
            "/line_code",
            "station_suspended",
            format!("the station is suspended until {until}"),
            format!("本机构已暂停受理至 {}", until.local_text()),
        )
    };
    Ok(Some(fault))
}

/// What the line lacks, as a refusal.
pub fn lack_fault(lack: &LineLack) -> Fault {
    let en = lack.fault.word().replace('_', " ");
    match lack.check {
        Some(check) => {
            let zh = format!("{}：{}", lack.fault.zh(), check.zh());
            refusal("/line_code", lack.fault.word(), format!("{en}: {check}"), zh)
        }
        None => refusal("/line_code", lack.fault.word(), en, lack.fault.zh()),
    }
}

/// Why the method does not fit the vehicle.
pub fn method_refusals(sent: &AcceptanceIn, vehicle: &Vehicle, lawbook: &Lawbook, at: Instant) -> Vec<Fault> {
    let choice: MethodChoice = lawbook.methods_for(vehicle, sent.fuel_under_test, at.local_day());
    let regular = choice.regular;
    if regular == Method::Exempt {
        return vec![refusal(
            "/method",
            "exempt",
            "a vehicle without exhaust needs no emission test",
            "纯电动（燃料电池）车辆免尾气检验",
        )];
    }
    match choice.permission(sent.method) {
        Permission::Regular => Vec::new(),
        Permission::NeedsReason if sent.method_reason.is_some() => Vec::new(),
        Permission::NeedsReason => vec![refusal(
            "/method_reason",
            "reason_missing",
            format!("`{}` is weaker than the regular method `{regular}` and needs a reason", sent.method),
            format!("“{}”低于规定方法“{}”，须填写非工况原因", sent.method.zh(), regular.zh()),
        )],
        Permission::Refused => vec![refusal(
            "/method",
            "method_not_allowed",
            format!("this vehicle is tested by `{regular}`"),
            format!("该车应采用“{}”", regular.zh()),
        )],
    }
}

/// What the gate says is missing.
pub fn missing_fault(missing: Missing) -> Fault {
    let en = missing.word().replace('_', " ");
    refusal("/vehicle", missing.word(), en, missing.zh())
}

fn refusal(
    pointer: &str,
    code: &'static str,
    en: impl Into<std::borrow::Cow<'static, str>>,
    zh: impl Into<std::borrow::Cow<'static, str>>,
) -> Fault {
    Fault { pointer: pointer.to_owned(), code: code.into(), detail: text(en, zh) }
}

/// A step that the state does not allow.
pub fn wrong_state(error: AcceptanceError) -> Problem {
    Problem::new(Kind::WrongState).because(error.to_string(), format!("受理单当前状态为“{}”", error.0.zh()))
}
