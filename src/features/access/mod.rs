//! Access: organisations, their lines, people and machine clients, and the tokens of both.
//!
//! To add a role: a word in `domain/role.rs`, its supervisor in `Role::supervises`, its rights in
//! `platform/auth/right.rs`. To add an operation: the function in `actions`, its endpoint here and its right there.
//!
//! Every request looks at the directory in memory beside its token. It is read again at once after a change made
//! here, and every second when another process has made one.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use self::{
    actions::{
        add_client, add_line, add_organisation, add_person, close_session, first_administrator, open_session,
        renew_credential, session, shop_token,
    },
    store::is_registered,
    wire::{ClientIn, IssuedOut, LineIn, OrganisationIn, PersonIn, Session, SignInIn, Visit},
};
use crate::platform::{
    auth::Directory,
    db::{AnyConnection, Tx},
    problem::Problem,
    state::State,
};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::issue_token)
        .service(endpoints::read_keys)
        .service(endpoints::sign_in)
        .service(endpoints::sign_out)
        .service(endpoints::register_organisation)
        .service(endpoints::list_organisations)
        .service(endpoints::suspend_organisation)
        .service(endpoints::reinstate_organisation)
        .service(endpoints::register_line)
        .service(endpoints::suspend_line)
        .service(endpoints::reinstate_line)
        .service(endpoints::register_person)
        .service(endpoints::revoke_person)
        .service(endpoints::register_client)
        .service(endpoints::list_clients)
        .service(endpoints::revoke_client)
        .service(endpoints::roll_credential)
        .service(endpoints::revoke_credential);
}

/// Reads the directory again when it has changed.
///
/// # Errors
/// The database cannot be read.
pub async fn refresh(state: &State) -> Result<(), Problem> {
    state.directory.renew(&state.db, store::directory_mark, store::directory).await
}

/// The directory as it stands, for who does not keep it in memory.
///
/// # Errors
/// The database cannot be read.
pub fn read_directory(conn: &mut AnyConnection) -> Result<Directory, Problem> {
    Ok(store::directory(conn)?)
}

/// Forgets the refresh tokens and sessions whose time has passed.
///
/// # Errors
/// The database cannot be written.
pub fn sweep(tx: &mut Tx<'_>) -> Result<(), Problem> {
    let at = tx.at();
    store::sweep_refresh_tokens(tx.conn(), at)?;
    Ok(store::sweep_sessions(tx.conn(), at)?)
}
