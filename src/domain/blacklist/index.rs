//! The index: records in one vector, found through tables of record numbers by plate and by VIN.

use std::collections::{BTreeMap, HashMap};

use hashbrown::HashTable;
use uuid::Uuid;

use super::{
    Asked, Found, Known, Wearing,
    key::{pack_plate, pack_vin},
    record::{Mark, Record, hash_plate, hash_vin},
};

/// The number of a record.
type Place = u32;

/// Every known vehicle by plate and by VIN, with what bars it.
#[derive(Debug, Default)]
pub struct Index {
    records: Vec<Record>,
    /// So many records at the beginning stand in the order of their ids.
    ordered: usize,
    /// Where the others are.
    later: BTreeMap<Uuid, Place>,
    by_plate: HashTable<Place>,
    by_vin: HashTable<Place>,
    marks: HashMap<Place, Marks>,
    /// Plates and VINs that do not fit into a record.
    odd: BTreeMap<Place, Odd>,
    odd_plates: BTreeMap<String, Vec<Place>>,
    odd_vins: BTreeMap<String, Vec<Place>>,
}

/// Most listed vehicles have one reason.
#[derive(Debug)]
enum Marks {
    One(Mark),
    Many(Box<[Mark]>),
}

#[derive(Debug, Default)]
struct Odd {
    plate: Option<String>,
    vin: Option<String>,
}

impl Index {
    /// An empty index with room for so many vehicles.
    #[must_use]
    pub fn with_room(vehicles: usize) -> Self {
        Self {
            records: Vec::with_capacity(vehicles),
            by_plate: HashTable::with_capacity(vehicles),
            by_vin: HashTable::with_capacity(vehicles),
            ..Self::default()
        }
    }

    /// How many vehicles were ever taken in.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether no vehicle is known.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// How many vehicles have a listing that nothing has lifted.
    #[must_use]
    pub fn marked(&self) -> usize {
        self.marks.len()
    }

    /// Takes a vehicle in as it stands now, in place of what was known of it.
    pub fn put(&mut self, known: &Known) {
        let place = self.place_for(known.id);
        self.forget(place);
        self.set(place, Record::of(known));
        self.enter(place, known);
        match known.marks.as_slice() {
            [] => {}
            [one] => drop(self.marks.insert(place, Marks::One(*one))),
            many => drop(self.marks.insert(place, Marks::Many(many.into()))),
        }
    }

    /// Forgets a vehicle.
    pub fn remove(&mut self, id: Uuid) {
        if let Some(place) = self.place_of(id) {
            self.forget(place);
            self.set(place, Record::blank(id));
        }
    }

    /// Every vehicle that may be the one asked for, in no order.
    #[must_use]
    pub fn find(&self, asked: &Asked) -> Vec<Found> {
        let mut places = Vec::new();
        if let Some((plate, wearing)) = &asked.plate {
            self.wearers(plate.as_str(), *wearing, &mut places);
        }
        if let Some(vin) = &asked.vin {
            self.bearers(vin.as_str(), &mut places);
        }
        places.sort_unstable();
        places.dedup();
        places.into_iter().filter_map(|place| self.found(place)).collect()
    }

    /// A vehicle by its id.
    #[must_use]
    pub fn vehicle(&self, id: Uuid) -> Option<Found> {
        self.place_of(id).and_then(|place| self.found(place))
    }

    fn wearers(&self, text: &str, wearing: Wearing, places: &mut Vec<Place>) {
        let fits =
            |place: &Place| self.record(*place).and_then(Record::plate_kind).is_some_and(|kind| wearing.may_be(kind));
        if let Some(packed) = pack_plate(text) {
            let same = self.by_plate.iter_hash(hash_plate(packed)).copied();
            let same = same.filter(|place| self.record(*place).and_then(Record::plate) == Some(packed));
            places.extend(same.filter(fits));
        } else if let Some(odd) = self.odd_plates.get(text) {
            places.extend(odd.iter().copied().filter(fits));
        }
    }

    fn bearers(&self, text: &str, places: &mut Vec<Place>) {
        if let Some(packed) = pack_vin(text) {
            let same = self.by_vin.iter_hash(hash_vin(packed)).copied();
            places.extend(same.filter(|place| self.record(*place).and_then(Record::vin) == Some(packed)));
        } else if let Some(odd) = self.odd_vins.get(text) {
            places.extend(odd);
        }
    }

