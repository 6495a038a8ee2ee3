//! Reading the work list: a page of it with its vehicles, and what is left counted in several ways.

use std::collections::{BTreeMap, HashMap};

use crate::{
    domain::{
        id::Id,
        removal::RemovalGround,
        time::Day,
        vehicle::{Vehicle, area::AreaCode},
        words::Word,
    },
    features::{
        removals::{
            store::{self, Cell, Kept},
            wire::{RemovalCountOut, RemovalCountsOut, RemovalFilter},
        },
        vehicles,
    },
    platform::{db::AnyConnection, problem::Problem},
};

/// Removals with their vehicles.
type Page = (Vec<Kept>, HashMap<Id<Vehicle>, Vehicle>);

/// A page of the work list, one row more than it holds, with the vehicles.
///
/// # Errors
/// The database fails.
pub fn list_removals(
    conn: &mut AnyConnection,
    filter: &RemovalFilter,
    today: Day,
    after: Option<(Id<Vehicle>, RemovalGround)>,
    size: i64,
) -> Result<Page, Problem> {
    let rows = store::page(conn, filter, today, after, size)?;
    let ids: Vec<_> = rows.iter().map(|kept| kept.removal.vehicle).collect();
    let vehicles = vehicles::load_many(conn, &ids)?;
    Ok((rows, vehicles))
}

/// What is left, counted in several ways.
///
/// # Errors
/// The database fails.
pub fn count_removals(
    conn: &mut AnyConnection,
    filter: &RemovalFilter,
    today: Day,
) -> Result<RemovalCountsOut, Problem> {
    let cells = store::cells(conn, filter, today)?;
    let seen = store::seen_ranges(conn, filter, today)?;
    Ok(RemovalCountsOut {
        computed_on: store::last_done(conn)?,
        count: cells.iter().map(|cell| cell.6).sum(),
        by_area: by(&cells, |cell| (Some(cell.0.clone()), area_name(&cell.0))),
        by_owner_kind: by(&cells, |cell| word(cell.1)),
        by_size: by(&cells, |cell| cell.2.map_or_else(|| (None, "未知".to_owned()), word)),
        by_stage: by(&cells, |cell| word(cell.3)),
        by_contact: by(&cells, |cell| word(cell.4)),
        by_standing: by(&cells, |cell| word(cell.5)),
        by_last_seen: SEEN.iter().zip(seen).map(|(name, count)| seen_out(name, count)).collect(),
    })
}

const SEEN: [(Option<&str>, &str); 5] = [
    (Some("within_30_days"), "30日内"),
    (Some("within_180_days"), "31至180日"),
    (Some("within_365_days"), "181至365日"),
    (Some("earlier"), "一年以上"),
    (None, "无检测记录"),
];

fn seen_out((value, label): &(Option<&str>, &str), count: i64) -> RemovalCountOut {
    RemovalCountOut { value: value.map(str::to_owned), label: (*label).to_owned(), count }
}

fn word<W: Word>(word: W) -> (Option<String>, String) {
    (Some(word.word().to_owned()), word.zh().to_owned())
}

fn area_name(code: &str) -> String {
    let area = AreaCode::read(code).ok();
    area.as_ref().and_then(AreaCode::area).map_or_else(|| code.to_owned(), |area| area.name.clone())
}

/// Sums the cells by one of their members, in the order of its words.
fn by(cells: &[Cell], member: impl Fn(&Cell) -> (Option<String>, String)) -> Vec<RemovalCountOut> {
    let mut sums = BTreeMap::<(Option<String>, String), i64>::new();
    for cell in cells {
        *sums.entry(member(cell)).or_default() += cell.6;
    }
    sums.into_iter().map(|((value, label), count)| RemovalCountOut { value, label, count }).collect()
}
