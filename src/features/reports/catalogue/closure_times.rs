//! How long cases took from the failing test to their close.

use std::collections::BTreeMap;

use diesel::{ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, RunQueryDsl};

use super::{Asked, Cell, Column, Emit, Parameter, Report, column, month};
use crate::{
    domain::{
        case::{Cause, Closure, State},
        role::Role::{self, EcologyBureau, TrafficPolice, TransportBureau},
        time::{Day, Instant},
        words::Word as _,
    },
    platform::{
        db::{AnyConnection, Json},
        problem::{Problem, Text, text},
    },
    schema::{cases, vehicles},
};

/// I/M closure times.
pub struct CaseClosureTimes;

/// The closed cases of a month and cause.
#[derive(Default)]
struct Closed {
    by_pass: i64,
    by_ruling: i64,
    in_time: i64,
    days: Vec<i64>,
}

type CaseRow = (String, Cause, Instant, Day, Instant, Json<State>);

impl Report for CaseClosureTimes {
    fn name(&self) -> &'static str {
        "case_closure_times"
    }

    fn title(&self) -> Text {
        text("I/M closure times", "排放检验与维护闭环时长")
    }

    fn definitions(&self) -> Text {
        text(
            "Cases closed in the period, by the month of their close and their cause. Days are legal days from the \
             failing test's case to its close. In time: closed on or before the deadline of the last notice. A case \
             that was opened again has not closed. The middle of an even number of cases is the lower one.",
            "期间内闭环的案件，按闭环月份与立案原因统计；天数为立案日至闭环日的法定日；按期指不晚于最近一次通知的期限；\
             重新打开的案件不计；偶数个案件取较小的中位数。",
        )
    }

    fn source(&self) -> &'static str {
        "环大气〔2020〕31号; 渭南市环境空气质量限期达标规划 二(三)4"
    }

    fn readers(&self) -> &'static [Role] {
        &[EcologyBureau, TransportBureau, TrafficPolice]
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter::Period, Parameter::Area]
    }

    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("month", "Month of close", "闭环月份", ""),
            column("cause", "Cause", "立案原因", ""),
            column("closed", "Closed", "闭环", "件 cases"),
            column("by_pass", "By a passing retest", "复检合格", "件 cases"),
            column("by_ruling", "By a ruling", "裁定", "件 cases"),
            column("in_time", "In time", "按期", "件 cases"),
            column("in_time_percent", "In time", "按期率", "%"),
            column("median_days", "Median", "中位天数", "天 days"),
            column("longest_days", "Longest", "最长天数", "天 days"),
        ];
        COLUMNS
    }

    fn rows(&self, conn: &mut AnyConnection, asked: &Asked, emit: &mut Emit<'_>) -> Result<(), Problem> {
        let (first, end) = asked.span();
        let closed = cases::closed_at.assume_not_null();
        let found: Vec<CaseRow> = cases::table
            .inner_join(vehicles::table.on(vehicles::id.eq(cases::vehicle_id)))
            .filter(cases::closed_at.is_not_null())
            .filter(closed.ge(first))
            .filter(closed.lt(end.min(asked.unknown_from())))
            .select((vehicles::area, cases::cause, cases::opened_at, cases::deadline_on, closed, cases::progress))
            .load(conn)?;
        let mut groups = BTreeMap::<(String, Cause), Closed>::new();
        for (_, cause, opened_at, deadline_on, closed_at, progress) in
            found.into_iter().filter(|row| asked.is_within(&row.0))
        {
            let day = closed_at.local_day();
            let group = groups.entry((month(day), cause)).or_default();
            match progress.0 {
                State::Closed { closure: Closure::Pass { .. }, .. } => group.by_pass += 1,
                _ => group.by_ruling += 1,
            }
            group.in_time += i64::from(day <= deadline_on);
            group.days.push(day.signed_duration_since(opened_at.local_day()).num_days());
        }
        groups.into_iter().try_for_each(|(key, group)| emit(row(key, group)))
    }
}

fn row((month, cause): (String, Cause), mut group: Closed) -> Vec<Cell> {
    group.days.sort_unstable();
    let closed = group.by_pass + group.by_ruling;
    let median = group.days.get(group.days.len().saturating_sub(1) / 2).copied();
    let days = |days: Option<i64>| days.map_or(Cell::Nothing, Cell::Count);
    vec![
        Cell::text(month),
        Cell::text(cause.zh()),
        Cell::Count(closed),
        Cell::Count(group.by_pass),
        Cell::Count(group.by_ruling),
        Cell::Count(group.in_time),
        Cell::percent(group.in_time, closed),
        days(median),
        days(group.days.last().copied()),
    ]
}
