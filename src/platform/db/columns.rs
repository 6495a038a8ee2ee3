//! Column types that are exact on both engines: instants, ids, JSON and words.
//!
//! SQLite holds an instant as RFC 3339 text with six decimals (so that text order is time order) and an id as
//! hyphenated lower-case text; PostgreSQL holds its own types.

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, Queryable},
    expression::AsExpression,
    internal::derives::as_expression::Bound,
    pg::{Pg, PgValue},
    query_builder::QueryId,
    serialize::{self, IsNull, Output, ToSql},
    sql_types::{self, HasSqlType, Nullable, SingleValue, SqlType, Text},
    sqlite::{Sqlite, SqliteValue},
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::{MultiBackend, MultiRawValue};
use crate::domain::{id::Id, time::Instant};

/// An instant: `TIMESTAMPTZ`, or text on SQLite.
#[derive(SqlType, QueryId, Clone, Copy, Default)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185), sqlite_type(name = "Text"))]
pub struct SqlInstant;

/// An id: `UUID`, or text on SQLite.
#[derive(SqlType, QueryId, Clone, Copy, Default)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Text"))]
pub struct SqlUuid;

/// A JSON document: `JSONB`, or text on SQLite.
#[derive(SqlType, QueryId, Clone, Copy, Default)]
#[diesel(postgres_type(oid = 3802, array_oid = 3807), sqlite_type(name = "Text"))]
pub struct SqlJson;

impl sql_types::SqlOrd for SqlInstant {}

/// A value kept as a JSON document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json<T>(pub T);

impl ToSql<SqlInstant, Pg> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let at = chrono::DateTime::from(*self);
        ToSql::<sql_types::Timestamptz, Pg>::to_sql(&at, &mut out.reborrow())
    }
}

impl FromSql<SqlInstant, Pg> for Instant {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let at: chrono::DateTime<chrono::Utc> = FromSql::<sql_types::Timestamptz, Pg>::from_sql(value)?;
        Ok(Self::from(at))
    }
}

impl ToSql<SqlInstant, Sqlite> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.to_string());
        Ok(IsNull::No)
    }
}

impl FromSql<SqlInstant, Sqlite> for Instant {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        Ok(Self::from(text.parse::<chrono::DateTime<chrono::Utc>>()?))
    }
}

impl<Noun> ToSql<SqlUuid, Pg> for Id<Noun> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        use std::io::Write;
        out.write_all(self.uuid().as_bytes())?;
        Ok(IsNull::No)
    }
}

impl<Noun> FromSql<SqlUuid, Pg> for Id<Noun> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self::from(Uuid::from_slice(value.as_bytes())?))
    }
}

impl<Noun> ToSql<SqlUuid, Sqlite> for Id<Noun> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.to_string());
        Ok(IsNull::No)
    }
}

impl<Noun> FromSql<SqlUuid, Sqlite> for Id<Noun> {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        Ok(text.parse()?)
    }
}

impl<T: Serialize + std::fmt::Debug> ToSql<SqlJson, Pg> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        use std::io::Write;
        out.write_all(&[JSONB_VERSION])?;
        serde_json::to_writer(out, &self.0)?;
        Ok(IsNull::No)
    }
}

const JSONB_VERSION: u8 = 1;

impl<T: DeserializeOwned> FromSql<SqlJson, Pg> for Json<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        match value.as_bytes() {
            [JSONB_VERSION, json @ ..] => Ok(Self(serde_json::from_slice(json)?)),
            _ => Err("unknown version of jsonb".into()),
        }
    }
}

impl<T: Serialize + std::fmt::Debug> ToSql<SqlJson, Sqlite> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(serde_json::to_string(&self.0)?);
        Ok(IsNull::No)
    }
}

impl<T: DeserializeOwned> FromSql<SqlJson, Sqlite> for Json<T> {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        Ok(Self(serde_json::from_str(&text)?))
    }
}

/// What diesel asks of a value of one of our columns on the connection that may be either engine.
macro_rules! on_both_engines {
    ($([$($generic:tt)*] $value:ty => $column:ty),+ $(,)?) => {$(
        impl<$($generic)*> ToSql<$column, MultiBackend> for $value {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value((<$column>::default(), self));
                Ok(IsNull::No)
            }
        }
        impl<$($generic)*> FromSql<$column, MultiBackend> for $value {
            fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
                value.from_sql::<$value, $column>()
            }
        }
        $crate::platform::db::columns::as_column!([$($generic)*] $value => $column);
    )+};
}

/// Lets a value stand in queries and rows where the column stands: what diesel's derives would write, which
/// cannot be put on a type of the domain.
macro_rules! as_column {
    ([$($generic:tt)*] $value:ty => $column:ty) => {
        impl<$($generic)*> AsExpression<$column> for $value {
            type Expression = Bound<$column, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl<'v, $($generic)*> AsExpression<$column> for &'v $value {
            type Expression = Bound<$column, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl<$($generic)*> AsExpression<Nullable<$column>> for $value {
            type Expression = Bound<Nullable<$column>, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl<'v, $($generic)*> AsExpression<Nullable<$column>> for &'v $value {
            type Expression = Bound<Nullable<$column>, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl<DB: Backend, $($generic)*> ToSql<Nullable<$column>, DB> for $value
        where
            Self: ToSql<$column, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                ToSql::<$column, DB>::to_sql(self, out)
            }
        }
        impl<DB: Backend, Column: SingleValue, $($generic)*> Queryable<Column, DB> for $value
        where
            Self: FromSql<Column, DB>,
        {
            type Row = Self;
            fn build(row: Self) -> deserialize::Result<Self> { Ok(row) }
        }
    };
}
pub(super) use as_column;

/// The three columns are types of both engines, and so of the connection that may be either.
macro_rules! column_types {
    ($($column:ty),+) => {$(
        impl HasSqlType<$column> for MultiBackend {
            fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
                Self::lookup_sql_type::<$column>(lookup)
            }
        }
    )+};
}

column_types!(SqlInstant, SqlUuid, SqlJson);

on_both_engines! {
    [] Instant => SqlInstant,
    [Noun: 'static] Id<Noun> => SqlUuid,
    [T: Serialize + DeserializeOwned + std::fmt::Debug + Send + Sync + 'static] Json<T> => SqlJson,
}
