//! A repair (JT/T 1132.2): what a shop found, did and measured, and the invariants that tie it to a failing test.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::{
    case::{Case, FailingTest},
    id::Id,
    party::Organisation,
    quantity::Amount,
    settings::Settings,
    time::{Day, Instant},
    vehicle::Vehicle,
    words::words,
};

words! {
    /// Where a repair stands.
    pub enum RepairState {
        /// Recorded; the shop may still add to it.
        Recorded = "recorded" / "维修中",
        /// Closed out.
        Completed = "completed" / "已竣工",
        /// Recalled by the shop or the transport bureau.
        Recalled = "recalled" / "已撤回",
    }

    /// What is wrong with a repair record.
    pub enum RepairFault {
        /// Received before the failing test.
        ReceivedBeforeTest = "received_before_test" / "送修日期早于不合格检验日期",
        /// Settled before received.
        SettledBeforeReceived = "settled_before_received" / "结算日期早于送修日期",
        /// A date after today.
        InTheFuture = "in_the_future" / "日期晚于今天",
        /// The odometer ran back.
        MileageBehind = "mileage_behind" / "送修里程小于不合格检验时的里程",
        /// Nothing was done.
        NoItems = "no_items" / "没有维修项目",
        /// The repair names another report.
        OtherReport = "other_report" / "检测报告编号与不合格报告不符",
    }
}

/// A repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Its id.
    pub id: Id<Repair>,
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// The case.
    pub case: Id<Case>,
    /// The shop.
    pub shop: Id<Organisation>,
    /// What the shop recorded.
    pub record: RepairRecord,
    /// Where it stands.
    pub progress: RepairProgress,
}

/// What a shop records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RepairRecord {
    /// The failing report that the repair answers.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub report_number: String,
    /// The shop's settlement list (结算清单编号); unique for the shop.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub settlement_number: String,
    /// When the vehicle was received (送修日期).
    #[schema(value_type = chrono::NaiveDate)]
    pub received_on: Day,
    /// When the repair was settled (结算日期).
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub settled_on: Option<Day>,
    /// The odometer when received, km.
    #[validate(range(min = 0, max = 5_000_000))]
    #[schema(minimum = 0, maximum = 5_000_000)]
    pub mileage_km: Option<i64>,
    /// What the shop found (故障描述).
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub findings: String,
    /// What it did.
    #[validate(length(max = 100), nested)]
    #[schema(max_items = 100)]
    pub items: Vec<RepairItem>,
    /// What it replaced.
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    #[serde(default)]
    pub parts: Vec<RepairPart>,
    /// What its own analyser read afterwards.
    #[validate(length(max = 20), nested)]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub measurements: Vec<ShopMeasurement>,
}

/// Work done (维修项目).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RepairItem {
    /// Which.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// Hours of work (工时).
    pub hours: Option<Amount>,
}

/// A part replaced (配件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RepairPart {
    /// Which.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// How many.
    pub quantity: Option<Amount>,
    /// The part's code.
    #[validate(length(max = 64))]
    #[schema(max_length = 64)]
    pub code: Option<String>,
}

/// A reading of the shop's own analyser; a hint, never a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShopMeasurement {
    /// What was measured, in the words of the standards' items.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub item: String,
    /// The reading in that item's unit.
    pub reading: Amount,
}

/// Where a repair stands, with the facts of that state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RepairProgress {
    /// Recorded.
    Recorded,
    /// Closed out.
    Completed {
        /// When.
        at: Instant,
    },
    /// Recalled.
    Recalled {
        /// Why.
        reason: String,
        /// When.
        at: Instant,
    },
}

/// A step that the state does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a repair that is {0} does not allow this step")]
pub struct RepairError(pub RepairState);

impl RepairRecord {
    /// Everything that does not fit the failing test, each with the field it concerns.
    #[must_use]
    pub fn faults(&self, failing: &FailingTest, settings: &Settings, today: Day) -> Vec<(&'static str, RepairFault)> {
        let tolerance: i64 = settings.on("mileage_tolerance_km", today);
        let behind = |(mileage, odometer): (i64, i64)| mileage.saturating_add(tolerance) < odometer;
        let checks = [
            ("/report_number", RepairFault::OtherReport, self.report_number != failing.report_number),
            ("/received_on", RepairFault::ReceivedBeforeTest, self.received_on < failing.ended_at.local_day()),
            ("/received_on", RepairFault::InTheFuture, self.received_on > today),
            (
                "/settled_on",
                RepairFault::SettledBeforeReceived,
                self.settled_on.is_some_and(|settled| settled < self.received_on),
            ),
            ("/settled_on", RepairFault::InTheFuture, self.settled_on.is_some_and(|settled| settled > today)),
            ("/mileage_km", RepairFault::MileageBehind, self.mileage_km.zip(failing.odometer_km).is_some_and(behind)),
            ("/items", RepairFault::NoItems, self.items.is_empty()),
        ];
        checks.into_iter().filter(|(_, _, broken)| *broken).map(|(field, fault, _)| (field, fault)).collect()
    }
}

impl Repair {
    /// Closes the repair out.
    ///
    /// # Errors
    /// It is closed out or recalled already.
    pub fn complete(mut self, at: Instant) -> Result<Self, RepairError> {
        if self.progress != RepairProgress::Recorded {
            return Err(RepairError(self.state_name()));
        }
        self.record.settled_on.get_or_insert(at.local_day());
        self.progress = RepairProgress::Completed { at };
        Ok(self)
    }

    /// Recalls the repair.
    ///
    /// # Errors
    /// It is recalled already.
    pub fn recall(mut self, reason: String, at: Instant) -> Result<Self, RepairError> {
        if self.is_recalled() {
            return Err(RepairError(self.state_name()));
        }
        self.progress = RepairProgress::Recalled { reason, at };
        Ok(self)
    }

    /// Whether it answers this report.
    #[must_use]
    pub fn names(&self, report_number: &str) -> bool {
        self.record.report_number == report_number
    }

    /// Whether it was closed out by then.
    #[must_use]
    pub fn is_complete_by(&self, then: Instant) -> bool {
        matches!(self.progress, RepairProgress::Completed { at } if at <= then)
    }

    /// Whether it was recalled.
    #[must_use]
    pub const fn is_recalled(&self) -> bool {
        matches!(self.progress, RepairProgress::Recalled { .. })
    }

    /// The name of the state.
    #[must_use]
    pub const fn state_name(&self) -> RepairState {
        match self.progress {
            RepairProgress::Recorded => RepairState::Recorded,
            RepairProgress::Completed { .. } => RepairState::Completed,
            RepairProgress::Recalled { .. } => RepairState::Recalled,
        }
    }
}
