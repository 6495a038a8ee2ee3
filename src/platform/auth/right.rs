//! Every right: the operation's name, the type that stands in its handler's signature, and the roles that have it.

use crate::domain::role::Role::{
    self, Administrator, EcologyBureau, EnterpriseGate, FleetOperator, HomeAuthority, InspectionStation,
    MarketRegulator, Recycler, RepairShop, TrafficPolice, TransportBureau,
};

/// The right to one operation.
pub trait Right: Send + Sync + 'static {
    /// The operation's name: its function, `operationId` and audit action.
    const OPERATION: &'static str;
    /// The roles that have it.
    const ROLES: &'static [Role];
}

const EVERYBODY: &[Role] = &[
    InspectionStation,
    RepairShop,
    TrafficPolice,
    EcologyBureau,
    TransportBureau,
    MarketRegulator,
    EnterpriseGate,
    Recycler,
    FleetOperator,
    HomeAuthority,
    Administrator,
];
const CHECKERS: &[Role] = &[TrafficPolice, EcologyBureau, EnterpriseGate];
const SUBSCRIBERS: &[Role] =
    &[InspectionStation, RepairShop, TrafficPolice, EcologyBureau, TransportBureau, MarketRegulator, EnterpriseGate];
const OFFICES: &[Role] = &[TrafficPolice, EcologyBureau, TransportBureau, MarketRegulator];
/// Whose devices and officers observe vehicles outside the test lines.
const OBSERVERS: &[Role] = &[EcologyBureau, TrafficPolice];

/// Who look after the journal itself.
const AUDITORS: &[Role] = &[EcologyBureau, MarketRegulator];
/// Whom the data of a station concern: itself, and who supervises it.
const STATION_READERS: &[Role] = &[InspectionStation, EcologyBureau, MarketRegulator];

/// Whom a case of supervision may concern, and the offices that supervise them.
const SUPERVISION_READERS: &[Role] =
    &[InspectionStation, RepairShop, EcologyBureau, TransportBureau, MarketRegulator];

/// The operations that have a meaning in the sandbox; its clients are refused every other.
pub const SANDBOXED: &[&str] = &["check_vehicles"];

/// Of these each kind of rows has its own, as `features::imports::kinds` tells.
const IMPORTERS: &[Role] = &[TrafficPolice, EcologyBureau, TransportBureau, Recycler, FleetOperator];
/// One line for each right; what a role may see of an answer is the action's to decide.
macro_rules! rights {
    ($($operation:literal $right:ident $roles:expr;)+) => {
        $(
            #[doc = concat!("The right to `", $operation, "`.")]
            pub struct $right;
            impl Right for $right {
                const OPERATION: &'static str = $operation;
                const ROLES: &'static [Role] = $roles;
            }
        )+
        /// Every right as the operation's name and its roles.
        pub const ALL: &[(&str, &[Role])] = &[$(($operation, $roles)),+];
    };
}

