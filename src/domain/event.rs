//! What can happen. Events carry ids and words, never names, plates or phones, so that the journal can be kept.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    acceptance::{Acceptance, Exemption},
    appeal::{Appeal, AppealState},
    case::{Case, Cause, Ruling},
    charging::ChargingSite,
    check::Segment,
    draw::Draw,
    finding::{FindingKind, FindingState},
    fleet::{FleetOddity, Membership, Movement, MovementKind, Scrappage, Trade},
    id::Id,
    import::{Import, ImportKind},
    inspection::Inspection,
    listing::{LiftedBy, Listing, ListingReason},
    notice::{Notice, NoticeState},
    observation::{Observation, ObservationKind, ObservationResult, ReviewOutcome},
    party::{Client, Credential, Line, Organisation, Person},
    penalty::{Penalty, PenaltyState},
    referral::{Referral, ReferralState},
    removal::{ContactState, RemovalGround},
    repair::Repair,
    role::Role,
    station::{
        Asset, AssetKind,
        line_check::{CheckResult, LineCheckKind},
    },
    supervision::Measured,
    supervision_case::{SupervisionCase, SupervisionState},
    suspension::Suspension,
    task::{Entry, Task},
    time::{Day, Instant},
    tip::{Tip, TipState},
    vehicle::Vehicle,
    verdict::Verdict,
    webhook::Webhook,
    zone::{ControlKind, Outcome},
};

/// An event of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it: who or what, and the ids of everything concerned")]
pub enum Event {
    OrganisationRegistered { organisation: Id<Organisation>, role: Role },
    OrganisationSuspended { organisation: Id<Organisation>, reason: String },
    OrganisationReinstated { organisation: Id<Organisation>, reason: String },
    LineRegistered { line: Id<Line> },
    LineSuspended { line: Id<Line>, reason: String },
    LineReinstated { line: Id<Line>, reason: String },
    PersonRegistered { person: Id<Person> },
    PersonRevoked { person: Id<Person>, reason: String },
    ClientRegistered { client: Id<Client> },
    ClientRevoked { client: Id<Client>, reason: String },
    CredentialIssued { client: Id<Client>, credential: Id<Credential> },
    CredentialRevoked { client: Id<Client>, credential: Id<Credential>, reason: String },
    SignedIn { person: Id<Person> },
    SignInRefused { person: Option<Id<Person>> },
    RefreshTokenReused { person: Id<Person>, family: Uuid },

    LimitAmended { rule: String, version: i64, reason: String },
    SettingAmended { key: String, effective_from: Day, reason: String },

    VehicleRegistered { vehicle: Id<Vehicle> },
    VehicleCorrected { vehicle: Id<Vehicle>, reason: String },
    VehicleDescribed { vehicle: Id<Vehicle> },
    PlateBound { vehicle: Id<Vehicle> },
    VehicleLookedUp { vehicle: Id<Vehicle> },

    VehicleAccepted { acceptance: Id<Acceptance> },
    AppearanceRecorded { acceptance: Id<Acceptance> },
    TestingStarted { acceptance: Id<Acceptance> },
    AcceptanceWithdrawn { acceptance: Id<Acceptance>, reason: String },
    AcceptanceLapsed { acceptance: Id<Acceptance> },
    RetestExempted { exemption: Id<Exemption>, case: Id<Case>, reason: String },

    InspectionRecorded { inspection: Id<Inspection>, verdict: Verdict, report_number: String },
    InspectionVoided { inspection: Id<Inspection>, reason: String },
    InspectionCorrected { inspection: Id<Inspection>, by: Id<Inspection>, reason: String },
    InspectionConfirmed { inspection: Id<Inspection>, reason: String },
    FindingMade { inspection: Id<Inspection>, finding: FindingKind },
    SupervisionFindingMade { finding_id: Id<Measured>, finding: FindingKind },
    FindingAdvanced { finding_id: Id<Measured>, state: FindingState },
    ReadingsJudged { verdict: Verdict },

