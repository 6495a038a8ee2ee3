//! The register of the bench: a million vehicles of synthetic plates, every fifth listed, and the police's client.

use actix_web::rt::System;
use imfleet::{
    domain::{
        blacklist::{Known, Mark},
        listing::ListingReason,
        role::{Position, Role},
        time::Instant,
        vehicle::{area::AreaCode, energy::EnergyKind, plate::PlateKind, stage::Stage, use_nature::UseNature},
    },
    features::access::{ClientIn, OrganisationIn, add_client, add_organisation},
    platform::{
        auth::{Claims, ISSUER, Purpose},
        db::DatabaseUrl,
        journal::Actor,
    },
};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::city::{self, Folder};

const LISTED: &str = "2026-01-01T00:00:00.000000Z";
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The plate of a vehicle.
pub fn plate(number: usize) -> String {
    let letter = |place: usize| char::from(LETTERS[place % LETTERS.len()]);
    format!("陕{}{}{:04}", letter(number / 240_000), letter(number / 10_000), number % 10_000)
}

fn vin(number: usize) -> String {
    format!("LZZ5ELND6KN{number:06}")
}

fn id(number: usize) -> Uuid {
    Uuid::from_u128(0x0198_d000_0000_7000_8000_0000_0000_0000 + number as u128)
}

fn is_listed(number: usize) -> bool {
    number.is_multiple_of(5)
}

/// A vehicle as the index takes it in.
pub fn known(number: usize) -> Known {
    let mark = Mark::new(ListingReason::Roadside, Some(Instant::from_micros(1_767_200_000_000_000)), false);
    Known {
        id: id(number),
        plate: Some((plate(number), PlateKind::LargeCar)),
        vin: Some(vin(number)),
        vehicle_type: Some("H11".to_owned()),
        fuel: Some("B".to_owned()),
        stage: Stage::China5,
        energy: EnergyKind::Ice,
        use_nature: Some(UseNature::Freight),
        marks: if is_listed(number) { vec![mark] } else { Vec::new() },
    }
}

/// Makes the database, and a token of the police.
pub fn found(database: &DatabaseUrl, folder: &Folder, vehicles: usize) -> String {
    let token = System::new().block_on(token(database, folder));
    let DatabaseUrl::Sqlite(path) = database else { panic!("a file") };
    fill(&mut Connection::open(path).unwrap(), vehicles);
    token
}

async fn token(database: &DatabaseUrl, folder: &Folder) -> String {
    let state = city::open(database, folder).await;
    let made = state.db.write("found", Actor::service(), |tx| {
        let police = OrganisationIn {
            role: Role::TrafficPolice,
            code: "001".to_owned(),
            name: "police".to_owned(),
            area: AreaCode::read("610502").unwrap(),
            credit_code: None,
            legal_person: None,
        };
        let police = add_organisation(tx, &police)?.id;
        let camera = ClientIn { name: "camera".to_owned(), lines: Vec::new(), networks: Vec::new(), sandbox: false };
        Ok((police.uuid(), add_client(tx, police, &camera)?.client_id.uuid()))
    });
    let (org, sub) = made.await.unwrap();
    let iat = state.clock.now().micros() / 1_000_000;
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: Purpose::Access.typ().to_owned(),
        sub,
        org,
        role: Role::TrafficPolice,
        position: Position::Member,
        lines: Vec::new(),
        networks: Vec::new(),
        sandbox: false,
        iat,
        exp: iat + 7_200,
    };
    state.keys.sign(Purpose::Access, &claims).unwrap()
}

/// Raw rows, since a million registrations by the API would take a quarter of an hour.
fn fill(conn: &mut Connection, vehicles: usize) {
    conn.execute_batch("PRAGMA synchronous = OFF").unwrap();
    let tx = conn.transaction().unwrap();
    for key in ["checks_per_day_traffic_police", "checks_per_minute_traffic_police"] {
        let without_bound = "INSERT INTO settings VALUES (?1, '2026-01-01', ?2, '0', 'bench', 'bench', '', '', NULL)";
        tx.execute(without_bound, params![key, LISTED]).unwrap();
    }
    {
        let mut vehicle = tx
            .prepare(
                "INSERT INTO vehicles VALUES (?1, 1, ?2, ?3, 'large_car', 'H11', 'freight', 'B', 'ice', 'china_5',
                 '2019-05-01', '610502', ?4, NULL, NULL, ?5, ?5)",
            )
            .unwrap();
        let mut listing = tx
            .prepare(
                "INSERT INTO listings (vehicle_id, id, reason, basis, recorded_at, effective_at, rule)
                 VALUES (?1, ?2, 'roadside', 'bench', ?3, ?3, 'roadside')",
            )
            .unwrap();
        // As long as the facts of a real vehicle.
        let facts = format!("{{\"note\":\"{}\"}}", "x".repeat(640));
        for number in 0..vehicles {
            let id = id(number).to_string();
            vehicle.execute(params![id, vin(number), plate(number), facts, LISTED]).unwrap();
            if is_listed(number) {
                listing.execute(params![id, id, LISTED]).unwrap();
            }
        }
    }
    tx.commit().unwrap();
}
