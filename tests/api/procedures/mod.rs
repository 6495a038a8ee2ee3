//! The procedures around a listing: notices, appeals, the owner's check, penalties, referrals.

mod appeals;
mod notices;
mod owners;
mod penalties;
mod referrals;

use imfleet::domain::role::Role::EcologyBureau;
use serde_json::{Value, json};

use crate::harness::World;

/// A small car of this city, with an owner.
pub fn local_car() -> Value {
    vehicle("陕E·T0001", "LSVAA4182E2184847")
}

/// The same car from out of town.
pub fn foreign_car() -> Value {
    vehicle("晋M·T0001", "LSVAA4182E2184848")
}

fn vehicle(plate: &str, vin: &str) -> Value {
    json!({
        "plate": plate, "plate_kind": "small_car", "vin": vin, "vehicle_type": "K33", "use_nature": "non_operating",
        "fuel": "A", "gvm_kg": 1750, "registered_on": "2009-06-18", "area": "610502",
        "owner": { "name": "测试车主", "phone": "13900001111" },
    })
}

/// A listed vehicle, its listing and its notice.
pub struct Listed<'w> {
    pub world: &'w World,
    pub bureau: String,
    pub home: String,
    pub listing: Value,
    pub notice: Value,
}

impl<'w> Listed<'w> {
    /// Registers a vehicle and lists it by a decision.
    pub fn of(world: &'w World, vehicle: &Value) -> Self {
        let bureau = world.machine(EcologyBureau);
        let registered = world.post(&bureau, "/v1/vehicles", vehicle).expect(201);
        let home = format!("/v1/vehicles/{}", registered["vehicle_id"].as_str().unwrap());
        let basis = json!({ "basis": "路检路查排放超标，见执法文书" });
        let listing = world.post(&bureau, &format!("{home}/listings"), &basis).expect(201);
        let notice = world.get(&bureau, &format!("{home}/notices")).expect(200)["items"][0].clone();
        Self { world, bureau, home, listing, notice }
    }

    /// The listing as it stands.
    pub fn listing_now(&self) -> Value {
        let bureau = self.world.machine(EcologyBureau);
        self.world.get(&bureau, &format!("{}/listings", self.home)).expect(200)["items"][0].clone()
    }

    /// The address of a step of the notice.
    pub fn notice_path(&self, step: &str) -> String {
        format!("{}/notices/{}/{step}", self.home, self.notice["notice_id"].as_str().unwrap())
    }
}

/// Gives a setting a value from today on.
pub fn amend(world: &World, key: &str, value: &str) {
    let body = json!({ "value": value, "effective_from": "2026-08-22", "source": "test" });
    world.post(&world.manager(EcologyBureau), &format!("/v1/settings/{key}/values"), &body).expect(201);
}

/// The states of the steps of a procedure.
pub fn states(procedure: &Value) -> Vec<&str> {
    procedure["steps"].as_array().unwrap().iter().map(|step| step["state"].as_str().unwrap()).collect()
}

/// An exhibit.
pub fn exhibits() -> Value {
    json!([{ "name": "现场照片", "reference": "photo/2026/08/0001.jpg" }])
}

/// The pointers of a problem's errors.
pub fn pointers(problem: &Value) -> Vec<&str> {
    problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect()
}
