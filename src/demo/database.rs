//! Whether a database is empty, the demo's own, or somebody else's.

use crate::{
    domain::role::Role,
    features::access,
    platform::{
        db::{AnyConnection, DatabaseUrl, is_empty},
        problem::{Kind, Problem},
    },
};

/// The code of the demo's bureaus and of its administrator; the bureau is registered first, the administrator last.
pub const CODE: &str = "demo";

/// What a database is to the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Nothing in it yet.
    Empty,
    /// The demo's city, complete.
    Own,
}

/// Looks at a database without changing it.
///
/// # Errors
/// It cannot be reached, holds what the demo did not make, or was left half made.
pub fn look(url: &DatabaseUrl) -> Result<Found, Problem> {
    let conn = url.peek().map_err(|error| Problem::internal(&error))?;
    let Some(mut conn) = conn else { return Ok(Found::Empty) };
    // What cannot be read as a database is nobody's to overwrite.
    match is_empty(&mut conn) {
        Ok(true) => Ok(Found::Empty),
        Ok(false) if has(&mut conn, Role::Administrator) => Ok(Found::Own),
        Ok(false) if has(&mut conn, Role::EcologyBureau) => Err(half_made(url)),
        Ok(false) | Err(_) => Err(foreign(url)),
    }
}

/// A database without our tables has no organisation either.
fn has(conn: &mut AnyConnection, role: Role) -> bool {
    access::is_registered(conn, role, CODE).unwrap_or(false)
}

fn half_made(url: &DatabaseUrl) -> Problem {
    let en = match url {
        DatabaseUrl::Sqlite(file) => {
            let file = file.display();
            format!("the making of this demo city was interrupted: delete {file}, {file}-wal and {file}-shm, and start again")
        }
        DatabaseUrl::Postgres(_) => {
            "the making of this demo city was interrupted: drop the database that DATABASE_URL names, create it empty, \
             and start again"
                .to_owned()
        }
    };
    Problem::new(Kind::WrongState).because(en, "演示城市未生成完毕，请删除该数据库后重新启动")
}

fn foreign(url: &DatabaseUrl) -> Problem {
    let en = format!(
        "{url:?} holds what the demo did not make and is left as it is: name an empty database with --database-url \
         or DATABASE_URL"
    );
    Problem::new(Kind::WrongState).because(en, "该数据库不是演示数据库，未作任何改动；请指定一个空数据库")
}
