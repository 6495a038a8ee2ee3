//! HTTP of access.

mod clients;
mod credentials;
mod lines;
mod organisations;
mod people;
mod tokens;

pub use clients::{list_clients, register_client, revoke_client};
pub use credentials::{revoke_credential, roll_credential};
pub use lines::{register_line, reinstate_line, suspend_line};
pub use organisations::{list_organisations, register_organisation, reinstate_organisation, suspend_organisation};
pub use people::{register_person, revoke_person};
pub use tokens::{issue_token, read_keys, sign_in, sign_out};

use crate::platform::{
    answer::Answer,
    auth::{Allowed, Right},
    body::Body,
    db::Tx,
    idempotency::Once,
    problem::Problem,
    state::{Ground, State},
};

/// Makes a change of access, and lets the very next request feel it.
async fn change<R: Right, T: Send + Sync + 'static>(
    state: &State,
    caller: &Allowed<R>,
    once: Once,
    body: Body<T>,
    change: impl Fn(&mut Tx<'_>, &Ground, &T) -> Result<Answer, Problem> + Send + 'static,
) -> Result<Answer, Problem> {
    let answer = state.change(caller, once, body, change).await?;
    refresh(state).await;
    Ok(answer)
}

/// The change stands even when the directory cannot be read now; the next second tries again.
async fn refresh(state: &State) {
    if let Err(problem) = super::refresh(state).await {
        tracing::error!(%problem, "the directory could not be read after a change");
    }
}
