//! Checks: what may be asked how often, what is odd about the asking, and the sandbox that provokes every answer.

pub mod allowance;
pub mod sandbox;
pub mod watch;

use super::words::words;

/// A segment of the check log; the lines themselves live in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {}

words! {
    /// Why a vehicle is checked; needed for what is linked to a person.
    pub enum CheckPurpose {
        /// A check on the road.
        RoadsideCheck = "roadside_check" / "路检路查",
        /// An investigation.
        Investigation = "investigation" / "案件调查",
        /// A penalty is being decided or served.
        Penalty = "penalty" / "行政处罚",
        /// The owner is to be told.
        Notice = "notice" / "告知车主",
        /// Entry at a gate.
        GateEntry = "gate_entry" / "门禁放行",
        /// An appeal is being looked at.
        Appeal = "appeal" / "申诉核查",
    }

    /// Whether the line of an answer stands in the check log.
    pub enum AuditState {
        /// It does.
        Written = "written" / "已留痕",
        /// The log could not be written; the bare status is answered all the same.
        Degraded = "degraded" / "留痕降级",
    }
}
