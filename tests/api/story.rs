//! The steps from which stories are told: a vehicle, its acceptance, its test, its repair.

use imfleet::domain::role::Role::{InspectionStation, RepairShop};
use serde_json::{Value, json};

use crate::harness::{Reply, World};

/// A small petrol car that cannot run on a dynamometer, so that double idle is its regular method.
pub fn car() -> Value {
    json!({
        "plate": "陕E·T0001", "plate_kind": "small_car", "vin": "LSVAA4182E2184847", "vehicle_type": "K33",
        "use_nature": "non_operating", "fuel": "A", "gvm_kg": 1750, "registered_on": "2009-06-18",
        "dyno_capable": false, "area": "610502",
    })
}

/// A heavy diesel truck, tested by lug-down.
pub fn truck() -> Value {
    json!({
        "plate": "陕E·T0002", "plate_kind": "large_car", "vin": "LZZ5ELND6KN123456", "vehicle_type": "H11",
        "use_nature": "freight", "fuel": "B", "gvm_kg": 25000, "rated_power_kw": 200, "registered_on": "2012-03-02",
        "area": "610502",
    })
}

/// What a station and a shop do, as one token each.
pub struct Story<'w> {
    /// Where it happens.
    pub world: &'w World,
    /// The station's token.
    pub station: String,
    /// The shop's token.
    pub shop: String,
}

impl<'w> Story<'w> {
    /// Begins.
    pub fn of(world: &'w World) -> Self {
        Self { world, station: world.machine(InspectionStation), shop: world.machine(RepairShop) }
    }

    /// Asks for an acceptance on line 01.
    pub fn accept(&self, vehicle: &Value, nature: &str, method: &str) -> Reply {
        let body = json!({
            "line_code": "01", "kind": "periodic", "nature": nature, "method": method, "vehicle": vehicle,
        });
        self.world.post(&self.station, "/v1/acceptances", &body)
    }

    /// A result of three minutes that has just ended.
    pub fn result(&self, number: &str, acceptance: &str, readings: &Value) -> Value {
        let now = self.world.clock.now();
        json!({
            "station_number": number, "line_code": "01", "acceptance_number": acceptance,
            "started_at": now.minus(chrono::Duration::minutes(3)).to_string(), "ended_at": now.to_string(),
            "odometer_km": 77_010, "readings": readings,
        })
    }

    /// Accepts, tests and posts; answers the recorded inspection.
    pub fn test(&self, vehicle: &Value, nature: &str, number: &str, readings: &Value) -> Value {
        let method = readings["method"].as_str().unwrap();
        let accepted = self.accept(vehicle, nature, method).expect(201);
        self.world.wait(chrono::Duration::minutes(4));
        let result = self.result(number, accepted["acceptance_number"].as_str().unwrap(), readings);
        self.world.post(&self.station, "/v1/inspections", &result).expect(201)
    }

    /// The shop finds the case by plate and VIN tail, claims it, records the repair and closes it out.
    pub fn repair(&self, vehicle: &Value, settlement: &str) -> Value {
        let case = self.find_case(vehicle).expect(200);
        let at = case_path(&case);
        self.world.post(&self.shop, &format!("{at}/claims"), &json!({})).expect(200);
        let repair =
            self.world.post(&self.shop, &format!("{at}/repairs"), &self.record(&case, settlement)).expect(201);
        let id = repair["repair_id"].as_str().unwrap();
        self.world.post(&self.shop, &format!("{at}/repairs/{id}/completions"), &json!({})).expect(200)
    }

    /// The shop looks the vehicle's case up.
    pub fn find_case(&self, vehicle: &Value) -> Reply {
        let vin = vehicle["vin"].as_str().unwrap();
        let query = json!({
            "plate": vehicle["plate"], "plate_kind": vehicle["plate_kind"], "vin_tail": vin[vin.len() - 6..],
        });
        self.world.post(&self.shop, "/v1/cases/look-ups", &query)
    }

    /// A repair record that fits the case.
    pub fn record(&self, case: &Value, settlement: &str) -> Value {
        json!({
            "report_number": case["report_number"], "settlement_number": settlement,
            "received_on": self.world.clock.now().local_day().to_string(), "mileage_km": 77_015,
            "findings": "三元催化器失效", "items": [{ "name": "更换三元催化器", "hours": 1.5 }],
            "parts": [{ "name": "三元催化器", "quantity": 1 }],
        })
    }
}

/// Double idle with this CO at idle; 0.6 is the limit.
pub fn double_idle(co_percent: f64) -> Value {
    json!({
        "method": "double_idle", "idle": { "co_percent": co_percent, "hc_ppm": 64 },
        "high_idle": { "co_percent": 0.21, "hc_ppm": 38, "lambda": 1.01 },
    })
}

/// Lug-down with this k at 100 %; 1.2 is the limit.
pub fn lug_down(k100_per_m: f64) -> Value {
    json!({
        "method": "lug_down", "k100_per_m": k100_per_m, "k80_per_m": 0.9, "nox80_ppm": 1200,
        "max_wheel_power_kw": 95.5,
    })
}

/// The address of a case.
pub fn case_path(case: &Value) -> String {
    format!("/v1/vehicles/{}/cases/{}", case["vehicle_id"].as_str().unwrap(), case["case_id"].as_str().unwrap())
}

/// The address of an inspection.
pub fn inspection_path(inspection: &Value) -> String {
    let (vehicle, id) = (inspection["vehicle_id"].as_str().unwrap(), inspection["inspection_id"].as_str().unwrap());
    format!("/v1/vehicles/{vehicle}/inspections/{id}")
}

/// The codes of a problem's errors.
pub fn codes(problem: &Value) -> Vec<&str> {
    problem["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect()
}
