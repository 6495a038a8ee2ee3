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
const OFFICES: &[Role] = &[TrafficPolice, EcologyBureau, TransportBureau, MarketRegulator];

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
