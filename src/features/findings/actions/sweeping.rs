//! The nightly sweep: each day that is over is looked at once and leaves its counts; then the counts of the window are
//! looked at together. A sweep that was cut off goes on with the next day, in whichever process, and no test is read twice.

use std::sync::Arc;

use super::noting::note_measured;
use crate::{
    domain::{
        finding::Standing,
        lawbook::Lawbook,
        supervision::{Measured, Rules, of_day, of_window},
        time::Day,
    },
    features::findings::store::{self, Left},
    platform::{
        db::{AnyConnection, Db, Tx},
        journal::Actor,
        problem::Problem,
    },
    statistics::chances::Figures,
};

/// Days of one tick, after which the other deadlines have their turn.
const DAYS_A_TICK: usize = 200;

/// What was found, with the days between which it was looked for, and what is left of it.
struct Swept {
    found: Vec<Measured>,
    window: Option<(Day, Day)>,
    left: Left,
}

/// Sweeps the days that are over, then the window, once on each legal day.
///
/// # Errors
/// The database fails; what is done stays done.
pub async fn sweep(db: &Db, lawbook: Arc<Lawbook>, today: Day) -> Result<(), Problem> {
    for _ in 0..DAYS_A_TICK {
        let book = Arc::clone(&lawbook);
        let Some(swept) = db.read(move |conn| look(conn, &book, today)).await? else { return Ok(()) };
        let keep = move |tx: &mut Tx<'_>| {
            let at = tx.at();
            if store::keep_day(tx.conn(), &swept.left, at)? {
                note_measured(tx, swept.found.clone(), swept.window)?;
            }
            Ok(())
        };
        db.write("sweep_findings", Actor::service(), keep).await?;
    }
    Ok(())
}

/// Looks at the next day, or at the window; none when today's sweep is done.
fn look(conn: &mut AnyConnection, lawbook: &Lawbook, today: Day) -> Result<Option<Swept>, Problem> {
    let settings = &lawbook.settings;
    if let Some(day) = store::next_day(conn, today)? {
        let (tests, repairs) = store::facts_of_day(conn, day)?;
        let (found, fold) = of_day(&tests, &repairs, &Rules { settings, day });
        let counted = i64::try_from(tests.len() + repairs.len()).unwrap_or(i64::MAX);
        let found = standing(found);
        return Ok(Some(Swept { found, window: Some((day, day)), left: Left { day, counted, fold: Some(fold) } }));
    }
    if store::is_done(conn, today)? {
        return Ok(None);
    }
    let rules = Rules { settings, day: today };
    let days = u64::try_from(rules.number("finding_window_days")).unwrap_or_default();
    let (fold, first) = store::fold_of_window(conn, today, days)?;
    let found = standing(of_window(&fold, &rules, &Figures));
    let counted = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let window = Some((first, today.pred_opt().unwrap_or(today)));
    Ok(Some(Swept { found, window, left: Left { day: today, counted, fold: None } }))
}

fn standing(measured: Vec<Measured>) -> Vec<Measured> {
    measured.into_iter().filter(|measured| measured.standing == Standing::Found).collect()
}
