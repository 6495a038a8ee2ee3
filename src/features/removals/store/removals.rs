//! SQL of removals: one row for each vehicle and ground.

use std::collections::HashMap;

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, insert_into, upsert::excluded,
};

use super::Contact;
use crate::{
    domain::{
        id::Id,
        removal::{ContactState, OwnerKind, Removal, RemovalFacts, RemovalGround, RemovalStanding, RemovalState},
        time::Day,
        vehicle::{Vehicle, area::AreaCode, stage::Stage, vehicle_type::SizeClass},
    },
    platform::db::{AnyConnection, Json, load_each, on_db},
    schema::removals,
};

/// By what the work list is sorted out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where the vehicle is registered.
    pub area: AreaCode,
    /// What kind of owner it has.
    pub owner_kind: OwnerKind,
    /// The size in its type's name.
    pub size: Option<SizeClass>,
    /// Its stage.
    pub stage: Stage,
    /// When it was last seen.
    pub last_seen_on: Option<Day>,
}

/// A removal as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The removal.
    pub removal: Removal,
    /// By what it is sorted out.
    pub listed: Listed,
    /// How it stands with the owner.
    pub contact: Contact,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = removals, treat_none_as_default_value = false)]
pub(super) struct RemovalRow {
    vehicle_id: Id<Vehicle>,
    ground: RemovalGround,
    standing: RemovalStanding,
    facts: Json<RemovalFacts>,
    progress: Json<RemovalState>,
    area: String,
    owner_kind: OwnerKind,
    size: Option<SizeClass>,
    stage: Stage,
    last_seen_on: Option<Day>,
    contact: ContactState,
    promised_until: Option<Day>,
    deadline_on: Option<Day>,
    found_on: Day,
    left_on: Option<Day>,
}

impl From<&Kept> for RemovalRow {
    fn from(kept: &Kept) -> Self {
        let Kept { removal, listed, contact } = kept;
        let deadline_on = match &removal.facts {
            RemovalFacts::Scope(facts) => facts.deadline_on,
            RemovalFacts::Scrap(_) => None,
        };
        Self {
            vehicle_id: removal.vehicle,
            ground: removal.facts.ground(),
            standing: removal.standing(),
            facts: Json(removal.facts.clone()),
            progress: Json(removal.state.clone()),
            area: listed.area.to_string(),
            owner_kind: listed.owner_kind,
            size: listed.size,
            stage: listed.stage,
            last_seen_on: listed.last_seen_on,
            contact: contact.state,
            promised_until: contact.promised_until,
            deadline_on,
            found_on: removal.found_on,
            left_on: match removal.state {
                RemovalState::Left { on } => Some(on),
                _ => None,
            },
        }
    }
}

impl TryFrom<RemovalRow> for Kept {
    type Error = diesel::result::Error;

    fn try_from(row: RemovalRow) -> Result<Self, Self::Error> {
        let area = AreaCode::read(&row.area)
            .map_err(|error| diesel::result::Error::DeserializationError(Box::new(error)))?;
        let (facts, state) = (row.facts.0, row.progress.0);
        Ok(Self {
            removal: Removal { vehicle: row.vehicle_id, facts, found_on: row.found_on, state },
            listed: Listed {
                area,
                owner_kind: row.owner_kind,
                size: row.size,
                stage: row.stage,
                last_seen_on: row.last_seen_on,
            },
            contact: Contact { state: row.contact, promised_until: row.promised_until },
        })
    }
}

/// A removal.
pub fn load(conn: &mut AnyConnection, vehicle: Id<Vehicle>, ground: RemovalGround) -> QueryResult<Option<Kept>> {
    let row = removals::table.find((vehicle, ground)).select(RemovalRow::as_select()).first(conn).optional()?;
    row.map(Kept::try_from).transpose()
}

/// The removals of some vehicles.
pub fn of_vehicles(
    conn: &mut AnyConnection,
    vehicles: &[Id<Vehicle>],
) -> QueryResult<HashMap<Id<Vehicle>, Vec<Kept>>> {
    let rows: Vec<RemovalRow> =
        load_each!(conn, removals::table.select(RemovalRow::as_select()), removals::vehicle_id, vehicles)?;
    let mut found = HashMap::<_, Vec<Kept>>::new();
    for row in rows {
        found.entry(row.vehicle_id).or_default().push(Kept::try_from(row)?);
    }
    Ok(found)
}

/// Writes removals.
pub fn save_all(conn: &mut AnyConnection, changed: &[Kept]) -> QueryResult<()> {
    for row in changed.iter().map(RemovalRow::from) {
        on_db!(&mut *conn, |engine| {
            insert_into(removals::table)
                .values(&row)
                .on_conflict((removals::vehicle_id, removals::ground))
                .do_update()
                .set((
                    removals::standing.eq(excluded(removals::standing)),
                    removals::facts.eq(excluded(removals::facts)),
                    removals::progress.eq(excluded(removals::progress)),
                    removals::area.eq(excluded(removals::area)),
                    removals::owner_kind.eq(excluded(removals::owner_kind)),
                    removals::size.eq(excluded(removals::size)),
                    removals::stage.eq(excluded(removals::stage)),
                    removals::last_seen_on.eq(excluded(removals::last_seen_on)),
                    removals::contact.eq(excluded(removals::contact)),
                    removals::promised_until.eq(excluded(removals::promised_until)),
                    removals::deadline_on.eq(excluded(removals::deadline_on)),
                    removals::found_on.eq(excluded(removals::found_on)),
                    removals::left_on.eq(excluded(removals::left_on)),
                ))
                .execute(engine)
        })?;
    }
    Ok(())
}
