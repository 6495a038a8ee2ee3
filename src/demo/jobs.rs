//! What somebody does in the demo: each job is an action of the service, done as its organisation's machine.

use sha2::{Digest, Sha256};

use crate::{
    domain::{
        case::Case,
        id::Id,
        listing::Listing,
        repair::{Repair, RepairRecord},
        vehicle::Vehicle,
        verdict::Verdict,
    },
    features::{
        acceptances::{AcceptanceIn, accept_vehicle},
        cases::{RulingIn, rule_case, start_repair},
        inspections::{InspectionIn, InspectionOut, record_inspections},
        jtt1132::{Fate, Message, upload_jtt1132_repair},
        listings::{ListingIn, blacklist_vehicle, lift_listing},
        repairs::{complete_repair, record_repair},
        vehicles::{VehicleIn, register_vehicle},
    },
    platform::{db::Tx, problem::Problem, state::Ground},
};

/// A case and its vehicle.
pub type CaseKey = (Id<Vehicle>, Id<Case>);

/// A job.
#[derive(Clone)]
pub enum Job {
    /// The police register a vehicle.
    Register(VehicleIn),
    /// A station accepts one.
    Accept(AcceptanceIn),
    /// It posts the result.
    Test(Box<InspectionIn>),
    /// A shop claims the case.
    Claim(CaseKey),
    /// It records the repair.
    Record(CaseKey, RepairRecord),
    /// It closes the repair out.
    Complete(CaseKey, Id<Repair>),
    /// Its software uploads the whole.
    Upload(Message),
    /// The bureau ends the case.
    Rule(CaseKey, RulingIn),
    /// It lists a vehicle.
    List(Id<Vehicle>, ListingIn),
    /// It lifts that listing.
    Lift((Id<Vehicle>, Id<Listing>), &'static str),
}

/// What came of a job.
pub enum Outcome {
    /// Done, and nothing follows from it.
    Done,
    /// Registered as this vehicle.
    Registered(Id<Vehicle>),
    /// Accepted, under this number.
    Accepted(String),
    /// Tested and judged.
    Tested(Tested),
    /// The shop has the vehicle.
    Claimed,
    /// The repair is recorded.
    Recorded(Id<Repair>),
    /// The repair is complete.
    Repaired,
    /// The message waits for its case.
    Kept,
    /// Listed.
    Listed((Id<Vehicle>, Id<Listing>)),
    /// The service refused it.
    Refused,
}

/// A test as far as something follows from it.
pub struct Tested {
    /// The verdict.
    pub verdict: Verdict,
    /// The report.
    pub report_number: String,
    /// The case that it opened, went on with or closed.
    pub case: Option<CaseKey>,
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
}

impl From<InspectionOut> for Tested {
    fn from(inspection: InspectionOut) -> Self {
        Self {
            verdict: inspection.verdict,
            report_number: inspection.report_number,
            case: inspection.effect.case_id.map(|case| (inspection.vehicle_id, case)),
            vehicle: inspection.vehicle_id,
        }
    }
}

impl Job {
    /// The operation, as the journal names it.
    pub const fn operation(&self) -> &'static str {
        match self {
            Self::Register(_) => "register_vehicle",
            Self::Accept(_) => "accept_vehicle",
            Self::Test(_) => "record_inspections",
            Self::Claim(_) => "start_repair",
            Self::Record(..) => "record_repair",
            Self::Complete(..) => "complete_repair",
            Self::Upload(_) => "upload_jtt1132_repair",
            Self::Rule(..) => "rule_case",
            Self::List(..) => "blacklist_vehicle",
            Self::Lift(..) => "lift_listing",
        }
    }

    fn test(&self) -> Option<InspectionIn> {
        match self {
            Self::Test(sent) => Some((**sent).clone()),
            _ => None,
        }
    }
}

/// Does jobs of one operation in one change; a job that the service refuses leaves nothing behind.
///
/// # Errors
/// The database fails.
pub fn carry_out(tx: &mut Tx<'_>, on: &Ground, jobs: &[Job]) -> Result<Vec<Outcome>, Problem> {
    if let Some(sent) = jobs.iter().map(Job::test).collect::<Option<Vec<_>>>() {
        let results = record_inspections(tx, on, &sent)?.into_iter();
        return results
            .map(|result| settled(result.map(|recorded| Outcome::Tested(recorded.inspection.into()))))
            .collect();
    }
    jobs.iter().map(|job| settled(tx.attempt(|tx| carry_out_one(tx, on, job)))).collect()
}

fn carry_out_one(tx: &mut Tx<'_>, on: &Ground, job: &Job) -> Result<Outcome, Problem> {
    let shop = on.caller.home();
    match job {
        Job::Register(told) => register_vehicle(tx, told).map(|vehicle| Outcome::Registered(vehicle.id)),
        Job::Accept(told) => {
            accept_vehicle(tx, on, told).map(|accepted| Outcome::Accepted(accepted.acceptance.acceptance_number))
        }
        Job::Test(_) => Ok(Outcome::Refused),
        Job::Claim(case) => start_repair(tx, shop, *case).map(|_| Outcome::Claimed),
        Job::Record(case, record) => {
            let hash = Sha256::digest(record.settlement_number.as_bytes()).into();
            record_repair(tx, on, *case, record, &hash).map(|recorded| Outcome::Recorded(recorded.repair.id))
        }
        Job::Complete(case, repair) => complete_repair(tx, shop, *case, *repair).map(|_| Outcome::Repaired),
        Job::Upload(message) => upload_jtt1132_repair(tx, on, message).map(|fate| match fate {
            Fate::Linked => Outcome::Repaired,
            Fate::Kept | Fate::Again => Outcome::Kept,
        }),
        Job::Rule(case, told) => rule_case(tx, *case, told).map(|_| Outcome::Done),
        Job::List(vehicle, told) => blacklist_vehicle(tx, &on.lawbook, *vehicle, told)
            .map(|listing| Outcome::Listed((listing.vehicle, listing.id))),
        Job::Lift(listing, reason) => lift_listing(tx, *listing, reason).map(|_| Outcome::Done),
    }
}

/// A refusal is an outcome; a fault of the service is not.
fn settled(outcome: Result<Outcome, Problem>) -> Result<Outcome, Problem> {
    match outcome {
        Err(problem) if problem.kind().status() < 500 => {
            tracing::debug!(%problem, "refused");
            Ok(Outcome::Refused)
        }
        outcome => outcome,
    }
}
