//! Pass rates by station, method and month.

use std::collections::BTreeMap;

use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, QueryDsl, RunQueryDsl, dsl::count_star,
};

use super::{Asked, Cell, Column, Emit, Parameter, Report, column, month, names};
use crate::{
    domain::{
        id::Id,
        inspection::{InspectionKind, Nature},
        party::Organisation,
        role::Role::{self, EcologyBureau, MarketRegulator},
        standard::Method,
        time::Day,
        verdict::Verdict,
        words::Word as _,
    },
    platform::{
        db::AnyConnection,
        problem::{Problem, Text, text},
    },
    schema::inspections,
};

/// How many first tests and retests passed.
pub struct PassRates;

/// Tests of a station, method and month.
#[derive(Default)]
struct Tests {
    first: i64,
    first_passed: i64,
    retests: i64,
    retests_passed: i64,
    not_judged: i64,
}

type Counted = (Id<Organisation>, Option<Method>, Nature, Verdict, Day, i64);

impl Report for PassRates {
    fn name(&self) -> &'static str {
        "pass_rates"
    }

    fn title(&self) -> Text {
        text("Pass rates by station, method and month", "检验合格率（机构、方法、月份）")
    }

    fn definitions(&self) -> Text {
        text(
            "Tests that count (no trial runs, no comparisons), by the day on which they ended, with the service's own \
             verdict; voided and corrected tests as they stood at the end of the day of knowledge. Retests are second \
             and further tests. A test without a verdict is in no share.",
            "计入统计的检验（不含试检与比对），按检验结束日与系统判定统计；作废与更正以知悉日终了时为准；复检含多检；\
             未判定者不计入任何比率。",
        )
    }

    fn source(&self) -> &'static str {
        "GB 18285-2018; GB 3847-2018; HJ 1237-2021"
    }

    fn readers(&self) -> &'static [Role] {
        &[EcologyBureau, MarketRegulator]
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter::Period]
    }

    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("station", "Station code", "机构编号", ""),
            column("station_name", "Station", "检验机构", ""),
            column("method", "Method", "检测方法", ""),
            column("month", "Month", "月份", ""),
            column("first_tests", "First tests", "初检", "次 tests"),
            column("first_passed", "First tests passed", "初检合格", "次 tests"),
            column("first_pass_percent", "First pass rate", "初检合格率", "%"),
            column("retests", "Retests", "复检", "次 tests"),
            column("retests_passed", "Retests passed", "复检合格", "次 tests"),
            column("retest_pass_percent", "Retest pass rate", "复检合格率", "%"),
            column("not_judged", "Not judged", "未判定", "次 tests"),
        ];
        COLUMNS
    }

    fn rows(&self, conn: &mut AnyConnection, asked: &Asked, emit: &mut Emit<'_>) -> Result<(), Problem> {
        use inspections::dsl;
        let known = asked.unknown_from();
        let by = (dsl::station_id, dsl::method, dsl::nature, dsl::verdict, dsl::ended_on);
        let counted: Vec<Counted> = dsl::inspections
            .filter(dsl::counted.eq(true))
            .filter(dsl::kind.ne_all([InspectionKind::Trial, InspectionKind::Comparison]))
            .filter(dsl::ended_on.between(asked.from, asked.to))
            .filter(dsl::recorded_at.lt(known))
            .filter(dsl::superseded_at.is_null().or(dsl::superseded_at.assume_not_null().ge(known)))
            .group_by(by)
            .select((by.0, by.1, by.2, by.3, by.4, count_star()))
            .load(conn)?;
        let stations = names::organisations(conn)?;
        let mut groups = BTreeMap::<([Cell; 2], &str, String), Tests>::new();
        for (station, method, nature, verdict, day, count) in counted {
            let method = method.map_or("", |method| method.zh());
            let key = (names::of_organisation(&stations, station), method, month(day));
            groups.entry(key).or_default().add(nature, verdict, count);
        }
        groups.into_iter().try_for_each(|(([code, name], method, month), tests)| {
            emit(
                [code, name, if method.is_empty() { Cell::Nothing } else { Cell::text(method) }, Cell::text(month)]
                    .into_iter()
                    .chain(tests.cells())
                    .collect(),
            )
        })
    }
}

impl Tests {
    fn add(&mut self, nature: Nature, verdict: Verdict, count: i64) {
        let passed = if verdict == Verdict::Pass { count } else { 0 };
        match (verdict, nature) {
            (Verdict::NotJudged, _) => self.not_judged += count,
            (_, Nature::First) => {
                self.first += count;
                self.first_passed += passed;
            }
            _ => {
                self.retests += count;
                self.retests_passed += passed;
            }
        }
    }

    fn cells(&self) -> [Cell; 7] {
        [
            Cell::Count(self.first),
            Cell::Count(self.first_passed),
            Cell::percent(self.first_passed, self.first),
            Cell::Count(self.retests),
            Cell::Count(self.retests_passed),
            Cell::percent(self.retests_passed, self.retests),
            Cell::Count(self.not_judged),
        ]
    }
}
