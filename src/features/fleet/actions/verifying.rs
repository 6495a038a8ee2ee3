//! Verifying: the books counted again from the movements, and compared with the rollups and the entries.

use crate::{
    domain::{
        fleet::{Build, Entry, History, Posting, entries, settle},
        id::Id,
        vehicle::Vehicle,
    },
    features::{fleet::store, vehicles},
    platform::{db::AnyConnection, problem::Problem},
};

/// Vehicles that are counted with one round of queries.
const AT_ONCE: i64 = 500;

/// Something that the recount finds otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The entries of a vehicle are not those of its history.
    Entries(Id<Vehicle>),
    /// A row of the rollups: which, what it says, what the recount says.
    Rollup(String, String, String),
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Entries(vehicle) => write!(f, "vehicle {vehicle}: its entries are not those of its history"),
            Self::Rollup(row, told, counted) => {
                write!(f, "{row}: the rollup says {told}, the movements say {counted}")
            }
        }
    }
}

/// Counts everything again from the movements, as of one moment, and tells every difference.
///
/// # Errors
/// The database cannot be read.
pub fn verify(conn: &mut AnyConnection) -> Result<Vec<Difference>, Problem> {
    let mut differences = Vec::new();
    let mut counted = store::rollups::tally(&[]);
    let mut last = None;
    loop {
        let ids = store::movements::next_vehicles(conn, last, AT_ONCE)?;
        let Some(end) = ids.last() else { break };
        last = Some(*end);
        for (vehicle, wanted, standing) in recount(conn, &ids)? {
            let settlement = settle(&standing, &wanted);
            if !settlement.closed.is_empty() || !settlement.opened.is_empty() {
                differences.push(Difference::Entries(vehicle));
            }
            let postings: Vec<Posting> = wanted.iter().flat_map(Entry::postings).collect();
            for posting in &postings {
                counted.add(posting);
            }
        }
    }
    let (counted, told) = (counted.trimmed(), store::rollups::all(conn)?);
    differences.extend(compare(&told.additions, &counted.additions));
    differences.extend(compare(&told.stock, &counted.stock));
    Ok(differences)
}

type Counted = (Id<Vehicle>, Vec<Entry>, Vec<Entry>);

/// The entries of some vehicles, as their movements ask for them and as they stand.
fn recount(conn: &mut AnyConnection, ids: &[Id<Vehicle>]) -> Result<Vec<Counted>, Problem> {
    let movements = store::movements::standing_of(conn, ids)?;
    let memberships = store::memberships::standing_of(conn, ids)?;
    let standing = store::entries::standing(conn, ids)?;
    let known = vehicles::load_many(conn, ids)?;
    let counted = ids.iter().filter_map(|id| known.get(id)).map(|vehicle| {
        let own = movements.iter().filter(|(of, _)| *of == vehicle.id).map(|(_, kept)| kept.fact.clone());
        let trades = memberships.iter().filter(|(of, _)| *of == vehicle.id).map(|(_, kept)| kept.fact.clone());
        let history = History::new(own.collect(), trades.collect());
        let standing =
            standing.iter().filter(|row| row.vehicle_id == vehicle.id).map(store::entries::EntryRow::entry);
        (vehicle.id, entries(&history, Build::of(vehicle)), standing.collect())
    });
    Ok(counted.collect())
}

fn compare<Key: Ord + std::fmt::Debug, Count: PartialEq + std::fmt::Debug>(
    told: &std::collections::BTreeMap<Key, Count>,
    counted: &std::collections::BTreeMap<Key, Count>,
) -> Vec<Difference> {
    let keys: std::collections::BTreeSet<&Key> = told.keys().chain(counted.keys()).collect();
    let differs = keys.into_iter().filter(|key| told.get(*key) != counted.get(*key));
    let say = |count: Option<&Count>| count.map_or_else(|| "nothing".to_owned(), |count| format!("{count:?}"));
    differs.map(|key| Difference::Rollup(format!("{key:?}"), say(told.get(key)), say(counted.get(key)))).collect()
}
