//! SQL of vehicles, their plate bindings and the claims on VINs and plates.

use std::collections::HashMap;

use diesel::{
    AsChangeset, ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, RunQueryDsl, delete,
    insert_into, update,
};

use crate::{
    domain::{
        id::Id,
        time::{Day, Instant},
        vehicle::{
            Vehicle,
            energy::EnergyKind,
            owner::Owner,
            plate::{Plate, PlateKind},
            stage::Stage,
            use_nature::UseNature,
            vin::Vin,
        },
    },
    platform::db::{AnyConnection, Json, insert_rows, load_each, on_db},
    schema::{plate_bindings, vehicle_keys, vehicles},
};

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = vehicles, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct VehicleRow {
    id: Id<Vehicle>,
    version: i64,
    vin: Option<String>,
    plate: Option<String>,
    plate_kind: Option<PlateKind>,
    vehicle_type: Option<String>,
    use_nature: Option<UseNature>,
    fuel: Option<String>,
    energy_kind: EnergyKind,
    stage: Stage,
    registered_on: Option<Day>,
    area: String,
    facts: Json<Vehicle>,
    changed_at: Instant,
}

/// A plate of a vehicle, from a day on.
#[derive(Insertable)]
#[diesel(table_name = plate_bindings, treat_none_as_default_value = false)]
pub struct Binding {
    vehicle_id: Id<Vehicle>,
    id: Id<Binding>,
    plate: String,
    plate_kind: PlateKind,
    bound_on: Day,
    unbound_on: Option<Day>,
}

/// A vehicle that is not there yet.
#[derive(Insertable)]
#[diesel(table_name = vehicles, treat_none_as_default_value = false)]
pub struct NewVehicle {
    #[diesel(embed)]
    vehicle: VehicleRow,
    owner: Option<Json<Owner>>,
    recorded_at: Instant,
}

#[derive(Insertable)]
#[diesel(table_name = vehicle_keys, treat_none_as_default_value = false)]
struct ClaimRow<'a> {
    key: &'a str,
    vehicle_id: Id<Vehicle>,
}

impl NewVehicle {
    /// Of a vehicle and whom it belongs to.
    pub fn new(vehicle: &Vehicle, owner: Option<&Owner>, at: Instant) -> Self {
        Self { vehicle: VehicleRow::new(vehicle, 1, at), owner: owner.cloned().map(Json), recorded_at: at }
    }
}

impl Binding {
    /// From a day on the vehicle has this plate.
    pub fn new(vehicle: Id<Vehicle>, id: Id<Self>, plate: &Plate, kind: PlateKind, on: Day) -> Self {
        let plate = plate.as_str().to_owned();
        Self { vehicle_id: vehicle, id, plate, plate_kind: kind, bound_on: on, unbound_on: None }
    }
}

impl VehicleRow {
    fn new(vehicle: &Vehicle, version: i64, at: Instant) -> Self {
        Self {
            id: vehicle.id,
            version,
            vin: vehicle.vin.as_ref().map(|vin| vin.as_str().to_owned()),
            plate: vehicle.plate.as_ref().map(|(plate, _)| plate.as_str().to_owned()),
            plate_kind: vehicle.plate.as_ref().map(|(_, kind)| *kind),
            vehicle_type: Some(vehicle.vehicle_type.as_str().to_owned()),
            use_nature: Some(vehicle.use_nature),
            fuel: Some(vehicle.fuel.to_string()),
            energy_kind: vehicle.energy,
            stage: vehicle.stage,
            registered_on: vehicle.registered_on,
            area: vehicle.area.as_str().to_owned(),
            facts: Json(vehicle.clone()),
            changed_at: at,
        }
    }
}

/// The claim on a VIN.
pub fn vin_key(vin: &Vin) -> String {
    format!("vin:{}", vin.as_str())
}

/// The claim on a plate of a kind.
pub fn plate_key(plate: &Plate, kind: PlateKind) -> String {
    plate_claim(plate.as_str(), kind)
}

fn plate_claim(plate: &str, kind: PlateKind) -> String {
    format!("plate:{}:{plate}", kind.code())
}

