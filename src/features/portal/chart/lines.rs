//! Lines over time, with a dashed target and the band of a forecast; a burn-down is such a chart from zero.

use std::fmt::Write;

use super::{Layout, Scale, Unit, escape, figure, scale::ticks, table};

/// A chart of lines.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// Its caption.
    pub title: String,
    /// What it shows, for who cannot see it.
    pub about: String,
    /// What the steps of time are called, such as the month.
    pub step: String,
    /// The steps of time.
    pub steps: Vec<String>,
    /// One or two lines.
    pub series: Vec<Series>,
    /// The target and its label.
    pub target: Option<(i64, String)>,
    /// The band of the forecast at each step, with its label; empty without one.
    pub band: Vec<Option<(i64, i64)>>,
    /// How the band is called.
    pub band_label: String,
    /// How values are written.
    pub unit: Unit,
    /// Whether the axis begins at zero, as for counts and burn-downs.
    pub from_zero: bool,
}

/// A line.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// Its label, which stands at its end.
    pub label: String,
    /// Its value at each step; none where there are no data.
    pub values: Vec<Option<i64>>,
    /// From which step on it is a forecast, drawn dotted.
    pub forecast_from: Option<usize>,
}

impl Lines {
    /// The chart with its table.
    #[must_use]
    pub fn html(&self) -> String {
        figure(&self.title, &self.about, |layout| self.draw(layout), &self.table())
    }

    fn table(&self) -> String {
        let mut heads = vec![self.step.clone()];
        heads.extend(self.series.iter().map(|series| series.label.clone()));
        heads.extend(self.target.as_ref().map(|(_, label)| label.clone()));
        if !self.band.is_empty() {
            heads.push(self.band_label.clone());
        }
        let write = |value: Option<i64>| value.map_or_else(|| "—".to_owned(), |value| self.unit.write(value));
        let row = |(at, step): (usize, &String)| {
            let mut row = vec![step.clone()];
            row.extend(self.series.iter().map(|series| write(series.values.get(at).copied().flatten())));
            row.extend(self.target.as_ref().map(|(value, _)| self.unit.write(*value)));
            if !self.band.is_empty() {
                let band = self.band.get(at).copied().flatten();
                row.push(band.map_or_else(
                    || "—".to_owned(),
                    |(low, high)| format!("{} … {}", self.unit.write(low), self.unit.write(high)),
                ));
            }
            row
        };
        table(&self.title, &heads, &self.steps.iter().enumerate().map(row).collect::<Vec<_>>())
    }

    /// Every value that must find its place.
    fn range(&self) -> (i64, i64) {
        let values = self.series.iter().flat_map(|series| series.values.iter().flatten().copied());
        let band = self.band.iter().flatten().flat_map(|(low, high)| [*low, *high]);
        let target = self.target.iter().map(|(value, _)| *value);
        let all: Vec<_> = values.chain(band).chain(target).chain(self.from_zero.then_some(0)).collect();
        (all.iter().copied().min().unwrap_or(0), all.iter().copied().max().unwrap_or(1))
    }

    fn draw(&self, layout: Layout) -> String {
        let (low, high) = self.range();
        let marks = ticks(low, high, 5);
        let ends = (marks.first().copied().unwrap_or(0), marks.last().copied().unwrap_or(1));
        let last = i64::try_from(self.steps.len().saturating_sub(1)).unwrap_or_default();
        let x = Scale::new((0, last), (layout.left, layout.width - layout.right));
        let y = Scale::new(ends, (layout.height - layout.bottom, layout.top));
        let mut svg = self.axes(layout, x, y, &marks);
        svg.push_str(&self.band(x, y));
        let mut labels = Vec::new();
        if let Some((value, label)) = &self.target {
            let (from, to, at) = (layout.left, layout.width - layout.right, y.at(*value));
            _ = write!(svg, "<line class=\"target\" x1=\"{from}\" x2=\"{to}\" y1=\"{at}\" y2=\"{at}\"/>");
            labels.push((at, "target-label", label.clone()));
        }
        for (number, series) in self.series.iter().enumerate().take(2) {
            svg.push_str(&self.series(series, number, x, y));
            if let Some(value) = series.values.iter().rev().flatten().next() {
                let class = if number == 0 { "line-label" } else { "line-label-1" };
                labels.push((y.at(*value), class, format!("{} {}", series.label, self.unit.write(*value))));
            }
        }
        svg + &ends_of(layout, labels)
    }

