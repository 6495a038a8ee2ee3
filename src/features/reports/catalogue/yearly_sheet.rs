//! The yearly sheet (年度考核): every task of the year with its figure, what fills it, and how it stands, district by district.

use chrono::Duration;

use super::{Asked, Cell, Column, Emit, Parameter, Report, column, names};
use crate::{
    domain::{
        role::Role::{self, EcologyBureau, MarketRegulator, TrafficPolice, TransportBureau},
        task::EntryStanding,
        words::Word as _,
    },
    features::{
        rules,
        tasks::{self, Standing},
    },
    platform::{
        db::AnyConnection,
        problem::{Problem, Text, text},
    },
};

/// Yearly sheet.
pub struct YearlySheet;

impl Report for YearlySheet {
    fn name(&self) -> &'static str {
        "yearly_sheet"
    }

    fn title(&self) -> Text {
        text("Yearly sheet: tasks by district and department", "年度考核表：区县与部门任务")
    }

    fn definitions(&self) -> Text {
        text(
            "The tasks of the year of the day asked for, those withdrawn left out, with the department and the post that \
             answer for each. A figure that a register knows is filled by it as of the day, or of the task's last day, \
             as it was known then; the others are what the department entered and a reviewer accepted. Stated: what the \
             department's own report says where it differs. A task that was amended is shown as amended.",
            "统计日所在年度的任务（不含已撤销），列责任单位与责任岗位；台账可知的数据由台账按统计日（或任务期限日）、按当时所知\
             自动生成，其余为部门填报并经审核通过者；“部门自报”仅在与台账不一致时列出；任务修订后按修订后内容列示。",
        )
    }

    fn source(&self) -> &'static str {
        "渭南市环境空气质量限期达标规划 三(三): 表格化、项目化、数字化、责任化"
    }

    fn readers(&self) -> &'static [Role] {
        &[EcologyBureau, TransportBureau, TrafficPolice, MarketRegulator]
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter::Area]
    }

    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("area", "Area", "行政区划代码", ""),
            column("area_name", "Area name", "行政区划", ""),
            column("target", "Target", "目标", ""),
            column("title", "Task", "任务", ""),
            column("department", "Department", "责任单位", ""),
            column("post", "Post", "责任岗位", ""),
            column("aim", "Aim", "要求", ""),
            column("wanted", "To be reached", "目标值", ""),
            column("unit", "Unit", "单位", ""),
            column("figure", "Figure", "完成值", ""),
            column("figure_as_of", "Figure as of", "数据日期", ""),
            column("source", "Filled by", "数据来源", ""),
            column("stated", "Stated by the department", "部门自报", ""),
            column("deadline_on", "By", "期限", ""),
            column("verdict", "Verdict", "完成情况", ""),
            column("entries", "Entries", "进展条数", "条 entries"),
            column("to_review", "To be reviewed", "待审核", "条 entries"),
        ];
        COLUMNS
    }

    fn rows(&self, conn: &mut AnyConnection, asked: &Asked, emit: &mut Emit<'_>) -> Result<(), Problem> {
        let settings = rules::settings_known(conn, asked.unknown_from().minus(Duration::microseconds(1)))?;
        let days = (asked.as_of, asked.as_known);
        for standing in tasks::sheets_known(conn, &settings, asked.area.as_ref(), days)? {
            emit(cells(&standing))?;
        }
        Ok(())
    }
}

fn cells(standing: &Standing) -> Vec<Cell> {
    let (task, figure) = (&standing.task, standing.figure);
    let [code, name] = names::of_area(task.area.as_str());
    let count = |entries: usize| Cell::Count(i64::try_from(entries).unwrap_or(i64::MAX));
    let waits = standing.entries.iter().filter(|entry| entry.standing() == EntryStanding::Entered).count();
    vec![
        code,
        name,
        Cell::text(&task.target),
        Cell::text(&task.title),
        Cell::text(&task.department),
        Cell::text(&task.post),
        Cell::text(task.aim.zh()),
        Cell::Amount(task.wanted),
        Cell::text(task.unit.zh()),
        figure.map_or(Cell::Nothing, |figure| Cell::Amount(figure.value)),
        figure.map_or(Cell::Nothing, |figure| Cell::Day(figure.as_of)),
        Cell::text(task.source.zh()),
        standing.difference().map_or(Cell::Nothing, |stated| Cell::Amount(stated.value)),
        Cell::Day(task.deadline_on),
        Cell::text(standing.verdict.zh()),
        count(standing.entries.len()),
        count(waits),
    ]
}
