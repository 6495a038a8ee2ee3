//! Reports in JSON: the catalogue, and what a report is asked.

use chrono::Datelike;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::catalogue::{Asked, Parameter, Report};
use crate::{
    domain::{
        time::Day,
        vehicle::area::AreaCode,
        words::{Word as _, words},
    },
    platform::problem::{Language, Problem},
};

words! {
    /// The shape of a report.
    pub enum Shape {
        /// For machines.
        Json = "json" / "JSON",
        /// UTF-8 with its mark, as spreadsheets open it.
        Csv = "csv" / "CSV",
        /// A workbook.
        Xlsx = "xlsx" / "XLSX",
    }
}

/// What a report is asked.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// The shape; JSON when absent.
    pub format: Option<Shape>,
    /// The day for which it is asked; today when absent.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub as_of: Option<Day>,
    /// What was known at the end of this day; today when absent.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub as_known: Option<Day>,
    /// The first day of its period; the first of the year when absent.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub from: Option<Day>,
    /// The last day of its period; the day for which it is asked when absent.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub to: Option<Day>,
    /// The area with those in it (GB/T 2260); the whole register when absent.
    #[param(min_length = 6, max_length = 9)]
    pub area: Option<String>,
}

impl ReportQuery {
    /// The question, as a report can be asked it.
    ///
    /// # Errors
    /// A parameter that the report does not have, days out of order or after today, or no area code (422).
    pub fn asked(&self, report: &dyn Report, today: Day) -> Result<Asked, Problem> {
        let takes = |parameter| report.parameters().contains(&parameter);
        let strange =
            |pointer| Problem::invalid(pointer, "parameter", "this report has no such parameter", "本报表无此参数");
        let (as_of, as_known) = (self.as_of.unwrap_or(today), self.as_known.unwrap_or(today));
        if as_of > today || as_known > today {
            let pointer = if as_of > today { "/as_of" } else { "/as_known" };
            return Err(Problem::invalid(pointer, "in_the_future", "lies after today", "晚于今天"));
        }
        let period = takes(Parameter::Period);
        if !period && (self.from.is_some() || self.to.is_some()) {
            return Err(strange(if self.from.is_some() { "/from" } else { "/to" }));
        }
        if !takes(Parameter::Area) && self.area.is_some() {
            return Err(strange("/area"));
        }
        let to = self.to.unwrap_or(as_of);
        let from = self.from.or_else(|| Day::from_ymd_opt(to.year(), 1, 1)).unwrap_or(to);
        if to > as_of || from > to {
            let pointer = if to > as_of { "/to" } else { "/from" };
            return Err(Problem::invalid(
                pointer,
                "order",
                "from ≤ to ≤ as_of does not hold",
                "须满足 from ≤ to ≤ as_of",
            ));
        }
        let area = self.area.as_deref().map(AreaCode::read).transpose();
        let area = area
            .map_err(|error| Problem::invalid("/area", "unreadable", error.to_string(), "无法识别的行政区划代码"))?;
        Ok(Asked { from, to, as_of, as_known, area })
    }
}

/// The reports that the caller may read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportsOut {
    /// In the order of the catalogue.
    pub items: Vec<ReportOut>,
}

/// A report of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportOut {
    /// Its name in addresses.
    pub name: &'static str,
    /// Its title.
    pub title: String,
    /// What is counted, and what is not.
    pub definitions: String,
    /// The legal source.
    pub source: &'static str,
    /// What it can be asked by, beside as of and as known on a day.
    pub parameters: Vec<Parameter>,
    /// Its columns.
    pub columns: Vec<ReportColumnOut>,
}

/// A column of a report.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReportColumnOut {
    /// Its name in the rows.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Its unit; empty for words.
    pub unit: &'static str,
}

impl ReportOut {
    /// A report in a language.
    #[must_use]
    pub fn new(report: &dyn Report, language: Language) -> Self {
        Self {
            name: report.name(),
            title: language.text(&report.title()).to_owned(),
            definitions: language.text(&report.definitions()).to_owned(),
            source: report.source(),
            parameters: report.parameters().to_vec(),
            columns: columns(report, language),
        }
    }
}

/// The columns in a language.
#[must_use]
pub fn columns(report: &dyn Report, language: Language) -> Vec<ReportColumnOut> {
    let column = |column: &super::catalogue::Column| ReportColumnOut {
        name: column.name,
        label: language.pick(column.en, column.zh),
        unit: column.unit,
    };
    report.columns().iter().map(column).collect()
}

/// A report with its rows, as it is answered in JSON.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what `actions::json` writes row by row")]
pub struct ReportRowsOut {
    /// Its name.
    name: String,
    /// Its title.
    title: String,
    /// The day for which it was asked.
    #[schema(value_type = chrono::NaiveDate)]
    as_of: Day,
    /// What was known at the end of this day.
    #[schema(value_type = chrono::NaiveDate)]
    as_known: Day,
    /// The first day of its period.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    from: Option<Day>,
    /// The last day of its period.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    to: Option<Day>,
    /// The area.
    area: Option<String>,
    /// What is counted, and what is not.
    definitions: String,
    /// The legal source.
    source: String,
    /// Its columns.
    columns: Vec<ReportColumnOut>,
    /// Its rows: objects with a member for each column; null is no data.
    #[schema(value_type = Vec<Object>)]
    rows: Vec<serde_json::Value>,
}

/// The name of a shape's file.
#[must_use]
pub fn file_name(report: &dyn Report, asked: &Asked, shape: Shape) -> String {
    format!("{}-{}.{}", report.name(), asked.as_of, shape.word())
}
