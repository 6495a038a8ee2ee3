//! Papers of the portal as PDF: heading, facts, tables, notes and a QR code on A4, written with a Chinese font of the machine.
//!
//! A page makes a [`Sheet`] and answers [`answer`]. No font is carried along; where none is found, the problem says which
//! package has one.

mod font;
mod pen;

use actix_web::{HttpResponse, http::header};

use self::pen::Pen;
use crate::platform::problem::Problem;

/// A paper.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Its heading.
    pub title: String,
    /// Its number, beside the heading.
    pub number: String,
    /// What it states: label and value, in two columns.
    pub facts: Vec<(String, String)>,
    /// Its tables.
    pub tables: Vec<Table>,
    /// Sentences beneath.
    pub notes: Vec<String>,
    /// What its QR code says.
    pub code: Option<String>,
    /// What stands at the foot of every page.
    pub foot: String,
}

/// A table of a paper.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Its heading.
    pub title: String,
    /// The heads of its columns.
    pub heads: Vec<String>,
    /// How wide each column is, in hundredths of the page.
    pub widths: Vec<u8>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// The paper as PDF.
    ///
    /// # Errors
    /// The machine has no Chinese font (503), or the PDF cannot be written.
    pub fn pdf(&self) -> Result<Vec<u8>, Problem> {
        let mut pen = Pen::new(font::font()?, self.foot.clone());
        pen.heading(&self.title, &self.number);
        pen.facts(&self.facts);
        for table in &self.tables {
            pen.table(table);
        }
        for note in &self.notes {
            pen.note(note);
        }
        if let Some(code) = &self.code {
            pen.code(code)?;
        }
        pen.finish(&self.title)
    }
}

/// A PDF as an answer, which the browser shows.
#[must_use]
pub fn answer(name: &str, pdf: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}.pdf\"")))
        .body(pdf)
}
