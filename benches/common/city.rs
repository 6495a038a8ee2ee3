//! A city of one station, whose vehicles are accepted and wait for their results; made by the service's own actions.

use futures_util::{StreamExt, stream};
use std::{fs, path::PathBuf};

use actix_web::web;
use chrono::Duration;
use imfleet::{
    app,
    config::{KeysConfig, StoreConfig},
    domain::{
        id::Id,
        party::Organisation,
        role::{Position, Role},
        vehicle::area::AreaCode,
    },
    features::{
        self,
        acceptances::{AcceptanceIn, accept_vehicle},
        access::{ClientIn, LineIn, OrganisationIn, add_client, add_line, add_organisation},
    },
    platform::{
        auth::{Caller, Claims, ISSUER, Purpose},
        clock::Clock,
        db::DatabaseUrl,
        journal::Actor,
        problem::Problem,
        state::{Ground, State},
    },
};
use rand::seq::SliceRandom;
use serde_json::{Value, json};
use uuid::Uuid;

/// A folder that goes when the bench ends.
pub struct Folder(pub PathBuf);

/// The city.
pub struct City {
    /// What handlers reach.
    pub state: web::Data<State>,
    /// The station's machine.
    pub caller: Caller,
    /// The results to come, in no order, every tenth of them failing.
    pub results: Vec<Value>,
}

/// Vehicles that are accepted in one transaction, each on a line of its own: numbers given in the same millisecond
/// are kept apart by the line.
const TOGETHER: usize = 100;

impl Folder {
    /// Makes one.
    pub fn make() -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("bench_{:016x}", rand::random::<u64>()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// Opens the database, made and migrated when it is new.
pub async fn open(url: &DatabaseUrl, folder: &Folder) -> web::Data<State> {
    let keys = KeysConfig { keys: folder.0.join("keys") };
    app::open(
        &StoreConfig { database_url: url.clone(), check_log: Some(folder.0.join("checks")) },
        &keys,
        Clock::system(),
    )
    .await
    .unwrap()
}

impl City {
    /// Registers the station and accepts its vehicles.
    pub async fn found(url: &DatabaseUrl, folder: &Folder, vehicles: usize) -> Self {
        let state = open(url, folder).await;
        let caller = state.db.write("found", Actor::service(), |tx| {
            let station = add_organisation(tx, &station())?.id;
            for index in 0..TOGETHER {
                add_line(tx, station, &LineIn { code: line_of(index), name: format!("line {index}") })?;
            }
            let machine =
                ClientIn { name: "machine".to_owned(), lines: Vec::new(), networks: Vec::new(), sandbox: false };
            Ok(machine_of(station, add_client(tx, station, &machine)?.client_id.uuid()))
        });
        let caller = caller.await.unwrap();
        features::refresh(&state).await.unwrap();
        let mut city = Self { state, caller, results: Vec::new() };
        let accepting = (0..vehicles).step_by(TOGETHER).map(|first| city.accept(first));
        // Few at a time, so that none waits too long for one of PostgreSQL's connections.
        let accepted: Vec<_> = stream::iter(accepting).buffered(4).collect().await;
        for numbers in accepted {
            city.results.extend(numbers.unwrap());
        }
        city.results.shuffle(&mut rand::rng());
        city
    }

    /// The station's ground to stand on.
    pub fn ground(&self) -> Ground {
        self.state.ground(&self.caller)
    }

    /// A token of the station's machine.
    pub fn token(&self) -> String {
        let now = self.state.clock.now().micros() / 1_000_000;
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: Purpose::Access.typ().to_owned(),
            sub: self.caller.id,
            org: self.caller.organisation,
            role: self.caller.role,
            position: self.caller.position,
            lines: Vec::new(),
            networks: Vec::new(),
            sandbox: false,
            iat: now,
            exp: now + 900,
        };
        self.state.keys.sign(Purpose::Access, &claims).unwrap()
    }

    async fn accept(&self, first: usize) -> Result<Vec<Value>, Problem> {
        let ground = self.ground();
        let accept = self.state.db.write("accept_vehicle", self.caller.actor(), move |tx| {
            let accepted = (first..first + TOGETHER).map(|index| {
                let accepted = accept_vehicle(tx, &ground, &acceptance(index))?;
                Ok((index, accepted.acceptance.acceptance_number))
            });
            accepted.collect::<Result<Vec<_>, Problem>>()
        });
        let now = self.state.clock.now();
        let (from, to) = (now.minus(Duration::minutes(3)).to_string(), now.to_string());
        Ok(accept.await?.into_iter().map(|(index, number)| result(index, &number, (&from, &to))).collect())
    }
}

fn machine_of(station: Id<Organisation>, client: Uuid) -> Caller {
    Caller {
        id: client,
        organisation: station.uuid(),
        role: Role::InspectionStation,
        position: Position::Member,
        lines: Vec::new(),
        sandbox: false,
        trace_id: Some("0af7651916cd43dd8448eb211c80319c".to_owned()),
    }
}

fn station() -> OrganisationIn {
    OrganisationIn {
        role: Role::InspectionStation,
        code: "001".to_owned(),
        name: "station 001".to_owned(),
        area: AreaCode::read("610502").unwrap(),
        credit_code: None,
        legal_person: None,
    }
}

fn line_of(index: usize) -> String {
    format!("{:02}", index % TOGETHER)
}

fn acceptance(index: usize) -> AcceptanceIn {
    let letter = "ABCDEFGHJKLMNPQRSTUVWXYZ".chars().nth(index / 10_000).unwrap();
    let told = json!({
        "line_code": line_of(index), "kind": "periodic", "nature": "first", "method": "double_idle",
        "vehicle": {
            "plate": format!("陕E·{letter}{:04}", index % 10_000), "plate_kind": "small_car",
            "vin": format!("LSVAA4182E2{index:06}"), "vehicle_type": "K33", "use_nature": "non_operating",
            "fuel": "A", "gvm_kg": 1750, "registered_on": "2009-06-18", "dyno_capable": false, "area": "610502",
        },
    });
    serde_json::from_value(told).unwrap()
}

fn result(index: usize, acceptance_number: &str, (from, to): (&str, &str)) -> Value {
    let (co, verdict) = if index.is_multiple_of(10) { (0.82, "fail") } else { (0.41, "pass") };
    json!({
        "station_number": format!("20261124{index:06}"), "line_code": line_of(index), "acceptance_number": acceptance_number,
        "started_at": from, "ended_at": to, "odometer_km": 77_010, "station_verdict": verdict,
        "operator": "操作员甲", "driver": "引车员乙", "signatory": "签字人丙", "equipment": ["GA-01", "OBD-01"],
        "ambient": { "temperature_c": 21.5, "humidity_percent": 48, "pressure_kpa": 97.1 },
        "readings": {
            "method": "double_idle", "idle": { "co_percent": co, "hc_ppm": 64 },
            "high_idle": { "co_percent": 0.21, "hc_ppm": 38, "lambda": 1.01 },
        },
    })
}