    fn axes(&self, layout: Layout, x: Scale, y: Scale, marks: &[i64]) -> String {
        let (left, right) = (layout.left, layout.width - layout.right);
        let mut svg = String::new();
        for mark in marks {
            let at = y.at(*mark);
            let (text, middle) = (self.unit.write(*mark), at + layout.font / 3);
            _ = write!(svg, "<line class=\"grid\" x1=\"{left}\" x2=\"{right}\" y1=\"{at}\" y2=\"{at}\"/>");
            _ = write!(
                svg,
                "<text class=\"tick\" x=\"{}\" y=\"{middle}\" text-anchor=\"end\">{text}</text>",
                left - 8
            );
        }
        let every = self.steps.len().div_ceil(if layout.width < 500 { 4 } else { 12 }).max(1);
        let foot = layout.height - layout.bottom;
        for (number, step) in self.steps.iter().enumerate().step_by(every) {
            let at = x.at(i64::try_from(number).unwrap_or_default());
            let below = foot + layout.font + 8;
            _ = write!(
                svg,
                "<text class=\"tick\" x=\"{at}\" y=\"{below}\" text-anchor=\"middle\">{}</text>",
                escape(step)
            );
        }
        _ = write!(svg, "<line class=\"axis\" x1=\"{left}\" x2=\"{right}\" y1=\"{foot}\" y2=\"{foot}\"/>");
        svg
    }

    fn band(&self, x: Scale, y: Scale) -> String {
        let placed: Vec<_> = (0..).zip(&self.band).filter_map(|(at, band)| Some((x.at(at), (*band)?))).collect();
        if placed.len() < 2 {
            return String::new();
        }
        let upper = placed.iter().map(|(at, (_, high))| format!("{at},{}", y.at(*high)));
        let lower = placed.iter().rev().map(|(at, (low, _))| format!("{at},{}", y.at(*low)));
        format!("<polygon class=\"band\" points=\"{}\"/>", upper.chain(lower).collect::<Vec<_>>().join(" "))
    }

    fn series(&self, series: &Series, number: usize, x: Scale, y: Scale) -> String {
        let placed: Vec<_> =
            series.values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?))).collect();
        let points = |from: usize, to: usize| -> String {
            let within = placed.iter().filter(|(at, _)| (from..=to).contains(at));
            let point = |(at, value): &(usize, i64)| {
                format!("{},{}", x.at(i64::try_from(*at).unwrap_or_default()), y.at(*value))
            };
            within.map(point).collect::<Vec<_>>().join(" ")
        };
        let turn = series.forecast_from.unwrap_or(usize::MAX);
        let class = if number == 0 { "" } else { " line-1" };
        let mut svg = format!("<polyline class=\"line{class}\" points=\"{}\"/>", points(0, turn.saturating_sub(1)));
        if turn != usize::MAX {
            let points = points(turn.saturating_sub(1), usize::MAX);
            _ = write!(svg, "<polyline class=\"line{class} forecast\" points=\"{points}\"/>");
        }
        let dot = if number == 0 { "dot" } else { "dot-1" };
        for (at, value) in &placed {
            let (cx, cy) = (x.at(i64::try_from(*at).unwrap_or_default()), y.at(*value));
            let step = self.steps.get(*at).map(|step| escape(step)).unwrap_or_default();
            let told = format!("<title>{step}: {}</title>", self.unit.write(*value));
            _ = if number == 0 {
                write!(svg, "<circle class=\"{dot}\" cx=\"{cx}\" cy=\"{cy}\" r=\"4\">{told}</circle>")
            } else {
                let (left, top) = (cx - 4, cy - 4);
                write!(svg, "<rect class=\"{dot}\" x=\"{left}\" y=\"{top}\" width=\"8\" height=\"8\">{told}</rect>")
            };
        }
        svg
    }
}

/// The labels at the right end, pushed apart so that none covers another.
fn ends_of(layout: Layout, mut labels: Vec<(i64, &'static str, String)>) -> String {
    labels.sort_by_key(|(at, ..)| *at);
    let (mut svg, mut free) = (String::new(), i64::MIN / 2);
    for (at, class, text) in labels {
        let at = at.max(free);
        free = at + layout.font + 4;
        let (x, y) = (layout.width - layout.right + 10, at + layout.font / 3);
        _ = write!(svg, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escape(&text));
    }
    svg
}

#[test]
fn labels_are_pushed_apart() {
    let layout = super::WIDE;
    let labels = ["a", "b"].map(|text| (100, "line-label", text.to_owned())).to_vec();
    let svg = ends_of(layout, labels);
    assert!(svg.contains("y=\"105\"") && svg.contains("y=\"124\""), "{svg}");
}

#[test]
fn a_forecast_is_dotted_and_no_data_is_no_zero() {
    let values = vec![Some(800), None, Some(850), Some(900)];
    let series = Series { label: "share".to_owned(), values, forecast_from: Some(3) };
    let lines = Lines {
        steps: ["1", "2", "3", "4"].map(str::to_owned).to_vec(),
        series: vec![series],
        unit: Unit { decimals: 1, suffix: " %" },
        ..Lines::default()
    };
    let html = lines.html();
    assert!(html.contains("forecast") && html.contains("<td class=\"num\">—</td>"));
    assert_eq!(html.matches("<circle").count(), 6, "three points in each of the two layouts");
}
