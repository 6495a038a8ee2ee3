//! Horizontal bars with the mark of a limit: readings against limits, stations beside one another.

use std::fmt::Write;

use super::{Layout, Scale, Unit, escape, figure, table};

/// A chart of bars.
#[derive(Debug, Clone, Default)]
pub struct Bars {
    /// Its caption.
    pub title: String,
    /// What it shows, for who cannot see it.
    pub about: String,
    /// What the rows, the values and the limits are called in the table; the last for the notes, empty without them.
    pub heads: [String; 4],
    /// The bars.
    pub rows: Vec<Bar>,
    /// How values are written, where a row has no words of its own.
    pub unit: Unit,
}

/// A bar. Where rows have units of their own, the values are shares of the limit and the words say the rest.
#[derive(Debug, Clone, Default)]
pub struct Bar {
    /// What it is.
    pub label: String,
    /// How long it is.
    pub value: i64,
    /// Where its limit is marked.
    pub limit: Option<i64>,
    /// Whether it is on the wrong side of the limit: red, and with a sign.
    pub wrong: bool,
    /// The value in words of its own.
    pub words: Option<String>,
    /// The limit in words of its own.
    pub limit_words: Option<String>,
    /// More about it, in the table.
    pub note: String,
}

impl Bars {
    /// The chart with its table.
    #[must_use]
    pub fn html(&self) -> String {
        figure(&self.title, &self.about, |layout| self.draw(layout), &self.table())
    }

    fn words(&self, bar: &Bar) -> String {
        bar.words.clone().unwrap_or_else(|| self.unit.write(bar.value))
    }

    fn table(&self) -> String {
        let columns = if self.heads[3].is_empty() { 3 } else { 4 };
        let row = |bar: &Bar| {
            let limit = bar.limit.map(|limit| self.unit.write(limit));
            let limit = bar.limit_words.clone().or(limit).unwrap_or_else(|| "—".to_owned());
            let mut row = vec![bar.label.clone(), self.words(bar), limit, bar.note.clone()];
            row.truncate(columns);
            row
        };
        table(&self.title, &self.heads[..columns], &self.rows.iter().map(row).collect::<Vec<_>>())
    }

    fn draw(&self, layout: Layout) -> String {
        let wide = layout.width > 500;
        let (label, row) = if wide { (190, 300 / height(&self.rows)) } else { (0, 240 / height(&self.rows)) };
        let most = self.rows.iter().flat_map(|bar| [bar.value, bar.limit.unwrap_or(0)]).max().unwrap_or(1).max(1);
        let x = Scale::new((0, most), (label, layout.width - if wide { 180 } else { 100 }));
        let thick = (row * if wide { 6 } else { 4 } / 10).clamp(8, 30);
        let mut svg = String::new();
        for (number, bar) in (0..).zip(&self.rows) {
            let top = 8 + number * row;
            let bar_top = if wide { top } else { top + layout.font + 2 };
            let (middle, end) = (bar_top + thick / 2 + layout.font / 3, x.at(bar.value.max(0)));
            let (class, sign) = if bar.wrong { ("bar-over", "✕ ") } else { ("bar", "") };
            let name = escape(&bar.label);
            _ = if wide {
                write!(svg, "<text x=\"{}\" y=\"{middle}\" text-anchor=\"end\">{name}</text>", label - 10)
            } else {
                write!(svg, "<text x=\"0\" y=\"{}\">{name}</text>", top + layout.font)
            };
            let long = (end - label).max(1);
            _ = write!(
                svg,
                "<rect class=\"{class}\" x=\"{label}\" y=\"{bar_top}\" width=\"{long}\" height=\"{thick}\" rx=\"3\">\
                 <title>{name}: {}</title></rect>",
                escape(&self.words(bar))
            );
            let past = end.max(bar.limit.map_or(0, |limit| x.at(limit))) + 10;
            _ = write!(svg, "<text x=\"{past}\" y=\"{middle}\">{sign}{}</text>", escape(&self.words(bar)));
            if let Some(limit) = bar.limit.map(|limit| x.at(limit)) {
                let (from, to) = (bar_top - 3, bar_top + thick + 3);
                _ = write!(svg, "<line class=\"mark\" x1=\"{limit}\" x2=\"{limit}\" y1=\"{from}\" y2=\"{to}\"/>");
            }
        }
        svg
    }
}

/// How many rows share the height.
fn height(rows: &[Bar]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(1).max(3)
}

#[test]
fn a_bar_past_its_limit_has_a_sign_beside_its_colour() {
    let row =
        |value: i64| Bar { label: "NOx".to_owned(), value, limit: Some(100), wrong: value > 100, ..Bar::default() };
    let html = Bars { rows: vec![row(90), row(120)], ..Bars::default() }.html();
    assert_eq!((html.matches("✕ 120").count(), html.matches("✕ 90").count()), (2, 0));
    assert_eq!(html.matches("class=\"mark\"").count(), 4);
}
