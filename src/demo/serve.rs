//! Serving the demo: on loopback alone, with credentials that are made fresh at each start and shown this once.

use std::net::{Ipv4Addr, SocketAddr};

use actix_web::web;

use super::TODAY;
use crate::{
    app,
    domain::{id::Id, party::Organisation, role::Role},
    features::access::{self, IssuedOut},
    platform::{auth::Directory, db::Tx, journal::Actor, problem::Problem, state::State},
};

/// Each role with the name of its shell variable.
const NAMES: [(Role, &str); 11] = [
    (Role::InspectionStation, "STATION"),
    (Role::RepairShop, "SHOP"),
    (Role::TrafficPolice, "POLICE"),
    (Role::EcologyBureau, "BUREAU"),
    (Role::TransportBureau, "TRANSPORT"),
    (Role::MarketRegulator, "REGULATOR"),
    (Role::EnterpriseGate, "GATE"),
    (Role::Recycler, "RECYCLER"),
    (Role::FleetOperator, "FLEET"),
    (Role::HomeAuthority, "HOME_AUTHORITY"),
    (Role::Administrator, "ADMIN"),
];

/// Serves the demo and prints how to reach it, as lines that a shell can read.
///
/// # Errors
/// The port is taken, or the credentials cannot be written.
pub async fn serve(state: web::Data<State>, port: u16) -> Result<(), Problem> {
    let service = app::build(state.clone(), SocketAddr::from((Ipv4Addr::LOCALHOST, port)), None)?;
    // Not before the port is ours: another demo on this database would lose its credentials.
    let credentials = renew_credentials(&state).await?;
    print(service.address, &credentials);
    service.run().await
}

/// Gives one machine of each role a new secret; those of earlier starts do not hold any more.
async fn renew_credentials(state: &State) -> Result<Vec<(&'static str, IssuedOut)>, Problem> {
    let directory = state.directory.get();
    let chosen: Vec<_> =
        NAMES.iter().filter_map(|(role, name)| Some((*name, first_of(&directory, *role)?))).collect();
    let renew = move |tx: &mut Tx<'_>| {
        let issued = chosen.iter().map(|(name, home)| Ok((*name, access::renew_credential(tx, *home)?)));
        issued.collect()
    };
    state.db.write("renew_credential", Actor::service(), renew).await
}

fn first_of(directory: &Directory, role: Role) -> Option<Id<Organisation>> {
    directory.active(role).first().map(|organisation| organisation.id.into())
}

#[expect(clippy::print_stdout, reason = "the lines are for the shell that started the demo")]
fn print(address: SocketAddr, credentials: &[(&str, IssuedOut)]) {
    println!("# imfleet demo: paste these lines into a shell, then those of the README");
    println!("# pages: http://{address}/docs/   contract: http://{address}/openapi.json   stop: Ctrl-C");
    println!("export H=http://{address} TODAY={TODAY}");
    for (name, IssuedOut { client_id, client_secret, .. }) in credentials {
        println!("export {name}={client_id}:{}", client_secret.as_deref().unwrap_or_default());
    }
}
