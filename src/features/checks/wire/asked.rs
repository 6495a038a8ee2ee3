//! What is asked.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::{CheckFaultOut, InTwoLanguages};
use crate::domain::{
    blacklist::{Asked, Wearing},
    check::CheckPurpose,
    vehicle::{
        plate::{Plate, PlateColour, PlateKind},
        vin::Vin,
    },
};

/// Vehicles to be checked.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "checks": [{ "plate": "陕E·A0001", "plate_kind": "small_car" }, { "plate": "陕E·B0002", "plate_colour": "yellow" }],
    "place": "渭清路卡口 3 号"
}))]
pub struct ChecksIn {
    /// The vehicles, at most 1,000; answered in this order.
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_items = 1, max_items = 1000)]
    pub checks: Vec<CheckIn>,
    /// Why; needed with `with_owner`.
    pub purpose: Option<CheckPurpose>,
    /// The number of the case; needed with `with_owner`.
    #[validate(length(min = 2, max = 64))]
    #[schema(min_length = 2, max_length = 64)]
    pub case_number: Option<String>,
    /// Where the vehicles were seen; stands in the check log and nowhere else.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub place: Option<String>,
    /// Whether the owner is answered, masked: for the police, who tell purpose and case number.
    #[serde(default)]
    pub with_owner: bool,
}

/// A vehicle to be checked: its plate, its VIN, or both.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// The plate as read; one that cannot be read is answered with a fault.
    pub plate: Option<String>,
    /// The plate's kind (GA 24.7); the answer is exact with it.
    pub plate_kind: Option<PlateKind>,
    /// The plate's colour, where a camera knows no more.
    pub plate_colour: Option<PlateColour>,
    /// The VIN as read.
    pub vin: Option<String>,
}

/// A question that cannot be read.
pub type Unreadable = CheckFaultOut;

impl CheckIn {
    /// Reads what is asked.
    ///
    /// # Errors
    /// Neither plate nor VIN, or one that cannot be read.
    pub fn read(&self) -> Result<Asked, Unreadable> {
        let plate = self.plate.as_deref().map(Plate::read).transpose();
        let plate = plate.map_err(|error| unreadable("plate", error.to_string(), error.zh()))?;
        let vin = self.vin.as_deref().map(Vin::read).transpose();
        let vin = vin.map_err(|error| unreadable("vin", error.to_string(), error.zh()))?;
        if plate.is_none() && vin.is_none() {
            let detail = InTwoLanguages::new("tell the plate or the VIN", "请填写号牌或车架号");
            return Err(CheckFaultOut { field: "plate", code: "missing", detail });
        }
        let wearing = match (self.plate_kind, self.plate_colour) {
            (Some(kind), _) => Wearing::Kind(kind),
            (None, Some(colour)) => Wearing::Colour(colour),
            (None, None) => Wearing::Anything,
        };
        Ok(Asked { plate: plate.map(|plate| (plate, wearing)), vin })
    }
}

fn unreadable(field: &'static str, en: String, zh: String) -> Unreadable {
    CheckFaultOut { field, code: "unreadable", detail: InTwoLanguages { zh: zh.into(), en: en.into() } }
}
