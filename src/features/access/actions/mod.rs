//! Changes of access. The `add_…` functions change without asking who calls: for the first administrator, the demo
//! and tests; the operations ask first.

mod clients;
mod credentials;
mod first;
mod lines;
mod organisations;
mod people;
mod refreshing;
mod sessions;
mod sign_in;
mod tokens;

pub use clients::{add_client, list_clients, register_client, revoke_client};
pub use credentials::{CredentialAt, renew_credential, revoke_credential, roll_credential};
pub use first::first_administrator;
pub use lines::{LineAt, add_line, register_line, reinstate_line, suspend_line};
pub use organisations::{
    add_organisation, list_organisations, register_organisation, reinstate_organisation, suspend_organisation,
};
pub use people::{add_person, register_person, revoke_person};
pub use sessions::{close_session, open_session, session};
pub use sign_in::{sign_in, sign_out};
pub use tokens::{issue_token, shop_token};

use super::store::{self, OrganisationRow};
use crate::{
    domain::{id::Id, party::Organisation, role::StandingError, words::Word},
    platform::{
        auth::Caller,
        db::AnyConnection,
        problem::{Kind, Problem},
    },
};

/// The organisation, for its supervisors.
fn supervised(conn: &mut AnyConnection, caller: &Caller, id: Id<Organisation>) -> Result<OrganisationRow, Problem> {
    let organisation = store::find_organisation(conn, id)?.ok_or_else(Problem::not_found)?;
    if caller.role.supervises(organisation.role) {
        return Ok(organisation);
    }
    Err(Problem::new(Kind::Forbidden)
        .because("your role does not supervise organisations of this kind", "您的角色不负责监管此类单位"))
}

/// The organisation, for its managers and its supervisors.
fn managed(conn: &mut AnyConnection, caller: &Caller, id: Id<Organisation>) -> Result<OrganisationRow, Problem> {
    let organisation = store::find_organisation(conn, id)?.ok_or_else(Problem::not_found)?;
    if !caller.role.supervises(organisation.role) {
        caller.must_manage(id.uuid())?;
    }
    Ok(organisation)
}

/// The organisation, for its managers and the administrator: a supervisor holds no key of whom it supervises.
fn owned(conn: &mut AnyConnection, caller: &Caller, id: Id<Organisation>) -> Result<OrganisationRow, Problem> {
    caller.must_manage(id.uuid())?;
    store::find_organisation(conn, id)?.ok_or_else(Problem::not_found)
}

fn wrong_standing(StandingError(standing): StandingError) -> Problem {
    Problem::new(Kind::WrongState)
        .because(format!("its standing is {standing}"), format!("当前状态为{}", standing.zh()))
        .with("standing", standing.word())
}

/// Somebody else took a step since the standing was read.
fn overtaken(still_so: bool) -> Result<(), Problem> {
    if still_so { Ok(()) } else { Err(Problem::new(Kind::WrongState).retry_after(1)) }
}

fn taken(pointer: &'static str, en: &'static str, zh: &'static str) -> Problem {
    Problem::new(Kind::AlreadyExists).because(en, zh).with("pointer", pointer)
}