    fn found(&self, place: Place) -> Option<Found> {
        let record = self.record(place)?;
        let marks = self.marks.get(&place).filter(|_| record.is_marked);
        let marks = match marks {
            None => Vec::new(),
            Some(Marks::One(one)) => vec![*one],
            Some(Marks::Many(many)) => many.to_vec(),
        };
        Some(Found { id: record.id, plate_kind: record.plate_kind(), facts: record.facts, marks })
    }

    fn record(&self, place: Place) -> Option<&Record> {
        self.records.get(usize::try_from(place).ok()?)
    }

    fn set(&mut self, place: Place, record: Record) {
        let slot = usize::try_from(place).ok().and_then(|place| self.records.get_mut(place));
        if let Some(slot) = slot {
            *slot = record;
        }
    }

    fn place_of(&self, id: Uuid) -> Option<Place> {
        let ordered = self.records.get(..self.ordered).unwrap_or_default();
        let place = ordered.binary_search_by_key(&id, |record| record.id).ok();
        place.and_then(|place| Place::try_from(place).ok()).or_else(|| self.later.get(&id).copied())
    }

    /// The place of a known vehicle, or a new one.
    fn place_for(&mut self, id: Uuid) -> Place {
        let is_last = self.ordered == self.records.len() && self.records.last().is_none_or(|last| last.id < id);
        if let Some(place) = if is_last { None } else { self.place_of(id) } {
            return place;
        }
        let place = Place::try_from(self.records.len()).unwrap_or(Place::MAX);
        if self.records.len() == self.records.capacity() {
            // A sixteenth more at a time: a doubling would take room for a million vehicles that do not come.
            self.records.reserve_exact(self.records.len() / 16 + 64);
        }
        self.records.push(Record::blank(id));
        if is_last {
            self.ordered = self.records.len();
        } else {
            self.later.insert(id, place);
        }
        place
    }

    /// Enters a record's plate and VIN into the tables.
    fn enter(&mut self, place: Place, known: &Known) {
        let Self { records, by_plate, by_vin, .. } = self;
        let at = |place: &Place| usize::try_from(*place).ok().and_then(|place| records.get(place));
        let (worn, vin) = (at(&place).and_then(Record::plate), at(&place).and_then(Record::vin));
        let of_plate = |other: &Place| at(other).and_then(Record::plate).map_or(0, hash_plate);
        let of_vin = |other: &Place| at(other).and_then(Record::vin).map_or(0, hash_vin);
        if let Some(packed) = worn {
            by_plate.insert_unique(hash_plate(packed), place, of_plate);
        }
        if let Some(packed) = vin {
            by_vin.insert_unique(hash_vin(packed), place, of_vin);
        }
        let odd = Odd {
            plate: known.plate.as_ref().map(|(text, _)| text.clone()).filter(|_| worn.is_none()),
            vin: known.vin.clone().filter(|_| vin.is_none()),
        };
        if odd.plate.is_none() && odd.vin.is_none() {
            return;
        }
        if let Some(text) = &odd.plate {
            self.odd_plates.entry(text.clone()).or_default().push(place);
        }
        if let Some(text) = &odd.vin {
            self.odd_vins.entry(text.clone()).or_default().push(place);
        }
        self.odd.insert(place, odd);
    }

    /// Takes a record out of the tables.
    fn forget(&mut self, place: Place) {
        let Some(record) = self.record(place).copied() else { return };
        let is_it = |other: &Place| *other == place;
        if let Some(packed) = record.plate()
            && let Ok(entry) = self.by_plate.find_entry(hash_plate(packed), is_it)
        {
            entry.remove();
        }
        if let Some(packed) = record.vin()
            && let Ok(entry) = self.by_vin.find_entry(hash_vin(packed), is_it)
        {
            entry.remove();
        }
        if record.is_marked {
            self.marks.remove(&place);
        }
        if let Some(odd) = self.odd.remove(&place) {
            strike(&mut self.odd_plates, odd.plate, place);
            strike(&mut self.odd_vins, odd.vin, place);
        }
    }
}

fn strike(odd: &mut BTreeMap<String, Vec<Place>>, text: Option<String>, place: Place) {
    let Some(text) = text else { return };
    let emptied = odd.get_mut(&text).is_some_and(|places| {
        places.retain(|other| *other != place);
        places.is_empty()
    });
    if emptied {
        odd.remove(&text);
    }
}
