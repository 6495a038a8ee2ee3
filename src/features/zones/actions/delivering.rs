//! The measures and holidays that ship with the program, added once.

use crate::{
    domain::zone::delivered,
    features::zones::store::{self, ControlRow},
    platform::{
        db::{Json, Tx},
        journal::Actor,
        problem::Problem,
        state::State,
    },
};

/// Adds the delivered controls that the database lacks.
///
/// # Errors
/// The database cannot be written.
pub async fn deliver(state: &State) -> Result<(), Problem> {
    let add = move |tx: &mut Tx<'_>| {
        let rows: Vec<ControlRow> = delivered()
            .map(|control| ControlRow {
                control: control.kind(),
                key: control.key(),
                version: 1,
                body: Json(control),
                reason: String::new(),
                recorded_at: tx.at(),
                recorded_by: None,
            })
            .collect();
        Ok(store::insert(tx.conn(), &rows)?)
    };
    let added = state.db.write("deliver_controls", Actor::service(), add).await?;
    if added > 0 {
        tracing::info!(added, "controls delivered");
    }
    Ok(())
}
