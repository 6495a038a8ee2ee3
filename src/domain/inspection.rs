//! An emission inspection as the closed loop sees it: which kind, which attempt, and what it means for a case.

use serde::{Deserialize, Serialize};

use super::{
    case::{Cause, FailedBy, FailingTest},
    id::Id,
    party::Organisation,
    time::Instant,
    vehicle::Vehicle,
    verdict::Verdict,
    words::words,
};

words! {
    /// What the inspection is for (检验类别).
    pub enum InspectionKind {
        /// The periodic inspection.
        Periodic = "periodic" / "定期检验",
        /// Before a new vehicle is registered.
        NewRegistration = "new_registration" / "注册登记检验",
        /// Before a vehicle from elsewhere is registered here.
        TransferIn = "transfer_in" / "转入检验",
        /// Ordered by the bureau.
        Supervisory = "supervisory" / "监督抽测",
        /// Compares laboratories; counts nowhere.
        Comparison = "comparison" / "实验比对",
        /// A trial run; counts nowhere.
        Trial = "trial" / "试检",
    }

    /// Which attempt it is (检验性质).
    pub enum Nature {
        /// The first test of its period.
        First = "first" / "初检",
        /// After a failed test.
        Retest = "retest" / "复检",
        /// After a failed retest.
        Multiple = "multiple" / "多检",
    }
}

/// A recorded inspection. Nothing edits it; a correction supersedes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// Its id.
    pub id: Id<Inspection>,
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// The station.
    pub station: Id<Organisation>,
    /// The number of its report.
    pub report_number: String,
    /// What it is for.
    pub kind: InspectionKind,
    /// When it ended.
    pub ended_at: Instant,
    /// The odometer, km.
    pub odometer_km: Option<i64>,
    /// What the service judged.
    pub verdict: Verdict,
}

impl InspectionKind {
    /// The case that a failing test of this kind opens; trial runs and comparisons open none.
    #[must_use]
    pub const fn cause(self) -> Option<Cause> {
        match self {
            Self::Periodic => Some(Cause::PeriodicTest),
            Self::NewRegistration => Some(Cause::NewRegistrationTest),
            Self::TransferIn => Some(Cause::TransferInTest),
            Self::Supervisory => Some(Cause::SupervisoryTest),
            Self::Comparison | Self::Trial => None,
        }
    }

    /// Whether it stands in statistics and in the loop.
    #[must_use]
    pub const fn counts(self) -> bool {
        self.cause().is_some()
    }
}

impl Inspection {
    /// The failing test that a repair must name.
    #[must_use]
    pub fn as_failing(&self) -> FailingTest {
        FailingTest {
            evidence: FailedBy::Test { inspection: self.id, station: self.station },
            report_number: self.report_number.clone(),
            ended_at: self.ended_at,
            odometer_km: self.odometer_km,
        }
    }
}