/// Who holds these claims.
pub fn holders(conn: &mut AnyConnection, keys: &[String]) -> QueryResult<HashMap<String, Id<Vehicle>>> {
    let rows: Vec<(String, Id<Vehicle>)> = vehicle_keys::table
        .filter(vehicle_keys::key.eq_any(keys))
        .select((vehicle_keys::key, vehicle_keys::vehicle_id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Who has these plates today.
///
/// # Errors
/// The database fails.
pub fn holders_of_plates(
    conn: &mut AnyConnection,
    plates: &[(String, PlateKind)],
) -> QueryResult<HashMap<(String, PlateKind), Id<Vehicle>>> {
    let mut found = HashMap::new();
    for plates in plates.chunks(1_000) {
        let keys: Vec<_> = plates.iter().map(|(plate, kind)| plate_claim(plate, *kind)).collect();
        let holders = holders(conn, &keys)?;
        let held = plates.iter().zip(&keys).filter_map(|(plate, key)| Some((plate.clone(), *holders.get(key)?)));
        found.extend(held);
    }
    Ok(found)
}

/// Claims a name for a vehicle; `false` when another holds it.
pub fn claim(conn: &mut AnyConnection, key: &str, vehicle: Id<Vehicle>) -> QueryResult<bool> {
    let row = (vehicle_keys::key.eq(key), vehicle_keys::vehicle_id.eq(vehicle));
    let claimed =
        on_db!(conn, |engine| insert_into(vehicle_keys::table).values(row).on_conflict_do_nothing().execute(engine))?;
    Ok(claimed == 1)
}

/// Gives a claim up.
pub fn release(conn: &mut AnyConnection, key: &str, vehicle: Id<Vehicle>) -> QueryResult<usize> {
    let mine = vehicle_keys::table.filter(vehicle_keys::key.eq(key)).filter(vehicle_keys::vehicle_id.eq(vehicle));
    delete(mine).execute(conn)
}

/// Who holds these claims, asked by many keys at once.
pub fn holders_of(conn: &mut AnyConnection, keys: &[String]) -> QueryResult<HashMap<String, Id<Vehicle>>> {
    let held = vehicle_keys::table.select((vehicle_keys::key, vehicle_keys::vehicle_id));
    let keys: Vec<&String> = keys.iter().collect();
    let rows: Vec<(String, Id<Vehicle>)> = load_each!(conn, held, vehicle_keys::key, &keys)?;
    Ok(rows.into_iter().collect())
}

/// New vehicles.
pub fn insert_many(conn: &mut AnyConnection, rows: &[NewVehicle]) -> QueryResult<usize> {
    if rows.is_empty() { Ok(0) } else { insert_rows!(conn, vehicles::table, rows) }
}

/// Claims names; tells how many were free.
pub fn claim_many(conn: &mut AnyConnection, claims: &[(String, Id<Vehicle>)]) -> QueryResult<usize> {
    let rows: Vec<_> = claims.iter().map(|(key, vehicle_id)| ClaimRow { key, vehicle_id: *vehicle_id }).collect();
    if rows.is_empty() { Ok(0) } else { insert_rows!(conn, vehicle_keys::table, &rows, on_conflict_do_nothing) }
}

/// Binds plates.
pub fn bind_many(conn: &mut AnyConnection, rows: &[Binding]) -> QueryResult<usize> {
    if rows.is_empty() { Ok(0) } else { insert_rows!(conn, plate_bindings::table, rows) }
}

/// Whom some vehicles belong to.
pub fn owners_of(conn: &mut AnyConnection, ids: &[Id<Vehicle>]) -> QueryResult<HashMap<Id<Vehicle>, Option<Owner>>> {
    let owned = vehicles::table.select((vehicles::id, vehicles::owner));
    let rows: Vec<(Id<Vehicle>, Option<Json<Owner>>)> = load_each!(conn, owned, vehicles::id, ids)?;
    Ok(rows.into_iter().map(|(id, owner)| (id, owner.map(|owner| owner.0))).collect())
}

/// The vehicle belongs to somebody else.
pub fn set_owner(conn: &mut AnyConnection, id: Id<Vehicle>, owner: &Owner) -> QueryResult<usize> {
    update(vehicles::table.find(id)).set(vehicles::owner.eq(Json(owner.clone()))).execute(conn)
}

/// Whom a vehicle belongs to.
///
/// # Errors
/// The database fails.
pub fn owner_of(conn: &mut AnyConnection, id: Id<Vehicle>) -> QueryResult<Option<Owner>> {
    let owner = vehicles::table.find(id).select(vehicles::owner).first::<Option<Json<Owner>>>(conn).optional()?;
    Ok(owner.flatten().map(|owner| owner.0))
}

/// The vehicle's data have changed.
pub fn save(conn: &mut AnyConnection, vehicle: &Vehicle, at: Instant) -> QueryResult<usize> {
    let version: i64 = vehicles::table.find(vehicle.id).select(vehicles::version).first(conn)?;
    update(vehicles::table.find(vehicle.id)).set(VehicleRow::new(vehicle, version + 1, at)).execute(conn)
}

/// A vehicle, if there is one.
///
/// # Errors
/// The database fails.
pub fn load(conn: &mut AnyConnection, id: Id<Vehicle>) -> QueryResult<Option<Vehicle>> {
    let facts = vehicles::table.find(id).select(vehicles::facts).first::<Json<Vehicle>>(conn).optional()?;
    Ok(facts.map(|facts| facts.0))
}

/// Some vehicles.
///
/// # Errors
/// The database fails.
pub fn load_many(conn: &mut AnyConnection, ids: &[Id<Vehicle>]) -> QueryResult<HashMap<Id<Vehicle>, Vehicle>> {
    let rows: Vec<Json<Vehicle>> = load_each!(conn, vehicles::table.select(vehicles::facts), vehicles::id, ids)?;
    Ok(rows.into_iter().map(|facts| (facts.0.id, facts.0)).collect())
}

/// The next vehicles of a walk through all of them, with their owners.
///
/// # Errors
/// The database fails.
pub fn walk(
    conn: &mut AnyConnection,
    after: Option<Id<Vehicle>>,
    most: i64,
) -> QueryResult<Vec<(Vehicle, Option<Owner>)>> {
    let mut query = vehicles::table.filter(vehicles::merged_into.is_null()).into_boxed();
    if let Some(after) = after {
        query = query.filter(vehicles::id.gt(after));
    }
    let rows: Vec<(Json<Vehicle>, Option<Json<Owner>>)> =
        query.order(vehicles::id).limit(most).select((vehicles::facts, vehicles::owner)).load(conn)?;
    Ok(rows.into_iter().map(|(facts, owner)| (facts.0, owner.map(|owner| owner.0))).collect())
}

/// Locks a vehicle until the end of the transaction, so that its things change one after another.
///
/// # Errors
/// There is no such vehicle, or the database fails.
pub fn lock(conn: &mut AnyConnection, id: Id<Vehicle>) -> QueryResult<Vehicle> {
    let facts: Json<Vehicle> = match conn {
        AnyConnection::Postgres(pg) => vehicles::table.find(id).select(vehicles::facts).for_update().first(pg)?,
        AnyConnection::Sqlite(sqlite) => vehicles::table.find(id).select(vehicles::facts).first(sqlite)?,
    };
    Ok(facts.0)
}

/// Locks some vehicles, in the order of their ids, so that two batches never wait for each other.
///
/// # Errors
/// The database fails.
pub fn lock_many(conn: &mut AnyConnection, ids: &[Id<Vehicle>]) -> QueryResult<HashMap<Id<Vehicle>, Vehicle>> {
    let AnyConnection::Postgres(pg) = conn else { return load_many(conn, ids) };
    let wanted = vehicles::table.filter(vehicles::id.eq_any(ids)).order(vehicles::id).select(vehicles::facts);
    let rows: Vec<Json<Vehicle>> = wanted.for_update().load(pg)?;
    Ok(rows.into_iter().map(|facts| (facts.0.id, facts.0)).collect())
}

/// From a day on the vehicle has this plate.
pub fn bind(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    binding: Id<()>,
    plate: &Plate,
    kind: PlateKind,
    on: Day,
) -> QueryResult<usize> {
    insert_into(plate_bindings::table).values(Binding::new(vehicle, binding.recast(), plate, kind, on)).execute(conn)
}

/// From a day on the vehicle no longer has its plate.
pub fn unbind(conn: &mut AnyConnection, vehicle: Id<Vehicle>, on: Day) -> QueryResult<usize> {
    let open = plate_bindings::table
        .filter(plate_bindings::vehicle_id.eq(vehicle))
        .filter(plate_bindings::unbound_on.is_null());
    update(open).set(plate_bindings::unbound_on.eq(on)).execute(conn)
}
