//! Signing in and out. An attempt is counted before the password is looked at, and no answer tells which logins exist.

use super::refreshing;
use crate::{
    domain::{event::Event, id::Id, party::Person},
    features::access::{
        store::{self, Account},
        wire::{SignInIn, SignOutIn, Visit},
    },
    platform::{
        answer::Answer,
        auth::Password,
        db::Tx,
        journal::Actor,
        lockout,
        problem::{Kind, Problem},
        state::State,
    },
};

const FREE_ATTEMPTS: i64 = 5;

/// Signs a person in.
pub async fn sign_in(state: &State, visit: Visit, sent: SignInIn) -> Result<Answer, Problem> {
    let (account, refresh_token) = welcome(state, visit, sent, |tx, person| {
        let family = tx.mint::<()>().uuid();
        refreshing::issue(tx, family, person)
    })
    .await?;
    Answer::ok(&account.token(state, Some(refresh_token))?)
}

/// Lets in whoever knows the password, and gives them what is made for them.
pub(super) async fn welcome<T: Send + 'static>(
    state: &State,
    visit: Visit,
    sent: SignInIn,
    make: impl Fn(&mut Tx<'_>, Id<Person>) -> Result<T, Problem> + Send + 'static,
) -> Result<(Account, T), Problem> {
    let (account, name) = prove(state, &visit, sent).await?;
    let (person, organisation) = (account.person.id, account.person.organisation_id);
    let keep = move |tx: &mut Tx<'_>| {
        lockout::forget(tx, &name)?;
        tx.record(organisation, Event::SignedIn { person });
        make(tx, person)
    };
    let theirs = state.db.write("sign_in", account.actor(visit), keep).await?;
    Ok((account, theirs))
}

/// The account, if login and password fit, with the name under which the attempts are counted.
async fn prove(state: &State, visit: &Visit, sent: SignInIn) -> Result<(Account, String), Problem> {
    state.throttle.check("sign_in", visit.place())?;
    let name = format!("sign-in:{}", sent.login);
    let counted = name.clone();
    let count = move |tx: &mut Tx<'_>| {
        lockout::count(tx, &counted, FREE_ATTEMPTS)?;
        Ok(store::account(tx.conn(), &sent.login)?)
    };
    let account = state.db.write("sign_in", Actor::service(), count).await?;

    let stored = account.as_ref().map(|account| account.person.password_hash.clone());
    let fits = Password::fits(sent.password, stored).await?;

    let Some(account) = account else { return Err(refused()) };
    if fits && account.may_act() {
        return Ok((account, name));
    }
    refuse(state, visit, &account).await?;
    Err(refused())
}

async fn refuse(state: &State, visit: &Visit, account: &Account) -> Result<(), Problem> {
    let (person, organisation) = (account.person.id, account.person.organisation_id);
    let keep = move |tx: &mut Tx<'_>| {
        tx.record(organisation, Event::SignInRefused { person: Some(person) });
        Ok(())
    };
    let actor = Actor { trace_id: visit.trace_id.clone(), ..Actor::service() };
    state.db.write("sign_in", actor, keep).await
}

fn refused() -> Problem {
    Problem::new(Kind::Unauthenticated).because("the login or the password is wrong", "登录名或密码错误")
}

/// Signs a person out: every refresh token of the sign-in ends, whether or not this one still holds.
pub async fn sign_out(state: &State, sent: &SignOutIn) -> Result<Answer, Problem> {
    if let Some((family, hash)) = refreshing::read(&sent.refresh_token) {
        let end = move |tx: &mut Tx<'_>| {
            if store::find_refresh_token(tx.conn(), family, &hash)?.is_some() {
                store::end_family(tx.conn(), family)?;
            }
            Ok(())
        };
        state.db.write("sign_out", Actor::service(), end).await?;
    }
    Ok(Answer::done())
}

impl Account {
    fn actor(&self, visit: Visit) -> Actor {
        Actor {
            id: Some(self.person.id.uuid()),
            organisation: Some(self.person.organisation_id.uuid()),
            role: Some(self.role),
            trace_id: visit.trace_id,
        }
    }
}
