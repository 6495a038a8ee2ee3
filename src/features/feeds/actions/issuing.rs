//! Issuing copies of the list: the first from the whole, each later one from the changes since.

use std::sync::Arc;

use chrono::Duration;

use super::vehicles_of;
use crate::{
    domain::{
        change::Changed,
        event::Event,
        ledger::Mark,
        snapshot::{Delta, Entry, Head, Record, Rules, Snapshot, kind_number, root_of},
        time::Instant,
        vehicle::plate::PlateKind,
        words::Word,
        zone::ControlKind,
    },
    features::{
        feeds::store::{self, Barring, HeadRow},
        ledger, vehicles, zones,
    },
    platform::{
        auth::{
            Caller, Purpose, Right,
            right::{ReadDelta, ReadSnapshot},
        },
        db::{AnyConnection, Tx},
        feed,
        held::{Held, Issued},
        journal::Actor,
        problem::{Kind, Problem},
        state::State,
    },
};

/// Changes that a delta spans at most; who is further behind reads the whole.
const LONGEST_DELTA: i64 = 20_000;

/// What gates get now: the newest list, with a head that has at least half of its time before it. A number that
/// changed nothing of the list makes no new head.
///
/// # Errors
/// The database or the signing fails.
pub async fn issue(state: &State) -> Result<Arc<Issued>, Problem> {
    let mut held = state.held.lock().await;
    let now = state.clock.now();
    // Taken out: when the reading fails, the next begins from the whole.
    let before = held.take();
    let (held_on, looked) = state.db.read_at_once(move |conn| look(conn, before, now)).await?;
    if let Some(known) = held_on {
        let issued = Arc::clone(&known.issued);
        *held = Some(known);
        return Ok(issued);
    }
    let Some(looked) = looked else { return Err(Problem::internal(&"nothing was read")) };
    let sequence = looked.sequence;
    let issued = Arc::new(sign(state, looked, now)?);
    let row = HeadRow::new(&issued.head, &issued.signed);
    let keep = move |tx: &mut Tx<'_>| Ok(store::insert_head(tx.conn(), &row)?);
    state.db.write("issue_head", Actor::service(), keep).await?;
    *held = Some(Held { issued: Arc::clone(&issued), checked: sequence });
    Ok(issued)
}

fn sign(state: &State, looked: Looked, now: Instant) -> Result<Issued, Problem> {
    let Looked { snapshot, sequence, previous, journal } = looked;
    let hours: i64 = state.lawbook.get().settings.on("snapshot_valid_hours", now.local_day());
    let bytes = snapshot.encode();
    let head = Head {
        sequence,
        previous,
        count: snapshot.count(),
        root: root_of(&bytes),
        issued: now,
        expires: now.plus(Duration::hours(hours)),
        journal,
    };
    let signed = state.keys.sign_document(Purpose::Snapshot, &head)?;
    Ok(Issued::new(head, signed, snapshot, bytes))
}

/// A new list with its number, that of the head before it, and how far the journal's log has come.
struct Looked {
    snapshot: Snapshot,
    sequence: i64,
    previous: i64,
    journal: Option<Mark>,
}

/// What was issued when it still holds; else the list at the newest number, made of the one before with what changed
/// since, or of the whole.
fn look(
    conn: &mut AnyConnection,
    before: Option<Held>,
    now: Instant,
) -> Result<(Option<Held>, Option<Looked>), Problem> {
    let (sequence, last) = (feed::head(conn)?, store::last_head(conn)?);
    let previous =
        last.as_ref().map_or(0, |last| if last.sequence == sequence { last.previous } else { last.sequence });
    let Some(mut known) = before.filter(|held| (0..=LONGEST_DELTA).contains(&(sequence - held.checked))) else {
        let (snapshot, journal) = (whole(conn)?, ledger::last_mark(conn)?);
        return Ok((None, Some(Looked { snapshot, sequence, previous, journal })));
    };
    let delta = delta(conn, known.checked, sequence, &known.issued.snapshot.rules)?;
    let head = &known.issued.head;
    // A head of another process with a later number makes ours look like a step back.
    let newest = last.is_none_or(|last| last.sequence <= head.sequence);
    if delta.is_empty() && newest && head.issued <= now && !head.is_ageing(now) {
        known.checked = sequence;
        return Ok((Some(known), None));
    }
    let snapshot = Arc::unwrap_or_clone(known.issued).snapshot.apply(delta);
    let journal = ledger::last_mark(conn)?;
    Ok((None, Some(Looked { snapshot, sequence, previous, journal })))
}

