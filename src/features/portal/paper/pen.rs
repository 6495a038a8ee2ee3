//! Writes down a page of A4 and begins the next when it is full. Lengths are points.

use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::Fill,
    text::{Font, TextDirection},
};
use qrcode::{Color, EcLevel, QrCode};

use super::Table;
use crate::platform::problem::Problem;

const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 52.0;
const INNER: f32 = WIDTH - 2.0 * MARGIN;
const SIZE: f32 = 10.5;
const LINE: f32 = 17.0;
/// The side of a QR code on paper: 52 mm, which a phone reads at arm's length.
const CODE: f32 = 148.0;

/// One thing on a page.
enum Mark {
    Text { x: f32, y: f32, size: f32, text: String },
    Block { x: f32, y: f32, width: f32, height: f32, grey: u8 },
}

/// The pen: where it stands, and what it has put on which page.
pub struct Pen {
    font: Font,
    imprint: String,
    pages: Vec<Vec<Mark>>,
    y: f32,
}

impl Pen {
    pub fn new(font: Font, imprint: String) -> Self {
        Self { font, imprint, pages: vec![Vec::new()], y: MARGIN }
    }

    fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    fn write(&mut self, x: f32, size: f32, text: &str) {
        self.put(Mark::Text { x, y: self.y, size, text: text.to_owned() });
    }

    fn rule(&mut self, grey: u8) {
        self.put(Mark::Block { x: MARGIN, y: self.y, width: INNER, height: 0.6, grey });
    }

    /// Makes room, on the next page when there is none on this one.
    fn need(&mut self, height: f32) {
        if self.y + height > HEIGHT - MARGIN - LINE {
            self.pages.push(Vec::new());
            self.y = MARGIN;
        }
    }

    pub fn heading(&mut self, title: &str, number: &str) {
        self.y += 20.0;
        self.write((WIDTH - width(title, 20.0)) / 2.0, 20.0, title);
        self.y += 24.0;
        self.write(WIDTH - MARGIN - width(number, SIZE), SIZE, number);
        self.y += 10.0;
        self.rule(0);
        self.y += LINE;
    }

    pub fn facts(&mut self, facts: &[(String, String)]) {
        for (label, value) in facts {
            let lines = wrap(value, SIZE, INNER - 130.0);
            self.need(LINE * 1.5);
            self.write(MARGIN, SIZE, label);
            for line in lines {
                self.need(LINE);
                self.write(MARGIN + 130.0, SIZE, &line);
                self.y += LINE;
            }
        }
        self.y += 6.0;
    }

    pub fn table(&mut self, table: &Table) {
        self.need(LINE * 4.0);
        self.y += LINE;
        self.write(MARGIN, 12.0, &table.title);
        self.y += 8.0;
        self.row(&table.heads, &table.widths, 0);
        for row in &table.rows {
            self.row(row, &table.widths, 190);
        }
        self.y += 6.0;
    }

    fn row(&mut self, cells: &[String], widths: &[u8], grey: u8) {
        let columns: Vec<_> = widths.iter().map(|width| f32::from(*width) * INNER / 100.0).collect();
        let wrapped: Vec<_> =
            cells.iter().zip(&columns).map(|(text, width)| wrap(text, SIZE - 1.0, *width - 8.0)).collect();
        let lines = wrapped.iter().map(Vec::len).max().unwrap_or(1);
        self.need(LINE * f32::from(u8::try_from(lines).unwrap_or(u8::MAX)));
        let (top, mut deepest) = (self.y, self.y);
        let mut x = MARGIN;
        for (lines, width) in wrapped.iter().zip(&columns) {
            self.y = top;
            for line in lines {
                self.y += LINE - 2.0;
                self.write(x, SIZE - 1.0, line);
            }
            deepest = deepest.max(self.y);
            x += width;
        }
        self.y = deepest + 5.0;
        self.rule(grey);
    }

