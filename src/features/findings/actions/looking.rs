//! Looking: each test and each repair is asked in the transaction that records it, and its facts are kept for the night.

use super::noting::note_measured;
use crate::{
    domain::{
        settings::Settings,
        supervision::{Previous, RepairFacts, Rules, TestFacts, of_test},
        time::Instant,
    },
    features::findings::store::{self, KeptFacts},
    platform::{db::Tx, problem::Problem},
};

/// Looks at tests in the order in which they were recorded.
///
/// # Errors
/// The database fails.
pub fn look_at_tests(tx: &mut Tx<'_>, settings: &Settings, mut tests: Vec<TestFacts>) -> Result<(), Problem> {
    let vehicles: Vec<_> = tests.iter().map(|test| test.vehicle).collect();
    let mut before = store::previous(tx.conn(), &vehicles)?;
    let mut found = Vec::new();
    for test in &mut tests {
        let now = Previous { verdict: test.verdict, ended_at: test.ended_at, rated_power: test.rated_power };
        test.previous = before.insert(test.vehicle, now).filter(|before| before.ended_at <= test.started_at);
        if let Some(print) = test.trace.as_ref().and_then(|trace| trace.print.clone()) {
            let first = store::claim_print(tx.conn(), &print, test)?;
            if let Some(trace) = test.trace.as_mut() {
                trace.repeats = first;
            }
        }
        found.extend(of_test(test, &Rules { settings, day: test.ended_at.local_day() }));
    }
    note_measured(tx, found, None)?;
    let on = tx.at().local_day();
    let facts = tests.into_iter().map(|test| KeptFacts::Test(Box::new(test))).collect();
    store::keep_facts(tx.conn(), facts, on)?;
    Ok(())
}

/// Keeps the facts of a repair; the test that followed the failing one, where there was one, is looked for.
///
/// # Errors
/// The database fails.
pub fn look_at_repair(tx: &mut Tx<'_>, repair: RepairFacts, failed_at: Instant) -> Result<(), Problem> {
    let tests = store::tests_of(tx.conn(), repair.vehicle)?;
    let retested = tests.into_iter().filter(|ended| *ended > failed_at).min();
    let repair = RepairFacts { retested_on: retested.map(Instant::local_day), ..repair };
    let on = tx.at().local_day();
    store::keep_facts(tx.conn(), vec![KeptFacts::Repair(repair)], on)?;
    Ok(())
}