fn whole(conn: &mut AnyConnection) -> Result<Snapshot, Problem> {
    let record = |(plate, kind, barring): (String, PlateKind, Barring)| {
        Record::new(&plate, kind_number(kind), vec![entry(barring)])
    };
    let records = store::everything(conn)?.into_iter().map(record).collect();
    Ok(Snapshot::new(rules(conn)?, records))
}

fn entry((reason, from, last): Barring) -> Entry {
    Entry::new(reason.word(), from, last)
}

/// The zones with their rules, the table of holidays, the measures and the orders.
fn rules(conn: &mut AnyConnection) -> Result<Rules, Problem> {
    let kinds = [ControlKind::Zone, ControlKind::SpecialDay, ControlKind::Measure, ControlKind::Order];
    Rules::of(zones::recorded(conn, &kinds)?).map_err(|error| Problem::internal(&error))
}

/// What changed between two numbers, by every plate that may have come, gone or moved, and the rules when they are
/// others than before.
fn delta(conn: &mut AnyConnection, from: i64, to: i64, before: &Rules) -> Result<Delta, Problem> {
    let (plates, of_rules) = changed(conn, from, to)?;
    let holders = vehicles::holders_of_plates(conn, &plates)?;
    let standing = store::standing(conn, &holders.values().copied().collect::<Vec<_>>())?;
    let records = plates.iter().map(|(plate, kind)| {
        let found = holders.get(&(plate.clone(), *kind)).and_then(|holder| standing.get(holder));
        let entries = found.map(|found| found.entries.as_slice()).unwrap_or_default();
        let entries = entries.iter().copied().map(entry).collect();
        Record::new(plate, kind_number(*kind), entries)
    });
    let records = records.collect();
    let now = if of_rules { Some(rules(conn)?).filter(|now| now != before) } else { None };
    Ok(Delta::new(from, now, records))
}

/// The plates that changed between two numbers, and whether rules did.
fn changed(conn: &mut AnyConnection, from: i64, to: i64) -> Result<(Vec<(String, PlateKind)>, bool), Problem> {
    let entries = feed::after(conn, from, to - from)?;
    let of_rules = entries.iter().any(|entry| matches!(entry.changed, Changed::Zone | Changed::Order));
    Ok((store::plates_ever(conn, &vehicles_of(&entries))?, of_rules))
}

/// The delta from an older copy to what was issued.
///
/// # Errors
/// The copy is not older but newer (422), or too old (410).
pub async fn delta_to(state: &State, issued: &Arc<Issued>, from: i64) -> Result<Vec<u8>, Problem> {
    let to = issued.head.sequence;
    match to - from {
        behind if behind < 0 => {
            let (en, zh) = (format!("the newest number is {to}"), format!("最新序号为 {to}"));
            Err(Problem::invalid("/from", "ahead", en, zh))
        }
        behind if behind > LONGEST_DELTA => Err(Problem::new(Kind::SnapshotNeeded)),
        _ => {
            // Only which plates changed is read; what stands of them is told as it was issued.
            let (plates, of_rules) = state.db.read(move |conn| changed(conn, from, to)).await?;
            let records = plates.iter().map(|(plate, kind)| issued.snapshot.record_of(plate, kind_number(*kind)));
            let rules = of_rules.then(|| issued.snapshot.rules.clone());
            Ok(Delta::new(from, rules, records.collect()).encode())
        }
    }
}

/// Notes that a client took a copy, or a delta to one.
///
/// # Errors
/// The journal cannot be written.
pub async fn note_download(state: &State, caller: &Caller, sequence: i64, after: Option<i64>) -> Result<(), Problem> {
    let operation = if after.is_some() { ReadDelta::OPERATION } else { ReadSnapshot::OPERATION };
    let home = caller.home();
    let note = move |tx: &mut Tx<'_>| {
        tx.record(home, Event::SnapshotRead { sequence, after });
        Ok(())
    };
    state.db.write(operation, caller.actor(), note).await
}
