//! The register's refusals as problems: a value that cannot be, or a state that does not allow the step.

use crate::{
    domain::fleet::{MembershipError, MovementError, ScrappageError},
    platform::problem::{Fault, Kind, Problem, text},
};

fn invalid(pointer: &str, code: &'static str, error: &impl std::fmt::Display, zh: &'static str) -> Problem {
    Problem::invalid(pointer.to_owned(), code, error.to_string(), zh)
}

fn wrong_state(pointer: &str, code: &'static str, error: &impl std::fmt::Display, zh: &'static str) -> Problem {
    let fault = Fault { pointer: pointer.to_owned(), code: code.into(), detail: text(error.to_string(), zh) };
    Problem::new(Kind::WrongState).with_errors(vec![fault])
}

/// A refused movement.
pub fn movement(error: MovementError, at: &str) -> Problem {
    let here = |field: &str| format!("{at}/{field}");
    match error {
        MovementError::InTheFuture => invalid(&here("held_on"), "in_the_future", &error, "日期晚于今日"),
        MovementError::UnknownArea => invalid(&here("area"), "unknown_area", &error, "不是本市行政区划"),
        MovementError::ReplacesNothing => {
            invalid(&here("replaces_id"), "replaces_nothing", &error, "更新登记须指明被更新车辆")
        }
        MovementError::ReplacesWithoutRenewal => {
            invalid(&here("replaces_id"), "replaces_without_renewal", &error, "只有更新登记才有被更新车辆")
        }
        MovementError::ReplacesItself => invalid(&here("replaces_id"), "replaces_itself", &error, "车辆不能更新自身"),
        MovementError::AddedTwice => wrong_state(&here("kind"), "added_twice", &error, "车辆已在册，不能重复新增"),
        MovementError::RegisteredTwice => {
            wrong_state(&here("kind"), "registered_twice", &error, "车辆曾经登记，只能转入")
        }
        MovementError::RemovedBeforeAdded => wrong_state(&here("kind"), "removed_before_added", &error, "车辆不在册"),
        MovementError::Scrapped => wrong_state(&here("kind"), "scrapped", &error, "车辆已报废"),
        MovementError::OutOfOrder => wrong_state(&here("held_on"), "out_of_order", &error, "与其后的变动记录矛盾"),
    }
}

/// A refused membership.
pub fn membership(error: MembershipError, at: &str) -> Problem {
    let here = |field: &str| format!("{at}/{field}");
    match error {
        MembershipError::InTheFuture => invalid(&here("from"), "in_the_future", &error, "日期晚于今日"),
        MembershipError::EndsBeforeItBegins => {
            invalid(&here("to"), "ends_before_it_begins", &error, "结束日期早于开始日期")
        }
        MembershipError::UnknownArea => invalid(&here("area"), "unknown_area", &error, "不是本市行政区划"),
        MembershipError::Overlaps => {
            wrong_state(&here("from"), "overlapping_membership", &error, "该车辆在此期间已属于该行业")
        }
    }
}

/// A refused scrappage.
pub fn scrappage(error: ScrappageError, at: &str) -> Problem {
    match error {
        ScrappageError::InTheFuture => invalid(&format!("{at}/scrapped_on"), "in_the_future", &error, "日期晚于今日"),
        ScrappageError::DismantledBeforeScrapped => {
            invalid(&format!("{at}/dismantled_on"), "dismantled_before_scrapped", &error, "拆解早于报废")
        }
    }
}

/// An organisation that is not the caller's own.
pub fn not_your_own(pointer: &str) -> Problem {
    Problem::invalid(pointer.to_owned(), "not_your_own", "name your own organisation", "只能填报本单位")
}

/// An organisation that does not take part in this role.
pub fn unknown_organisation(pointer: &str) -> Problem {
    Problem::invalid(pointer.to_owned(), "unknown_organisation", "no such organisation", "未找到该单位")
}

/// What is to be corrected was corrected already.
pub fn superseded() -> Problem {
    Problem::new(Kind::WrongState).because("a later record has taken its place", "该记录已被更正")
}
