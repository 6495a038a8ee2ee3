//! Names beside codes: organisations and areas.

use std::collections::HashMap;

use diesel::{QueryDsl, QueryResult, RunQueryDsl};

use super::Cell;
use crate::{
    domain::{id::Id, party::Organisation, vehicle::area::AreaCode},
    platform::db::AnyConnection,
    schema::organisations,
};

/// The code and the name of every organisation.
pub type Names = HashMap<Id<Organisation>, (String, String)>;

/// Reads them: there are hundreds.
pub fn organisations(conn: &mut AnyConnection) -> QueryResult<Names> {
    let columns = (organisations::id, organisations::code, organisations::name);
    let rows: Vec<(Id<Organisation>, String, String)> = organisations::table.select(columns).load(conn)?;
    Ok(rows.into_iter().map(|(id, code, name)| (id, (code, name))).collect())
}

/// The code and the name as two cells.
pub fn of_organisation(names: &Names, id: Id<Organisation>) -> [Cell; 2] {
    names.get(&id).map_or([Cell::Nothing, Cell::Nothing], |(code, name)| [Cell::text(code), Cell::text(name)])
}

/// The code and the Chinese name of an area as two cells.
pub fn of_area(code: &str) -> [Cell; 2] {
    let name = AreaCode::read(code).ok().and_then(|code| code.area().map(|area| area.name.clone()));
    [Cell::text(code), name.map_or(Cell::Nothing, Cell::text)]
}
