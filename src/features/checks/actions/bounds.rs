//! What bounds a check: purpose and role, the sandbox's plates, and the allowance.

use super::Questions;
use crate::{
    domain::{
        check::{
            allowance::{Allowance, Left, UsedUp},
            sandbox::is_magic,
            watch::Odd,
        },
        role::Role,
        time::Instant,
    },
    features::checks::wire::ChecksIn,
    platform::{
        auth::Caller,
        problem::{Fault, Kind, Problem, text},
        state::State,
    },
};

/// What is linked to a person is for the police, who say why.
pub fn about_persons(caller: &Caller, told: &ChecksIn) -> Result<(), Problem> {
    if !told.with_owner {
        return Ok(());
    }
    if caller.role != Role::TrafficPolice {
        return Err(Problem::new(Kind::Forbidden)
            .because("owners are told to the traffic police alone", "车主信息仅向公安交管部门提供"));
    }
    let missing = [("/purpose", told.purpose.is_none()), ("/case_number", told.case_number.is_none())];
    let faults: Vec<_> = missing.into_iter().filter(|(_, missing)| *missing).map(|(at, _)| needed(at)).collect();
    if faults.is_empty() { Ok(()) } else { Err(Problem::new(Kind::Invalid).with_errors(faults)) }
}

fn needed(pointer: &str) -> Fault {
    let detail = text("needed for what is linked to a person", "查询个人相关信息须填写");
    Fault { pointer: pointer.to_owned(), code: "missing".into(), detail }
}

/// Refuses the sandbox's plates, which must not hide a mistake of a live client.
pub fn no_magic(questions: &Questions) -> Result<(), Problem> {
    let magic = |question: &Result<super::Asked, _>| {
        question.as_ref().is_ok_and(|asked| asked.plate.as_ref().is_some_and(|(plate, _)| is_magic(plate)))
    };
    let faults: Vec<_> =
        (0..).zip(questions).filter(|(_, question)| magic(question)).map(|(at, _)| of_sandbox(at)).collect();
    if faults.is_empty() { Ok(()) } else { Err(Problem::new(Kind::Invalid).with_errors(faults)) }
}

fn of_sandbox(at: usize) -> Fault {
    let detail =
        text("this plate belongs to the sandbox; use a sandbox client", "该号牌仅用于沙箱，请使用沙箱客户端");
    Fault { pointer: format!("/checks/{at}/plate"), code: "sandbox_plate".into(), detail }
}

/// Takes the checks from the client's allowance, and sees what is odd about them.
pub fn take(state: &State, caller: &Caller, questions: &Questions, at: Instant) -> Result<Left, Problem> {
    let (lawbook, today) = (state.lawbook.get(), at.local_day());
    let allowance = Allowance::of(caller.role, &lawbook.settings, today);
    let count = u64::try_from(questions.len()).unwrap_or(u64::MAX);
    let left = state.accounts.take(caller.id, allowance, count, at).map_err(|used_up| refused(&used_up))?;
    let plates = questions.iter().flatten().filter_map(|asked| asked.plate.as_ref().map(|(plate, _)| plate));
    state.accounts.see((caller.id, caller.organisation), plates, Odd::of(&lawbook.settings, today), at);
    Ok(left)
}

/// 429 with what is left.
pub fn refused(used_up: &UsedUp) -> Problem {
    let mut problem = Problem::new(Kind::TooManyRequests)
        .because("the allowance of checks is used up", "查询额度已用完")
        .with("allowance", used_up.name)
        .retry_after(used_up.retry_after_s);
    for (name, value) in headers(&used_up.left) {
        problem = problem.with_header(name, value);
    }
    problem
}

/// `RateLimit-Policy` and `RateLimit`, where anything is bounded.
pub fn headers(left: &Left) -> Vec<(&'static str, String)> {
    let both = [("RateLimit-Policy", left.policy()), ("RateLimit", left.rate_limit())];
    both.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