rights! {
    "register_organisation" RegisterOrganisation &[EcologyBureau, TransportBureau, Administrator];
    "suspend_organisation" SuspendOrganisation &[EcologyBureau, TransportBureau, MarketRegulator, Administrator];
    "reinstate_organisation" ReinstateOrganisation &[EcologyBureau, TransportBureau, MarketRegulator, Administrator];
    "list_organisations" ListOrganisations EVERYBODY;
    "register_line" RegisterLine &[EcologyBureau, Administrator];
    "suspend_line" SuspendLine &[EcologyBureau, MarketRegulator, Administrator];
    "reinstate_line" ReinstateLine &[EcologyBureau, MarketRegulator, Administrator];
    "register_person" RegisterPerson EVERYBODY;
    "revoke_person" RevokePerson EVERYBODY;
    "register_client" RegisterClient EVERYBODY;
    "list_clients" ListClients EVERYBODY;
    "revoke_client" RevokeClient EVERYBODY;
    "roll_credential" RollCredential EVERYBODY;
    "revoke_credential" RevokeCredential EVERYBODY;

    "read_station" ReadStation STATION_READERS;
    "record_asset" RecordAsset STATION_READERS;
    "end_asset" EndAsset STATION_READERS;
    "record_line_check" RecordLineCheck &[InspectionStation];
    "list_line_checks" ListLineChecks STATION_READERS;
    "list_suspensions" ListSuspensions STATION_READERS;
    "lift_suspension" LiftSuspension &[EcologyBureau];

    "open_supervision" OpenSupervision &[EcologyBureau];
    "list_supervisions" ListSupervisions SUPERVISION_READERS;
    "read_supervision" ReadSupervision SUPERVISION_READERS;
    "read_supervision_evidence" ReadSupervisionEvidence SUPERVISION_READERS;
    "review_supervision" ReviewSupervision &[EcologyBureau];
    "ask_explanation" AskExplanation &[EcologyBureau];
    "explain_supervision" ExplainSupervision &[InspectionStation, RepairShop];
    "rule_supervision" RuleSupervision &[EcologyBureau];
    "appeal_supervision" AppealSupervision &[InspectionStation, RepairShop];
    "decide_supervision_appeal" DecideSupervisionAppeal &[EcologyBureau];

    "draw_reinspections" DrawReinspections &[EcologyBureau];
    "list_draws" ListDraws &[EcologyBureau, MarketRegulator];
    "read_draw" ReadDraw &[EcologyBureau, MarketRegulator];
    "read_score" ReadScore SUPERVISION_READERS;
    "list_scores" ListScores &[EcologyBureau, TransportBureau, MarketRegulator];
    "list_score_formulas" ListScoreFormulas EVERYBODY;

    "list_limits" ListLimits EVERYBODY;
    "amend_limit" AmendLimit &[EcologyBureau];
    "list_settings" ListSettings EVERYBODY;
    "amend_setting" AmendSetting &[EcologyBureau];

    "register_vehicle" RegisterVehicle &[EcologyBureau, TrafficPolice];
    "find_vehicle" FindVehicle OFFICES;
    "read_vehicle" ReadVehicle OFFICES;
    "bind_plate" BindPlate &[EcologyBureau, TrafficPolice];
    "correct_vehicle" CorrectVehicle &[EcologyBureau];

    "accept_vehicle" AcceptVehicle &[InspectionStation];
    "read_acceptance" ReadAcceptance &[InspectionStation, EcologyBureau];
    "record_appearance" RecordAppearance &[InspectionStation];
    "start_testing" StartTesting &[InspectionStation];
    "withdraw_acceptance" WithdrawAcceptance &[InspectionStation];
    "exempt_retest" ExemptRetest &[EcologyBureau];

    "record_inspection" RecordInspection &[InspectionStation];
    "record_inspections" RecordInspections &[InspectionStation];
    "judge_readings" JudgeReadings &[InspectionStation, RepairShop, EcologyBureau];
    "list_inspections" ListInspections &[InspectionStation];
    "list_vehicle_inspections" ListVehicleInspections OFFICES;
    "read_findings" ReadFindings &[EcologyBureau, MarketRegulator];
    "list_findings" ListFindings &[EcologyBureau, MarketRegulator, InspectionStation, RepairShop];
    "list_finding_kinds" ListFindingKinds EVERYBODY;
    "read_inspection" ReadInspection &[InspectionStation, TrafficPolice, EcologyBureau, MarketRegulator];
    "read_trace" ReadTrace &[InspectionStation, EcologyBureau, MarketRegulator];
    "rejudge_inspection" RejudgeInspection &[EcologyBureau, MarketRegulator];
    "void_inspection" VoidInspection &[EcologyBureau];
    "correct_inspection" CorrectInspection &[EcologyBureau];
    "confirm_inspection" ConfirmInspection &[EcologyBureau];
    "read_repair_notice" ReadRepairNotice &[InspectionStation, EcologyBureau, TransportBureau];

    "find_case" FindCase &[RepairShop, InspectionStation];
    "list_cases" ListCases &[EcologyBureau, TransportBureau, RepairShop];
    "read_case" ReadCase &[RepairShop, EcologyBureau, TransportBureau, TrafficPolice];
    "read_case_history" ReadCaseHistory &[RepairShop, EcologyBureau, TransportBureau];
    "start_repair" StartRepair &[RepairShop];
    "hand_back_repair" HandBackRepair &[RepairShop];
    "take_over_repair" TakeOverRepair &[RepairShop];
    "rule_case" RuleCase &[EcologyBureau];

    "record_repair" RecordRepair &[RepairShop];
    "complete_repair" CompleteRepair &[RepairShop];
    "recall_repair" RecallRepair &[RepairShop, TransportBureau];
    "read_repair" ReadRepair &[RepairShop, EcologyBureau, TransportBureau];
    "list_repair_messages" ListRepairMessages &[RepairShop, TransportBureau];
    "link_repair_message" LinkRepairMessage &[RepairShop, TransportBureau];

    "record_remote_sensing" RecordRemoteSensing OBSERVERS;
    "record_roadside_check" RecordRoadsideCheck OBSERVERS;
    "record_premises_check" RecordPremisesCheck OBSERVERS;
    "record_smoke" RecordSmoke OBSERVERS;
    "record_remote_obd" RecordRemoteObd OBSERVERS;
    "record_tampering" RecordTampering OBSERVERS;
    "record_observations" RecordObservations OBSERVERS;
    "list_vehicle_observations" ListVehicleObservations OFFICES;
    "read_observation" ReadObservation OFFICES;
    "list_waiting_observations" ListWaitingObservations &[EcologyBureau];
    "review_observation" ReviewObservation &[EcologyBureau];

    "list_tips" ListTips &[EcologyBureau];
    "review_tip" ReviewTip &[EcologyBureau];
    "read_tip_reporter" ReadTipReporter &[EcologyBureau];
    "import_file" ImportFile IMPORTERS;
    "list_imports" ListImports IMPORTERS;
    "read_import" ReadImport IMPORTERS;
    "read_import_errors" ReadImportErrors IMPORTERS;
    "export_register" ExportRegister OFFICES;

    "list_reports" ListReports OFFICES;
    "read_report" ReadReport OFFICES;

    "blacklist_vehicle" BlacklistVehicle &[EcologyBureau];
    "lift_listing" LiftListing &[EcologyBureau];
    "read_listings" ReadListings OFFICES;

    "list_notices" ListNotices &[EcologyBureau];
    "read_notices" ReadNotices OFFICES;
    "send_notice" SendNotice &[EcologyBureau];
    "deliver_notice" DeliverNotice &[EcologyBureau];
    "fail_notice" FailNotice &[EcologyBureau];

    "file_appeal" FileAppeal &[EcologyBureau];
    "list_appeals" ListAppeals &[EcologyBureau];
    "read_appeals" ReadAppeals OFFICES;
    "set_appeal_effect" SetAppealEffect &[EcologyBureau];
    "decide_appeal" DecideAppeal &[EcologyBureau];
    "withdraw_appeal" WithdrawAppeal &[EcologyBureau];

    "open_penalty" OpenPenalty &[EcologyBureau, TrafficPolice];
    "list_penalties" ListPenalties &[EcologyBureau, TrafficPolice];
    "read_penalties" ReadPenalties &[EcologyBureau, TrafficPolice];
    "review_penalty" ReviewPenalty &[EcologyBureau];
    "hand_over_penalty" HandOverPenalty &[EcologyBureau];
    "tell_driver" TellDriver &[TrafficPolice];
    "hear_driver" HearDriver &[TrafficPolice];
    "decide_penalty" DecidePenalty &[TrafficPolice];
    "serve_penalty" ServePenalty &[TrafficPolice];
    "copy_penalty_home" CopyPenaltyHome &[EcologyBureau, TrafficPolice];
    "record_home_answer" RecordHomeAnswer &[EcologyBureau, TrafficPolice];
    "enter_retest_elsewhere" EnterRetestElsewhere &[EcologyBureau, TrafficPolice];
    "verify_retest_elsewhere" VerifyRetestElsewhere &[EcologyBureau];
    "end_penalty" EndPenalty &[EcologyBureau];
    "drop_penalty" DropPenalty &[EcologyBureau, TrafficPolice];

    "refer_matter" ReferMatter &[EcologyBureau];
    "list_referrals" ListReferrals OFFICES;
    "read_referrals" ReadReferrals OFFICES;
    "receive_referral" ReceiveReferral OFFICES;
    "answer_referral" AnswerReferral OFFICES;
    "record_measure" RecordMeasure OFFICES;
    "check_vehicles" CheckVehicles &[TrafficPolice, EcologyBureau, TransportBureau, MarketRegulator, EnterpriseGate];
    "list_check_findings" ListCheckFindings &[EcologyBureau];
    "forecast_target" ForecastTarget OFFICES;

    "list_removals" ListRemovals OFFICES;
    "count_removals" CountRemovals OFFICES;
    "read_removals" ReadRemovals OFFICES;
    "report_removal" ReportRemoval &[EcologyBureau, TrafficPolice];
    "confirm_removal" ConfirmRemoval &[EcologyBureau, TrafficPolice];
    "dismiss_removal" DismissRemoval &[EcologyBureau, TrafficPolice];
    "contact_owner" ContactOwner &[EcologyBureau, TransportBureau, TrafficPolice];

    "register_charging_site" RegisterChargingSite &[EcologyBureau, TransportBureau];
    "close_charging_site" CloseChargingSite &[EcologyBureau, TransportBureau];
    "list_charging_sites" ListChargingSites OFFICES;
    "read_charging_capacity" ReadChargingCapacity OFFICES;

    "assign_tasks" AssignTasks &[EcologyBureau];
    "amend_task" AmendTask &[EcologyBureau];
    "withdraw_task" WithdrawTask &[EcologyBureau];
    "list_tasks" ListTasks OFFICES;
    "read_task" ReadTask OFFICES;
    "enter_progress" EnterProgress OFFICES;
    "review_progress" ReviewProgress &[EcologyBureau];
    "read_task_sheet" ReadTaskSheet OFFICES;
    "list_task_differences" ListTaskDifferences OFFICES;
    "read_changes" ReadChanges CHECKERS;
    "follow_changes" FollowChanges CHECKERS;
    "read_at_once" ReadSnapshot CHECKERS;
    "read_delta" ReadDelta CHECKERS;

    "read_checkpoint" ReadCheckpoint EVERYBODY;
    "list_checkpoints" ListCheckpoints EVERYBODY;
    "prove_consistency" ProveConsistency EVERYBODY;
    "list_entries" ListEntries AUDITORS;
    "prove_entry" ProveEntry AUDITORS;
    "export_journal" ExportJournal AUDITORS;

    "register_webhook" RegisterWebhook SUBSCRIBERS;
    "list_webhooks" ListWebhooks SUBSCRIBERS;
    "end_webhook" EndWebhook SUBSCRIBERS;
    "list_deliveries" ListDeliveries SUBSCRIBERS;
    "replay_deliveries" ReplayDeliveries SUBSCRIBERS;
    "register_zone" RegisterZone &[EcologyBureau, TrafficPolice];
    "list_zones" ListZones EVERYBODY;
    "read_zone" ReadZone EVERYBODY;
    "amend_zone" AmendZone &[EcologyBureau, TrafficPolice];
    "withdraw_zone" WithdrawZone &[EcologyBureau, TrafficPolice];
    "amend_special_day" AmendSpecialDay &[EcologyBureau, TrafficPolice];
    "list_special_days" ListSpecialDays EVERYBODY;
    "amend_measure" AmendMeasure &[EcologyBureau];
    "list_measures" ListMeasures EVERYBODY;
    "grant_zone_exemption" GrantZoneExemption &[EcologyBureau, TrafficPolice];
    "list_zone_exemptions" ListZoneExemptions &[EcologyBureau, TrafficPolice];
    "revoke_zone_exemption" RevokeZoneExemption &[EcologyBureau, TrafficPolice];
    "issue_permit" IssuePermit &[EcologyBureau, TrafficPolice];
    "list_permits" ListPermits &[EcologyBureau, TrafficPolice, TransportBureau];
    "revoke_permit" RevokePermit &[EcologyBureau, TrafficPolice];
    "issue_order" IssueOrder &[EcologyBureau];
    "list_orders" ListOrders EVERYBODY;
    "end_order" EndOrder &[EcologyBureau];
    "review_order" ReviewOrder &[EcologyBureau, TrafficPolice];

    "decide_access" DecideAccess &[TrafficPolice, EcologyBureau, TransportBureau, EnterpriseGate];
    "check_transfer_in" CheckTransferIn &[TrafficPolice, EcologyBureau, InspectionStation];
    "record_gate_passes" RecordGatePasses &[EnterpriseGate];
    "list_gate_passes" ListGatePasses &[EnterpriseGate];
    "record_membership" RecordMembership &[FleetOperator, TransportBureau, EcologyBureau];
    "record_memberships" RecordMemberships &[FleetOperator, TransportBureau, EcologyBureau];
    "read_memberships" ReadMemberships &[FleetOperator, TrafficPolice, TransportBureau, EcologyBureau];
    "end_membership" EndMembership &[FleetOperator, TransportBureau, EcologyBureau];
    "correct_membership" CorrectMembership &[TransportBureau, EcologyBureau];
    "record_movement" RecordMovement &[TrafficPolice, TransportBureau, EcologyBureau];
    "record_movements" RecordMovements &[TrafficPolice, TransportBureau, EcologyBureau];
    "read_movements" ReadMovements &[TrafficPolice, TransportBureau, EcologyBureau];
    "correct_movement" CorrectMovement &[TrafficPolice, EcologyBureau];
    "record_scrappage" RecordScrappage &[Recycler, TrafficPolice, EcologyBureau];
    "record_scrappages" RecordScrappages &[Recycler, TrafficPolice, EcologyBureau];
    "read_scrappages" ReadScrappages &[Recycler, TrafficPolice, TransportBureau, EcologyBureau];
    "record_dismantling" RecordDismantling &[Recycler, TrafficPolice, EcologyBureau];
    "read_fleet_findings" ReadFleetFindings &[TrafficPolice, TransportBureau, EcologyBureau];

    "list_targets" ListTargets EVERYBODY;
    "read_target" ReadTarget EVERYBODY;
    "amend_target" AmendTarget &[EcologyBureau];
    "read_standings" ReadStandings &[FleetOperator, TrafficPolice, TransportBureau, MarketRegulator, EcologyBureau];
    "rank_operators" RankOperators &[TrafficPolice, TransportBureau, EcologyBureau];
    "list_standing_vehicles" ListStandingVehicles &[FleetOperator, TrafficPolice, TransportBureau, EcologyBureau];
}
