//! Charts as SVG of our own: labels on the lines, dashes and signs beside colours, a wide and a narrow layout, and the
//! table beneath. Values are whole numbers in the smallest unit that is shown; a [`Unit`] writes them.
//!
//! A page makes a [`Lines`] (also a burn-down: `from_zero`) or [`Bars`] and writes `{{ chart.html()|safe }}`.

mod bars;
mod lines;
mod scale;

use std::fmt::Write;

pub use self::{
    bars::{Bar, Bars},
    lines::{Lines, Series},
};
use scale::Scale;

/// How values are written: 912 with one decimal and ` %` is `91.2 %`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unit {
    /// So many of the digits stand behind the point.
    pub decimals: u32,
    /// What follows the number, with its blank.
    pub suffix: &'static str,
}

impl Unit {
    /// The value, written.
    #[must_use]
    pub fn write(self, value: i64) -> String {
        let ten = 10_i64.pow(self.decimals);
        let sign = if value < 0 { "−" } else { "" };
        let whole = value.unsigned_abs() / ten.unsigned_abs();
        let rest = value.unsigned_abs() % ten.unsigned_abs();
        if self.decimals == 0 {
            return format!("{sign}{whole}{}", self.suffix);
        }
        let digits = usize::try_from(self.decimals).unwrap_or_default();
        format!("{sign}{whole}.{rest:0digits$}{}", self.suffix)
    }
}

/// A layout: wide for screens and paper, narrow for phones, so that the writing keeps its size.
#[derive(Debug, Clone, Copy)]
struct Layout {
    class: &'static str,
    width: i64,
    height: i64,
    left: i64,
    right: i64,
    top: i64,
    bottom: i64,
    font: i64,
}

const WIDE: Layout =
    Layout { class: "chart-wide", width: 900, height: 340, left: 70, right: 170, top: 24, bottom: 44, font: 15 };
const NARROW: Layout =
    Layout { class: "chart-narrow", width: 360, height: 280, left: 46, right: 92, top: 18, bottom: 38, font: 12 };

/// The picture of a chart in both layouts, with its caption and its table.
fn figure(title: &str, about: &str, draw: impl Fn(Layout) -> String, table: &str) -> String {
    let drawn = [WIDE, NARROW].map(|layout| {
        let Layout { class, width, height, font, .. } = layout;
        format!(
            "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" font-size=\"{font}\" role=\"img\" aria-label=\"{}\">\
             <title>{}</title><desc>{}</desc>{}</svg>",
            escape(title),
            escape(title),
            escape(about),
            draw(layout)
        )
    });
    format!("<figure class=\"chart\"><figcaption>{}</figcaption>{}{table}</figure>", escape(title), drawn.concat())
}

fn table(title: &str, heads: &[String], rows: &[Vec<String>]) -> String {
    let cells = |tag: &str, row: &[String]| -> String {
        let cell = |(place, text): (usize, &String)| match place {
            0 => format!("<th scope=\"{}\">{}</th>", if tag == "th" { "col" } else { "row" }, escape(text)),
            _ if tag == "th" => format!("<th scope=\"col\" class=\"num\">{}</th>", escape(text)),
            _ => format!("<td class=\"num\">{}</td>", escape(text)),
        };
        row.iter().enumerate().map(cell).collect()
    };
    let mut body = String::new();
    for row in rows {
        _ = write!(body, "<tr>{}</tr>", cells("td", row));
    }
    let label = escape(title);
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><table><thead><tr>{}</tr></thead>\
         <tbody>{body}</tbody></table></div>",
        cells("th", heads)
    )
}

/// A text inside markup.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[test]
fn values_are_written_with_their_decimals() {
    let percent = Unit { decimals: 1, suffix: " %" };
    let written = [912, 900, 5, 0, -12].map(|value| percent.write(value));
    assert_eq!(written, ["91.2 %", "90.0 %", "0.5 %", "0.0 %", "−1.2 %"]);
    assert_eq!(Unit::default().write(1_234), "1234");
}

#[test]
fn what_people_write_is_no_markup() {
    let bars = Bars { title: "<b>\"&".to_owned(), ..Bars::default() };
    assert!(!bars.html().contains("<b>") && bars.html().contains("&lt;b&gt;&quot;&amp;"));
}
