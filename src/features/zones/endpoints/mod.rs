//! HTTP of zones and what else restricts traffic.

mod calendar;
mod leave;
mod orders;
mod zones;

pub use calendar::{amend_measure, amend_special_day, list_measures, list_special_days};
pub use leave::{
    grant_zone_exemption, issue_permit, list_permits, list_zone_exemptions, revoke_permit, revoke_zone_exemption,
};
pub use orders::{end_order, issue_order, list_orders};
pub use zones::{amend_zone, list_zones, read_zone, register_zone, withdraw_zone};

use super::{
    store::{self, ControlRow},
    wire::Kept,
};
use crate::{
    domain::zone::{Control, ControlKind},
    platform::{
        answer::Answer,
        auth::{Allowed, Right},
        body::Body,
        db::Tx,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::{Ground, State},
    },
};

/// The size of a body with the polygons and rules of a zone.
const LARGE: usize = crate::platform::body::ONE_TEST;

/// Makes a change, and lets the very next decision feel it.
async fn change<R: Right, T: Send + Sync + 'static, const LIMIT: usize>(
    state: &State,
    caller: &Allowed<R>,
    once: Once,
    body: Body<T, LIMIT>,
    change: impl Fn(&mut Tx<'_>, &Ground, &T) -> Result<Answer, Problem> + Send + 'static,
) -> Result<Answer, Problem> {
    let answer = state.change(caller, once, body, change).await?;
    // The change stands even when the controls cannot be read now; the next second tries again.
    if let Err(problem) = super::refresh(state).await {
        tracing::error!(%problem, "the controls could not be read after a change");
    }
    Ok(answer)
}

/// A page of the newest versions of a kind of control.
async fn page<T>(
    state: &State,
    kind: ControlKind,
    query: &PageQuery,
    out: impl Fn(Control, Kept) -> Option<T>,
) -> Result<Page<T>, Problem> {
    let (size, after) = (query.size()?, query.after::<String>()?);
    let rows = state.db.read(move |conn| Ok(store::page(conn, kind, after.as_deref(), size)?)).await?;
    let page = Page::cut(
        rows,
        size,
        |row| row.key.clone(),
        |row| {
            let ControlRow { body, reason, recorded_at, .. } = row;
            out(body.0, Kept { reason, recorded_at })
        },
    )?;
    Ok(Page { items: page.items.into_iter().flatten().collect(), next: page.next })
}
