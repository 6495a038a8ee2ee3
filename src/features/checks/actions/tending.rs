//! Work in the background: following the feed, noting what is odd, and sealing and deleting segments of the log.

use chrono::Days;
use serde_json::json;

use crate::{
    domain::{
        check::Segment,
        event::Event,
        id::Id,
        time::{Day, Instant},
    },
    features::checks::store::{self, BLACKLIST, FindingRow},
    platform::{
        accounts::Noticed,
        check_log::{self, Closed},
        db::{Json, Tx},
        journal::Actor,
        problem::Problem,
        state::State,
    },
};

/// Days for which it is remembered how much a client asked.
const USAGE_DAYS: u64 = 31;

/// Follows the feed to its end, and writes down what was odd since the last time.
///
/// # Errors
/// The database cannot be read or written.
pub async fn follow(state: &State) -> Result<(), Problem> {
    state.blacklist.catch_up(&state.db, &BLACKLIST, None).await?;
    let noticed = state.accounts.take_noticed();
    if noticed.is_empty() {
        return Ok(());
    }
    state.db.write("note_check_findings", Actor::service(), move |tx| note(tx, &noticed)).await
}

/// Notes what is odd about the asking of clients.
fn note(tx: &mut Tx<'_>, noticed: &[Noticed]) -> Result<(), Problem> {
    let mut rows = Vec::with_capacity(noticed.len());
    for Noticed { client, organisation, oddity } in noticed {
        let client = Id::from(*client);
        rows.push(FindingRow {
            client_id: client,
            id: tx.mint(),
            organisation_id: (*organisation).into(),
            finding: oddity.kind,
            facts: Json(json!({ "count": oddity.count, "about": oddity.about })),
            found_at: tx.at(),
        });
        tx.record(client, Event::CheckFindingMade { client, finding: oddity.kind });
    }
    store::insert_findings(tx.conn(), &rows)?;
    Ok(())
}

/// Seals what is closed, deletes what is old, and adds up what every client asked.
///
/// # Errors
/// The database or the folder of the log cannot be read or written.
pub async fn tend(state: &State) -> Result<(), Problem> {
    let (now, log) = (state.clock.now(), &state.check_log);
    log.close_if_over(now);
    let folder = log.folder();
    let closed =
        state.db.read(move |_| check_log::closed(&folder).map_err(|error| Problem::unavailable(&error))).await?;
    for closed in closed {
        seal(state, closed).await?;
    }
    let days: u64 = state.lawbook.get().settings.on("check_log_days", now.local_day());
    let first_kept = now.local_day().checked_sub_days(Days::new(days)).unwrap_or(Day::MIN);
    let folder = log.folder();
    let delete = move |_: &mut _| {
        check_log::delete_older_than(&folder, first_kept).map_err(|error| Problem::unavailable(&error))
    };
    let deleted = state.db.read(delete).await?;
    if !deleted.is_empty() {
        state
            .db
            .write("delete_check_log", Actor::service(), move |tx| {
                record_deleted(tx, &deleted);
                Ok(())
            })
            .await?;
    }
    save_usage(state, now).await
}

/// The root goes into the journal; when the process dies before the file has its new name, it is sealed once more.
async fn seal(state: &State, closed: Closed) -> Result<(), Problem> {
    let (name, lines, root) = (closed.name.clone(), closed.lines, closed.root.to_string());
    let record = move |tx: &mut Tx<'_>| {
        let segment: Id<Segment> = tx.mint();
        tx.record(segment, Event::CheckLogSealed { segment, name: name.clone(), lines, root: root.clone() });
        Ok(())
    };
    state.db.write("seal_check_log", Actor::service(), record).await?;
    check_log::mark_sealed(&closed).map_err(|error| Problem::unavailable(&error))
}

fn record_deleted(tx: &mut Tx<'_>, names: &[String]) {
    for name in names {
        let segment: Id<Segment> = tx.mint();
        tx.record(segment, Event::CheckLogDeleted { segment, name: name.clone() });
    }
}

async fn save_usage(state: &State, now: Instant) -> Result<(), Problem> {
    let (unsaved, today) = (state.accounts.take_unsaved(), now.local_day());
    let first_kept = today.checked_sub_days(Days::new(USAGE_DAYS)).unwrap_or(Day::MIN);
    let save = move |tx: &mut Tx<'_>| {
        for (client, day, count) in &unsaved {
            store::add_usage(tx.conn(), (*client).into(), *day, i64::try_from(*count).unwrap_or(i64::MAX))?;
        }
        store::sweep_usage(tx.conn(), first_kept)?;
        Ok(store::usage_on(tx.conn(), today)?)
    };
    let totals = state.db.write("save_check_usage", Actor::service(), save).await?;
    let totals: Vec<_> =
        totals.into_iter().map(|(client, total)| (client.uuid(), u64::try_from(total).unwrap_or_default())).collect();
    state.accounts.reconcile(today, &totals);
    Ok(())
}
