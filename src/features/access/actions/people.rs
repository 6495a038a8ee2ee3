//! Registering and revoking people.

use super::{managed, overtaken, taken, wrong_standing};
use crate::{
    domain::{
        event::Event,
        id::Id,
        party::{Organisation, Person},
        role::Standing,
    },
    features::access::{
        store::{self, PersonRow, Step},
        wire::{PersonIn, PersonOut, ReasonIn},
    },
    platform::{answer::Answer, db::Tx, problem::Problem, state::Ground},
};

/// Registers a person of an organisation. The hash of the password is made before the transaction begins, because
/// it takes long (`Password::hash`).
///
/// # Errors
/// The login is taken.
pub fn add_person(
    tx: &mut Tx<'_>,
    organisation: Id<Organisation>,
    new: &PersonIn,
    password_hash: &str,
) -> Result<PersonOut, Problem> {
    let row = PersonRow {
        id: tx.mint(),
        organisation_id: organisation,
        login: new.login.clone(),
        name: new.name.clone(),
        password_hash: password_hash.to_owned(),
        position: new.position,
        standing: Standing::Active,
        standing_reason: None,
        registered_at: tx.at(),
        changed_at: tx.at(),
    };

    if !store::insert_person(tx.conn(), &row)? {
        return Err(taken("/login", "this login is taken", "该登录名已被使用"));
    }
    tx.record(organisation, Event::PersonRegistered { person: row.id });
    Ok(row.into())
}

/// Registers a person of an organisation that the caller manages or supervises.
pub fn register_person(
    tx: &mut Tx<'_>,
    ground: &Ground,
    organisation: Id<Organisation>,
    new: &PersonIn,
    password_hash: &str,
) -> Result<Answer, Problem> {
    managed(tx.conn(), &ground.caller, organisation)?;

    let made = add_person(tx, organisation, new, password_hash)?;
    Answer::created(&made, format!("/v1/organisations/{organisation}/people/{}", made.id))
}

/// Revokes a person for good.
pub fn revoke_person(
    tx: &mut Tx<'_>,
    ground: &Ground,
    (organisation, id): (Id<Organisation>, Id<Person>),
    why: &ReasonIn,
) -> Result<Answer, Problem> {
    managed(tx.conn(), &ground.caller, organisation)?;
    let mut person = store::find_person(tx.conn(), organisation, id)?.ok_or_else(Problem::not_found)?;

    let to = person.standing.revoke().map_err(wrong_standing)?;

    let step = Step { from: person.standing, to, reason: &why.reason, at: tx.at() };
    overtaken(store::step_person(tx.conn(), id, &step)?)?;
    tx.record(organisation, Event::PersonRevoked { person: id, reason: why.reason.clone() });
    person.standing = to;
    Answer::ok(&PersonOut::from(person))
}

impl From<PersonRow> for PersonOut {
    fn from(row: PersonRow) -> Self {
        Self {
            id: row.id,
            organisation_id: row.organisation_id,
            login: row.login,
            name: row.name,
            position: row.position,
            standing: row.standing,
            registered_at: row.registered_at,
        }
    }
}
