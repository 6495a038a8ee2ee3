//! JSON of acceptances.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    domain::{
        acceptance::{Acceptance, AcceptanceState, Exemption},
        case::{Case, Ground},
        id::Id,
        inspection::{InspectionKind, Nature},
        lawbook::{Lawbook, test_subject},
        standard::{LimitClass, LimitRule, Method, TestFuel},
        station::readiness::LineLack,
        time::Instant,
        vehicle::{IdentityFlag, Vehicle},
    },
    features::vehicles::{VehicleIn, VehicleOut},
};

/// A station asks to test a vehicle.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "line_code": "1", "kind": "periodic", "nature": "first", "method": "double_idle",
    "method_reason": "全时四驱，不能上线检测", "fuel_under_test": "petrol",
    "vehicle": {
        "plate": "陕E·A0001", "plate_kind": "small_car", "vin": "LSVAA4182E2184847", "vehicle_type": "K33",
        "use_nature": "non_operating", "fuel": "A", "gvm_kg": 1750, "registered_on": "2015-06-18", "area": "610502"
    }
}))]
pub struct AcceptanceIn {
    /// The test line.
    #[validate(length(min = 1, max = 16))]
    #[schema(min_length = 1, max_length = 16)]
    pub line_code: String,
    /// The vehicle; a known one needs only its plate with kind, or its VIN.
    #[validate(nested)]
    pub vehicle: VehicleIn,
    /// What the test is for (检验类别).
    pub kind: InspectionKind,
    /// Which attempt (检验性质).
    pub nature: Nature,
    /// The method.
    pub method: Method,
    /// Why a weaker method than the regular one (非工况原因).
    #[validate(length(min = 2, max = 200))]
    #[schema(min_length = 2, max_length = 200)]
    pub method_reason: Option<String>,
    /// On which fuel a bi-fuel vehicle is tested.
    pub fuel_under_test: Option<TestFuel>,
}

/// An acceptance.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AcceptanceOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The acceptance.
    #[schema(value_type = uuid::Uuid)]
    pub acceptance_id: Id<Acceptance>,
    /// The number by which a result names the acceptance.
    pub acceptance_number: String,
    /// Where it stands.
    pub state: AcceptanceState,
    /// What the test is for.
    pub kind: InspectionKind,
    /// Which attempt.
    pub nature: Nature,
    /// The method.
    pub method: Method,
    /// What allows the retest, when it is one.
    pub ground: Option<GroundOut>,
    /// When it was accepted.
    pub accepted_at: Instant,
    /// When it lapses without a result.
    pub lapses_at: Instant,
    /// What the line lacks, where the rule of the day flags it: a missing, failed or expired check or certificate.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub line_lacks: Vec<LineLack>,
}

/// An acceptance with everything that the station needs to test.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AcceptedOut {
    /// The acceptance.
    #[serde(flatten)]
    pub acceptance: AcceptanceOut,
    /// What the registry knows of the vehicle.
    pub vehicle: VehicleOut,
    /// What was told and contradicts the registry; for review.
    pub flags: Vec<IdentityFlag>,
    /// The column of limits in force here today.
    pub limit_class: LimitClass,
    /// The rows of law by which the test will be judged.
    pub limits: Vec<LimitRule>,
}

/// What allows a retest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroundOut {
    /// A complete repair.
    Repair,
    /// An exemption by the bureau.
    Exemption,
    /// The bureau's confirmation.
    Confirmation,
}

/// An exemption from the repair before a retest.
#[expect(clippy::struct_field_names, reason = "the names of the JSON")]
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExemptionOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The case.
    #[schema(value_type = uuid::Uuid)]
    pub case_id: Id<Case>,
    /// The exemption.
    #[schema(value_type = uuid::Uuid)]
    pub exemption_id: Id<Exemption>,
}

impl From<Ground> for GroundOut {
    fn from(ground: Ground) -> Self {
        match ground {
            Ground::Repair(_) => Self::Repair,
            Ground::Exemption(_) => Self::Exemption,
            Ground::Confirmation => Self::Confirmation,
        }
    }
}

impl From<&Acceptance> for AcceptanceOut {
    fn from(acceptance: &Acceptance) -> Self {
        Self {
            vehicle_id: acceptance.vehicle,
            acceptance_id: acceptance.id,
            acceptance_number: acceptance.number.clone(),
            state: acceptance.state_name(),
            kind: acceptance.kind,
            nature: acceptance.nature,
            method: acceptance.method,
            ground: acceptance.ground.map(GroundOut::from),
            accepted_at: acceptance.accepted_at,
            lapses_at: acceptance.lapses_at,
            line_lacks: acceptance.line_lacks.clone(),
        }
    }
}

impl AcceptedOut {
    /// What the station gets to know when it is accepted.
    #[must_use]
    pub fn new(
        acceptance: &Acceptance,
        vehicle: Vehicle,
        flags: Vec<IdentityFlag>,
        sent: &AcceptanceIn,
        lawbook: &Lawbook,
    ) -> Self {
        let day = acceptance.accepted_at.local_day();
        let limit_class = lawbook.limit_class(day);
        let subject = test_subject(&vehicle, sent.fuel_under_test);
        let limits = lawbook.limits.rows_for(sent.method, limit_class, day, &subject).into_iter().cloned().collect();
        Self { acceptance: acceptance.into(), vehicle: vehicle.into(), flags, limit_class, limits }
    }
}
