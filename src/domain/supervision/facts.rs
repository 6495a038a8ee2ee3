//! The facts of a test and of a repair as findings see them: ids, words, amounts and fingerprints; no names, no plates.

use serde::{Deserialize, Serialize};

use super::{Sketch, Subject, TraceOddity};
use crate::domain::{
    id::Id,
    inspection::{Inspection, InspectionKind, Nature},
    party::{Line, Organisation},
    quantity::Amount,
    repair::Repair,
    standard::{Item, Method, TestFuel, which_methods::Permission},
    time::{Day, Instant},
    vehicle::Vehicle,
    verdict::Verdict,
};

/// What vehicles share that share their software lawfully. Texts as compared: letters and digits alone, upper case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Family {
    /// The maker.
    pub maker: String,
    /// The model.
    pub model: String,
    /// The engine model.
    pub engine: String,
}

/// One reading with an upper limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingFacts {
    /// Which.
    pub item: Item,
    /// As reported.
    pub value: Amount,
    /// What it must not exceed.
    pub limit: Amount,
}

/// A per-second record, boiled down.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceFacts {
    /// Seconds that were sampled, each once.
    pub samples: i64,
    /// What does not add up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oddities: Vec<TraceOddity>,
    /// The fingerprint of the rounded series; none when the series is too still to tell vehicles apart.
    pub print: Option<String>,
    /// What is alike where series are alike; none when too still.
    pub sketch: Option<Sketch>,
    /// The readings that the record itself shows.
    #[serde(skip)]
    pub own: Vec<(Item, Amount)>,
    /// The test of another vehicle that had the same record.
    #[serde(skip)]
    pub repeats: Option<(Id<Vehicle>, Id<Inspection>, Id<Organisation>)>,
}

/// The vehicle's test before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Previous {
    /// Its verdict.
    pub verdict: Verdict,
    /// When it ended.
    pub ended_at: Instant,
    /// The rated power then.
    pub rated_power: Option<Amount>,
}

/// A test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestFacts {
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// The test.
    pub inspection: Id<Inspection>,
    /// The station.
    pub station: Id<Organisation>,
    /// The line.
    pub line: Id<Line>,
    /// What it was for.
    pub kind: InspectionKind,
    /// Which attempt.
    pub nature: Nature,
    /// The method; none when the appearance check ended the test.
    pub method: Option<Method>,
    /// What the law says of the method for this vehicle.
    pub permission: Permission,
    /// Whether the station gave a reason for it.
    pub reasoned: bool,
    /// What the service judged.
    pub verdict: Verdict,
    /// What the station judged.
    pub station_verdict: Option<Verdict>,
    /// When it began.
    pub started_at: Instant,
    /// When it ended.
    pub ended_at: Instant,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// The fingerprint of the driver (引车员).
    pub driver: Option<String>,
    /// The fuel under test.
    pub fuel: TestFuel,
    /// Which vehicles are similar: fuel, mass class, stage and age.
    pub similar: String,
    /// The family.
    pub family: Option<Family>,
    /// The rated power.
    pub rated_power: Option<Amount>,
    /// The pairs of CAL-ID and CVN, `calid/cvn`, without blank ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub software: Vec<String>,
    /// Whether a control unit told no verification number or zeros.
    pub software_blank: bool,
    /// Whether the control unit told another VIN; none when it told none.
    pub ecu_vin_differs: Option<bool>,
    /// The readings that have an upper limit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<ReadingFacts>,
    /// The fingerprint of the VIN.
    pub vin: Option<String>,
    /// The fingerprint of the plate.
    pub plate: Option<String>,
    /// The per-second record.
    pub trace: Option<TraceFacts>,
    /// Whether the line had a passing calibration; none when nothing is known of it.
    pub calibrated: Option<bool>,
    /// Whether a repair stands between this retest and the failing test.
    pub repaired: bool,
    /// The test before.
    #[serde(skip)]
    pub previous: Option<Previous>,
}

/// A repair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairFacts {
    /// The repair.
    pub repair: Id<Repair>,
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// The shop.
    pub shop: Id<Organisation>,
    /// The fingerprint of text, work and parts.
    pub content: String,
    /// The day on which it was settled, or else received.
    pub done_on: Day,
    /// The day of the retest that followed.
    pub retested_on: Option<Day>,
}

impl TestFacts {
    /// The test as a subject.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        Subject {
            organisation: self.station,
            line: Some(self.line),
            person: None,
            vehicle: Some(self.vehicle),
            inspection: Some(self.inspection),
        }
    }

    /// How long it took, seconds.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        self.ended_at.since(self.started_at).num_seconds()
    }

    /// Whether it stands in statistics, and a reading was judged.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.kind.counts() && matches!(self.verdict, Verdict::Pass | Verdict::Fail)
    }
}