    pub fn note(&mut self, note: &str) {
        for line in wrap(note, SIZE - 1.0, INNER) {
            self.need(LINE);
            self.y += LINE - 2.0;
            self.write(MARGIN, SIZE - 1.0, &line);
        }
    }

    /// The QR code, as squares.
    pub fn code(&mut self, says: &str) -> Result<(), Problem> {
        let code =
            QrCode::with_error_correction_level(says, EcLevel::M).map_err(|error| Problem::internal(&error))?;
        let side = u16::try_from(code.width()).map_err(|error| Problem::internal(&error))?;
        self.y += LINE;
        self.need(CODE + LINE);
        let (cell, top) = (CODE / f32::from(side), self.y);
        let mut dark = code.to_colors().into_iter().map(|colour| colour == Color::Dark);
        for row in 0..side {
            for column in 0..side {
                if dark.next() == Some(true) {
                    let (x, y) = (MARGIN + f32::from(column) * cell, top + f32::from(row) * cell);
                    // A hair wider than the cell, so that no light shines through between two.
                    self.put(Mark::Block { x, y, width: cell + 0.05, height: cell + 0.05, grey: 0 });
                }
            }
        }
        self.y = top + CODE + LINE;
        Ok(())
    }

    pub fn finish(self, title: &str) -> Result<Vec<u8>, Problem> {
        let (mut document, count) = (Document::new(), self.pages.len());
        document.set_metadata(Metadata::new().title(title.to_owned()).language("zh-CN".to_owned()));
        for (number, marks) in (1..).zip(&self.pages) {
            let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| Problem::internal(&"no page"))?;
            let mut page = document.start_page_with(size);
            let mut surface = page.surface();
            for mark in marks {
                draw(&mut surface, &self.font, mark)?;
            }
            let text = format!("{}　{number} / {count}", self.imprint);
            let foot = Mark::Text { x: MARGIN, y: HEIGHT - MARGIN + 14.0, size: 8.5, text };
            draw(&mut surface, &self.font, &foot)?;
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| Problem::internal(&format!("{error:?}")))
    }
}

fn draw(surface: &mut krilla::surface::Surface<'_>, font: &Font, mark: &Mark) -> Result<(), Problem> {
    let ink = |grey: u8| Fill {
        paint: rgb::Color::new(grey, grey, grey).into(),
        opacity: NormalizedF32::ONE,
        ..Fill::default()
    };
    match mark {
        Mark::Text { x, y, size, text } => {
            surface.set_fill(Some(ink(0)));
            surface.draw_text(Point::from_xy(*x, *y), font.clone(), *size, text, false, TextDirection::Auto);
        }
        Mark::Block { x, y, width, height, grey } => {
            surface.set_fill(Some(ink(*grey)));
            let block = Rect::from_xywh(*x, *y, *width, *height).ok_or_else(|| Problem::internal(&"no block"))?;
            let mut path = PathBuilder::new();
            path.push_rect(block);
            surface.draw_path(&path.finish().ok_or_else(|| Problem::internal(&"no path"))?);
        }
    }
    Ok(())
}

/// About how wide a text is: Chinese characters are as wide as they are high.
fn width(text: &str, size: f32) -> f32 {
    text.chars().map(|mark| if mark.is_ascii() { size * 0.56 } else { size }).sum()
}

/// The lines into which a text falls.
fn wrap(text: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for mark in text.chars() {
        let full = lines.last().is_some_and(|line| !line.is_empty() && width(line, size) + width("国", size) > room);
        if mark == '\n' || full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut().filter(|_| mark != '\n') {
            line.push(mark);
        }
    }
    lines
}

#[test]
fn a_long_text_falls_into_lines_that_fit() {
    let lines = wrap(&"更换尿素喷嘴并标定".repeat(5), 10.0, 120.0);
    assert!(lines.len() >= 4 && lines.iter().all(|line| width(line, 10.0) <= 120.0), "{lines:?}");
    assert_eq!(wrap("甲\n乙", 10.0, 100.0), ["甲", "乙"]);
    assert_eq!(wrap("", 10.0, 100.0), [""]);
}