    CaseOpened { case: Id<Case>, cause: Cause, inspection: Id<Inspection>, deadline_on: Day },
    RepairNoticeIssued { case: Id<Case>, inspection: Id<Inspection>, deadline_on: Day },
    CaseLookedUp { case: Id<Case> },
    RepairStarted { case: Id<Case>, shop: Id<Organisation> },
    RepairHandedBack { case: Id<Case>, shop: Id<Organisation> },
    RepairTakenOver { case: Id<Case>, shop: Id<Organisation> },
    RepairClaimLapsed { case: Id<Case>, shop: Option<Id<Organisation>> },
    RepairRecorded { case: Id<Case>, repair: Id<Repair> },
    RepairCompleted { case: Id<Case>, repair: Id<Repair> },
    RepairRecalled { case: Id<Case>, repair: Id<Repair>, reason: String },
    RepairMessageLinked { case: Id<Case>, repair: Id<Repair> },
    RetestFailed { case: Id<Case>, inspection: Id<Inspection>, round: i64, deadline_on: Day },
    RetestPassed { case: Id<Case>, inspection: Id<Inspection> },
    CaseClosed { case: Id<Case> },
    CaseRuled { case: Id<Case>, ruling: Ruling, reason: String },
    CaseReopened { case: Id<Case>, inspection: Id<Inspection> },

    ObservationRecorded { observation: Id<Observation>, kind: ObservationKind, result: ObservationResult },
    ObservationReviewed { observation: Id<Observation>, outcome: ReviewOutcome, reason: String },
    CaseOpenedByObservation { case: Id<Case>, cause: Cause, observation: Id<Observation>, deadline_on: Day },
    ObservationJoinedCase { case: Id<Case>, observation: Id<Observation>, round: i64, deadline_on: Day },
    RemeasurementPassed { case: Id<Case>, observation: Id<Observation>, cause: Cause },

    TipFiled { tip: Id<Tip> },
    TipReviewed { tip: Id<Tip>, outcome: TipState, reason: String },
    TipReporterRead { tip: Id<Tip>, reason: String },
    TipReportersForgotten { count: i64 },
    ControlRecorded { control: ControlKind, key: String, version: i64, reason: String },
    TransferInChecked { outcome: Outcome },
    GatePassesRecorded { recorded: i64, refused: i64 },
    ImportRequested { import: Id<Import>, kind: ImportKind, dry_run: bool },
    ImportDone { import: Id<Import>, kind: ImportKind, dry_run: bool },
    ImportFailed { import: Id<Import>, kind: ImportKind },
    RegisterExported { kind: ImportKind, with_owners: bool },
    ReportRead { report: String },

    VehicleListed { listing: Id<Listing>, reason: ListingReason, case: Option<Id<Case>> },
    ListingStrengthened { listing: Id<Listing>, case: Option<Id<Case>> },
    ListingLifted { listing: Id<Listing>, by: LiftedBy, case: Option<Id<Case>> },
    ListingTookEffect { listing: Id<Listing>, effective_at: Instant, case: Option<Id<Case>> },
    ListingSuspended { listing: Id<Listing>, case: Option<Id<Case>> },
    ListingResumed { listing: Id<Listing>, case: Option<Id<Case>> },

    NoticeWritten { notice: Id<Notice>, listing: Id<Listing>, number: String },
    NoticeAdvanced { notice: Id<Notice>, listing: Id<Listing>, state: NoticeState },
    AppealAdvanced { appeal: Id<Appeal>, listing: Id<Listing>, state: AppealState },
    AppealEffectSet { appeal: Id<Appeal>, listing: Id<Listing>, suspends: bool, reason: String },
    PenaltyAdvanced { penalty: Id<Penalty>, listing: Id<Listing>, state: PenaltyState },
    RetestElsewhereEntered { penalty: Id<Penalty>, listing: Id<Listing> },
    RetestElsewhereVerified { penalty: Id<Penalty>, listing: Id<Listing> },
    ReferralAdvanced { referral: Id<Referral>, state: ReferralState },
    OwnerChecked { vehicle: Id<Vehicle> },

