//! Who takes part: one organisation of every role with a machine client, and a station's two lines.

use std::collections::HashMap;

use imfleet::{
    domain::{
        id::Id,
        party::{Line, Organisation},
        role::Role,
        vehicle::area::AreaCode,
        words::Word,
    },
    features::access::{ClientIn, LineIn, OrganisationIn, add_client, add_line, add_organisation},
    platform::{db::Tx, problem::Problem},
};

/// The cast of a world.
pub struct Cast {
    /// The organisation of each role.
    pub organisations: HashMap<Role, Id<Organisation>>,
    /// The client of each, with its secret.
    pub clients: HashMap<Role, (String, String)>,
    /// The lines 01 and 02 of the station.
    pub lines: [Id<Line>; 2],
}

/// Registers the cast.
pub fn register(tx: &mut Tx<'_>) -> Result<Cast, Problem> {
    let (mut organisations, mut clients) = (HashMap::new(), HashMap::new());
    for role in Role::ALL {
        let organisation = add_organisation(tx, &organisation(*role, "001"))?.id;
        let client = add_client(tx, organisation, &machine())?;
        organisations.insert(*role, organisation);
        clients.insert(*role, (client.client_id.to_string(), client.client_secret.unwrap()));
    }
    let station = organisations[&Role::InspectionStation];
    let lines = [add_line(tx, station, &line("01"))?.id, add_line(tx, station, &line("02"))?.id];
    Ok(Cast { organisations, clients, lines })
}

/// An organisation to be.
pub fn organisation(role: Role, code: &str) -> OrganisationIn {
    OrganisationIn {
        role,
        code: code.to_owned(),
        name: format!("{} {code}", role.zh()),
        area: AreaCode::read("610502").unwrap(),
        credit_code: None,
        legal_person: None,
    }
}

fn machine() -> ClientIn {
    ClientIn { name: "machine".to_owned(), lines: Vec::new(), networks: Vec::new(), sandbox: false }
}

fn line(code: &str) -> LineIn {
    LineIn { code: code.to_owned(), name: format!("line {code}") }
}
