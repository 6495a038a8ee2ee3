//! A shop's own quality: of the repairs that it completed, how many were followed by a passing retest.

use crate::{
    domain::{
        case::{Case, Closure, State},
        id::Id,
        party::Organisation,
        repair::{Repair, RepairProgress},
    },
    features::{cases, portal::frame::Frame},
    platform::{db::AnyConnection, problem::Problem},
};

/// So many of the newest repairs count.
const MOST: i64 = 500;

/// The figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quality {
    pub completed: i64,
    pub passed: i64,
    pub failed: i64,
    pub waiting: i64,
    days: i64,
}

pub fn of(conn: &mut AnyConnection, shop: Id<Organisation>) -> Result<Quality, Problem> {
    let mut quality = Quality::default();
    for repair in super::read::completed(conn, shop, MOST)? {
        if let Some(case) = cases::load(conn, repair.vehicle, repair.case)? {
            quality.count(&repair, &case);
        }
    }
    Ok(quality)
}

impl Quality {
    /// A later failing report in the same case means that the retest after this repair failed.
    fn count(&mut self, repair: &Repair, case: &Case) {
        self.completed += 1;
        if let RepairProgress::Completed { at } = repair.progress {
            self.days += (at.local_day() - repair.record.received_on).num_days();
        }
        let closed_by_pass = matches!(&case.state, State::Closed { closure: Closure::Pass { .. }, .. });
        let passed = closed_by_pass || matches!(case.state, State::Retested { .. });
        if !repair.names(&case.failing.report_number) {
            self.failed += 1;
        } else if passed {
            self.passed += 1;
        } else if case.closed_at().is_none() {
            self.waiting += 1;
        }
    }

    /// The share of passed retests, cut and never rounded up; no data before the first.
    pub fn share(&self, frame: &Frame) -> String {
        let tested = self.passed + self.failed;
        if tested == 0 {
            return frame.say("暂无数据", "No data").to_owned();
        }
        let permille = self.passed * 1_000 / tested;
        format!("{}.{} % ({}/{tested})", permille / 10, permille % 10, self.passed)
    }

    /// The mean days in the shop.
    pub fn days(&self, frame: &Frame) -> String {
        if self.completed == 0 {
            return frame.say("暂无数据", "No data").to_owned();
        }
        let tenths = self.days * 10 / self.completed;
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}