    CheckLogSealed { segment: Id<Segment>, name: String, lines: u64, root: String },
    CheckLogDeleted { segment: Id<Segment>, name: String },
    JournalErased { from: u64, to: u64 },
    CheckFindingMade { client: Id<Client>, finding: FindingKind },

    RemovalFound { ground: RemovalGround },
    RemovalConfirmed { ground: RemovalGround },
    RemovalDismissed { ground: RemovalGround, reason: String },
    RemovalLeft { ground: RemovalGround },
    OwnerContacted { contact: ContactState },

    ChargingSiteRegistered { site: Id<ChargingSite> },
    ChargingSiteClosed { site: Id<ChargingSite>, on: Day },

    TaskAssigned { task: Id<Task>, target: String },
    TaskAmended { task: Id<Task>, reason: String },
    TaskWithdrawn { task: Id<Task>, reason: String },
    ProgressEntered { task: Id<Task>, entry: Id<Entry> },
    ProgressReviewed { task: Id<Task>, entry: Id<Entry>, accepted: bool },
    SnapshotRead { sequence: i64, after: Option<i64> },
    WebhookRegistered { webhook: Id<Webhook> },
    WebhookEnded { webhook: Id<Webhook>, reason: String },
    DeliveriesReplayed { webhook: Id<Webhook>, count: i64 },

    MembershipRecorded { membership: Id<Membership>, trade: Trade },
    MembershipSuperseded { membership: Id<Membership>, by: Option<Id<Membership>>, reason: String },
    MovementRecorded { movement: Id<Movement>, kind: MovementKind },
    MovementSuperseded { movement: Id<Movement>, by: Option<Id<Movement>>, reason: String },
    VehicleScrapped { scrappage: Id<Scrappage> },
    VehicleDismantled { scrappage: Id<Scrappage> },
    FleetFindingMade { oddity: FleetOddity },
    StationAssetRecorded { asset: Id<Asset>, kind: AssetKind },
    StationAssetEnded { asset: Id<Asset> },
    LineChecked { line: Id<Line>, kind: LineCheckKind, result: CheckResult },
    AcceptancesSuspended { suspension: Id<Suspension>, line: Option<Id<Line>>, from: Instant, until: Instant },
    SuspensionEnded { suspension: Id<Suspension>, reason: String },
    SupervisionAdvanced { case: Id<SupervisionCase>, state: SupervisionState },
    ReinspectionsDrawn { draw: Id<Draw>, size: u64 },
    TargetAmended { target: String, version: i64, reason: String },
}

impl Event {
    /// The case that the event belongs to.
    #[must_use]
    pub const fn case(&self) -> Option<Id<Case>> {
        match self {
            Self::CaseOpened { case, .. }
            | Self::RepairNoticeIssued { case, .. }
            | Self::RetestExempted { case, .. }
            | Self::RepairStarted { case, .. }
            | Self::RepairHandedBack { case, .. }
            | Self::RepairTakenOver { case, .. }
            | Self::RepairClaimLapsed { case, .. }
            | Self::RepairRecorded { case, .. }
            | Self::RepairCompleted { case, .. }
            | Self::RepairRecalled { case, .. }
            | Self::RepairMessageLinked { case, .. }
            | Self::RetestFailed { case, .. }
            | Self::RetestPassed { case, .. }
            | Self::CaseClosed { case }
            | Self::CaseRuled { case, .. }
            | Self::CaseReopened { case, .. }
            | Self::CaseOpenedByObservation { case, .. }
            | Self::ObservationJoinedCase { case, .. }
            | Self::RemeasurementPassed { case, .. } => Some(*case),
            Self::VehicleListed { case, .. }
            | Self::ListingStrengthened { case, .. }
            | Self::ListingLifted { case, .. }
            | Self::ListingTookEffect { case, .. }
            | Self::ListingSuspended { case, .. }
            | Self::ListingResumed { case, .. } => *case,
            _ => None,
        }
    }
}
