//! Webhooks: which events leave the house, who may hear them, and when a message is tried again.

use chrono::Duration;

use super::{
    role::Role,
    time::Instant,
    words::{Word, words},
};

/// A subscription of an organisation; its data live in the table of webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Webhook {}

/// One message to one webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {}

words! {
    /// The events that an organisation can subscribe to; the words are those of the journal.
    pub enum EventKind {
        /// A vehicle came on the list.
        VehicleListed = "vehicle_listed" / "列入黑名单",
        /// A listing was lifted.
        ListingLifted = "listing_lifted" / "移出黑名单",
        /// The notice of a listing was delivered, and the instant of effect is fixed.
        ListingTookEffect = "listing_took_effect" / "黑名单生效时间确定",
        /// An appeal holds a listing off.
        ListingSuspended = "listing_suspended" / "申诉期间暂缓执行",
        /// The listing bars again.
        ListingResumed = "listing_resumed" / "恢复执行",
        /// A notice to an owner waits to be sent: the message to the city's gateway.
        NoticeWritten = "notice_written" / "告知书待发送",
        /// An appeal was filed, decided or withdrawn.
        AppealAdvanced = "appeal_advanced" / "申诉进展",
        /// The penalty procedure of an out-of-town vehicle went on.
        PenaltyAdvanced = "penalty_advanced" / "外地车处罚进展",
        /// A referral to another office went on.
        ReferralAdvanced = "referral_advanced" / "移送进展",
        /// A test was recorded.
        InspectionRecorded = "inspection_recorded" / "检验已记录",
        /// A test was voided.
        InspectionVoided = "inspection_voided" / "检验已作废",
        /// A test was corrected.
        InspectionCorrected = "inspection_corrected" / "检验已更正",
        /// A failed test opened a case.
        CaseOpened = "case_opened" / "案件已建立",
        /// A shop began a repair.
        RepairStarted = "repair_started" / "维修已开始",
        /// A repair is complete.
        RepairCompleted = "repair_completed" / "维修已完成",
        /// A repair was recalled.
        RepairRecalled = "repair_recalled" / "维修已撤回",
        /// A retest failed.
        RetestFailed = "retest_failed" / "复检不合格",
        /// A retest passed.
        RetestPassed = "retest_passed" / "复检合格",
        /// A case is closed.
        CaseClosed = "case_closed" / "案件已闭环",
        /// A case was ruled upon.
        CaseRuled = "case_ruled" / "案件已裁定",
        /// A closed case was opened again.
        CaseReopened = "case_reopened" / "案件已重开",
    }

    /// How far a message has come.
    pub enum DeliveryState {
        /// It waits for its next attempt.
        Waiting = "waiting" / "待发送",
        /// The receiver took it.
        Delivered = "delivered" / "已送达",
        /// It is tried no more until somebody replays it.
        Dead = "dead" / "停止重试",
    }
}

/// Whose events of a kind an organisation hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hears {
    /// Everybody's.
    All,
    /// Those that it made itself.
    Own,
    /// None.
    Nothing,
}

impl EventKind {
    /// The kind of an event as the journal tells it; none of those that never leave the house.
    #[must_use]
    pub fn of(event: &serde_json::Value) -> Option<Self> {
        event.get("event").and_then(|word| Self::parse(word.as_str()?).ok())
    }

    /// Whose events of this kind a role hears.
    #[must_use]
    pub const fn heard_by(self, role: Role) -> Hears {
        let listing = matches!(
            self,
            Self::VehicleListed
                | Self::ListingLifted
                | Self::ListingTookEffect
                | Self::ListingSuspended
                | Self::ListingResumed
        );
        let with_owner = matches!(self, Self::NoticeWritten | Self::AppealAdvanced);
        let with_police = matches!(self, Self::PenaltyAdvanced | Self::ReferralAdvanced);
        let inspection =
            matches!(self, Self::InspectionRecorded | Self::InspectionVoided | Self::InspectionCorrected);
        match role {
            Role::EcologyBureau => Hears::All,
            _ if with_owner => Hears::Nothing,
            Role::TrafficPolice => Hears::All,
            _ if with_police => Hears::Nothing,
            Role::TransportBureau if !listing && !inspection => Hears::All,
            Role::MarketRegulator if inspection => Hears::All,
            Role::EnterpriseGate if listing => Hears::All,
            Role::InspectionStation | Role::RepairShop if !listing => Hears::Own,
            _ => Hears::Nothing,
        }
    }
}

/// Seconds to wait after the first, second, … attempt that failed: about a day and a half in all.
const WAITS_S: [i64; 8] = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 72_000];

/// When a message is tried again after so many attempts; none when they were enough.
#[must_use]
pub fn next_attempt(attempts: i64, at: Instant) -> Option<Instant> {
    let done = usize::try_from(attempts).ok()?.checked_sub(1)?;
    WAITS_S.get(done).map(|seconds| at.plus(Duration::seconds(*seconds)))
}
