//! The first administrator, registered by whoever runs the installation.

use validator::Validate;

use super::{add_organisation, add_person};
use crate::{
    domain::{
        role::{Position, Role},
        vehicle::area::areas,
    },
    features::access::{
        store,
        wire::{OrganisationIn, PersonIn},
    },
    platform::{
        auth::Password,
        body::faults,
        clock::Clock,
        db::{self, DatabaseUrl, Db, Tx},
        journal::Actor,
        problem::{Kind, Problem},
    },
};

/// Migrates the database and registers the first administrator.
///
/// # Errors
/// There is one already, the login or password does not hold, or the database cannot be written.
pub async fn first_administrator(url: &DatabaseUrl, login: String, password: String) -> Result<(), Problem> {
    let city = areas().first().ok_or_else(|| Problem::internal(&"no areas"))?;
    let organisation = OrganisationIn {
        role: Role::Administrator,
        code: "administrator".to_owned(),
        name: "系统管理".to_owned(),
        area: city.code.clone(),
        credit_code: None,
        legal_person: None,
    };
    let person = PersonIn { name: login.clone(), login, position: Position::Manager, password };
    person.validate().map_err(|errors| Problem::new(Kind::Invalid).with_errors(faults(&errors)))?;

    db::migrate(url)?;
    let db = Db::open(url, Clock::system())?;
    let hash = Password::hash_aside(person.password.clone()).await?;
    let register = move |tx: &mut Tx<'_>| {
        if store::any_of_role(tx.conn(), Role::Administrator)? {
            return Err(
                Problem::new(Kind::AlreadyExists).because("there is an administrator already", "已有系统管理员")
            );
        }
        let home = add_organisation(tx, &organisation)?.id;
        add_person(tx, home, &person, &hash).map(drop)
    };
    db.write("first_administrator", Actor::service(), register).await
}
