//! Which column of a file is which field: by a dictionary of Chinese and English headers, or as the sender says.

use std::collections::BTreeMap;

use super::refusal;
use crate::{
    domain::vehicle::text::normal,
    platform::problem::{Fault, Kind, Problem, text},
};

/// A field that a file may have, and what its column may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The field, which is also its English header.
    pub field: &'static str,
    /// The Chinese header, which exports write.
    pub zh: &'static str,
    /// What else such a column is called.
    pub also: &'static [&'static str],
}

/// What the sender says of a column.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum MapsTo {
    /// It is this field.
    Field(String),
    /// It is left out.
    Nothing,
}

/// Which place of a row holds which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    headers: Vec<String>,
    places: Vec<(&'static str, usize)>,
    /// Columns that nobody asked for and that are not read.
    pub ignored: Vec<String>,
}

/// Reads `列=field,列=field`; an empty field or `-` leaves the column out.
///
/// # Errors
/// A part without `=` (422).
pub fn explicit_map(told: &str) -> Result<BTreeMap<String, MapsTo>, Problem> {
    let part = |part: &str| {
        let (header, field) = part.split_once('=').ok_or_else(|| {
            let en = format!("`{part}` is not of the form column=field");
            Problem::invalid("/map", "map", en, format!("“{part}”不是“列=字段”的形式"))
        })?;
        let field = field.trim();
        let to = if matches!(field, "" | "-") { MapsTo::Nothing } else { MapsTo::Field(field.to_owned()) };
        Ok((header.trim().to_owned(), to))
    };
    told.split(',').filter(|part| !part.trim().is_empty()).map(part).collect()
}

impl Mapping {
    /// Finds the columns of a file.
    ///
    /// # Errors
    /// A field stands twice, a needed one is missing, or the sender names a column or a field that is not there (422).
    pub fn find(
        headers: &[String],
        columns: &'static [Column],
        needed: &[&str],
        explicit: &BTreeMap<String, MapsTo>,
    ) -> Result<Self, Problem> {
        let mut faults: Vec<Fault> = explicit.keys().filter_map(|told| no_such_column(headers, told)).collect();
        let (mut places, mut ignored) = (Vec::<(&'static str, usize)>::new(), Vec::new());
        for (place, header) in headers.iter().enumerate() {
            let found = match explicit.get(header.trim()) {
                Some(MapsTo::Nothing) => None,
                Some(MapsTo::Field(field)) => {
                    if let Some(column) = columns.iter().find(|column| column.field == field) {
                        Some(column)
                    } else {
                        faults.push(no_such_field(columns, field));
                        None
                    }
                }
                None => columns.iter().find(|column| column.is_called(header)),
            };
            match found {
                Some(column) if places.iter().any(|(field, _)| *field == column.field) => faults.push(twice(column)),
                Some(column) => places.push((column.field, place)),
                None if refusal::is_ours(header) || header.trim().is_empty() => {}
                None => ignored.push(header.clone()),
            }
        }
        let missing = needed.iter().filter(|needed| !places.iter().any(|(field, _)| field == *needed));
        faults.extend(missing.map(|field| no_column(columns, field)));
        if faults.is_empty() {
            Ok(Self { headers: headers.to_vec(), places, ignored })
        } else {
            Err(Problem::new(Kind::Invalid).with_errors(faults))
        }
    }

    /// The place of a field in a row.
    #[must_use]
    pub fn place(&self, field: &str) -> Option<usize> {
        self.places.iter().find(|(known, _)| *known == field).map(|(_, place)| *place)
    }

    /// What the column of a field is called in the file; the field itself where the file has no such column.
    #[must_use]
    pub fn header(&self, field: &str) -> String {
        self.place(field).and_then(|place| self.headers.get(place)).map_or(field, String::as_str).to_owned()
    }

    /// How many cells a row has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.headers.len()
    }

    /// The columns that are read, each with its field.
    pub fn read_columns(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.places.iter().map(|(field, place)| (self.headers.get(*place).map_or("", String::as_str), *field))
    }
}

impl Column {
    fn is_called(&self, header: &str) -> bool {
        let header = plain(header);
        [self.field, self.zh].iter().chain(self.also).any(|name| plain(name) == header)
    }
}

/// A header without what differs from file to file: width, case, blanks, `_`, and a unit in brackets.
fn plain(header: &str) -> String {
    let normal = normal(header.trim_start_matches('\u{FEFF}'));
    let named = normal.split(['(', '（', '[', '【']).next().unwrap_or_default();
    named.chars().filter(|mark| !mark.is_whitespace() && !matches!(mark, '_' | '-' | '*' | ':' | '：')).collect()
}

fn no_such_column(headers: &[String], told: &str) -> Option<Fault> {
    let known = headers.iter().any(|header| header.trim() == told);
    (!known).then(|| Fault {
        pointer: "/map".to_owned(),
        code: "no_such_column".into(),
        detail: text(format!("the file has no column `{told}`"), format!("文件没有“{told}”这一列")),
    })
}

fn no_such_field(columns: &[Column], field: &str) -> Fault {
    let known: Vec<_> = columns.iter().map(|column| column.field).collect();
    let known = known.join(", ");
    Fault {
        pointer: "/map".to_owned(),
        code: "no_such_field".into(),
        detail: text(
            format!("there is no field `{field}`; fields: {known}"),
            format!("没有字段“{field}”，可用：{known}"),
        ),
    }
}

fn twice(column: &Column) -> Fault {
    Fault {
        pointer: format!("/{}", column.field),
        code: "column_twice".into(),
        detail: text(
            format!("two columns are `{}`; leave one out by column=-", column.field),
            format!("有两列都是“{}”，请用“列=-”略去其一", column.zh),
        ),
    }
}

fn no_column(columns: &[Column], field: &str) -> Fault {
    let zh = columns.iter().find(|column| column.field == field).map_or(field, |column| column.zh);
    Fault {
        pointer: format!("/{field}"),
        code: "column_missing".into(),
        detail: text(
            format!("no column is `{field}` ({zh}); name it by column={field}"),
            format!("没有“{zh}”列，可用“列={field}”指定"),
        ),
    }
}
