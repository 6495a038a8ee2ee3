//! The blacklist by month and reason: what came, what went, what stands.

use std::collections::BTreeMap;

use diesel::{ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl};

use super::{Asked, Cell, Column, Emit, Parameter, Report, column, month};
use crate::{
    domain::{
        listing::ListingReason,
        role::Role::{self, EcologyBureau, TrafficPolice, TransportBureau},
        time::{Day, Instant},
        words::Word as _,
    },
    platform::{
        db::AnyConnection,
        problem::{Problem, Text, text},
    },
    schema::{listings, vehicles},
};

/// Blacklist in and out.
pub struct BlacklistInAndOut;

type ListingRow = (String, ListingReason, Instant, Option<Instant>);

impl Report for BlacklistInAndOut {
    fn name(&self) -> &'static str {
        "blacklist_in_and_out"
    }

    fn title(&self) -> Text {
        text("Blacklist: in and out by month and reason", "高排放车辆黑名单进出情况（按月份与原因）")
    }

    fn definitions(&self) -> Text {
        text(
            "Listings, not vehicles: a vehicle may stand on the list for several reasons. In: recorded in the month. \
             Out: lifted in the month. Standing: recorded and not lifted at the month's end, or on the day in its last \
             month.",
            "以列入记录计，同一车辆可因多个原因列入；列入指当月录入，移出指当月解除，在列指月末（末月为统计日）未解除的记录。",
        )
    }

    fn source(&self) -> &'static str {
        "渭南市环境空气质量限期达标规划 二(三)4 (黑名单记录制度)"
    }

    fn readers(&self) -> &'static [Role] {
        &[EcologyBureau, TrafficPolice, TransportBureau]
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter::Period, Parameter::Area]
    }

    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("month", "Month", "月份", ""),
            column("reason", "Reason", "列入原因", ""),
            column("in", "In", "列入", "条 listings"),
            column("out", "Out", "移出", "条 listings"),
            column("standing", "Standing", "在列", "条 listings"),
        ];
        COLUMNS
    }

    fn rows(&self, conn: &mut AnyConnection, asked: &Asked, emit: &mut Emit<'_>) -> Result<(), Problem> {
        let known = asked.span().1.min(asked.unknown_from());
        let found: Vec<ListingRow> = listings::table
            .inner_join(vehicles::table.on(vehicles::id.eq(listings::vehicle_id)))
            .filter(listings::recorded_at.lt(known))
            .select((vehicles::area, listings::reason, listings::recorded_at, listings::lifted_at))
            .load(conn)?;
        // Counted by day, so that what has gone and come before the period is one number for each reason.
        let mut days = BTreeMap::<(ListingReason, Day), (i64, i64)>::new();
        for (_, reason, recorded, lifted) in found.into_iter().filter(|row| asked.is_within(&row.0)) {
            days.entry((reason, recorded.local_day())).or_default().0 += 1;
            if let Some(lifted) = lifted.filter(|lifted| *lifted < known) {
                days.entry((reason, lifted.local_day())).or_default().1 += 1;
            }
        }
        months(asked, &days).into_iter().try_for_each(emit)
    }
}

fn months(asked: &Asked, days: &BTreeMap<(ListingReason, Day), (i64, i64)>) -> Vec<Vec<Cell>> {
    let all = asked.from.iter_days().take_while(|day| *day <= asked.to).map(month);
    let mut names: Vec<String> = all.collect();
    names.dedup();
    let mut reasons: Vec<ListingReason> = days.keys().map(|(reason, _)| *reason).collect();
    reasons.dedup();
    let mut rows = Vec::new();
    for name in &names {
        for reason in &reasons {
            let of_reason = days.range((*reason, Day::MIN)..=(*reason, asked.to));
            let (mut came, mut went, mut standing) = (0, 0, 0);
            for ((_, day), (ins, outs)) in of_reason {
                let at = month(*day);
                if at <= *name {
                    standing += ins - outs;
                }
                if at == *name && *day >= asked.from {
                    came += ins;
                    went += outs;
                }
            }
            let counts = [came, went, standing].map(Cell::Count);
            rows.push([Cell::text(name), Cell::text(reason.zh())].into_iter().chain(counts).collect());
        }
    }
    rows
}
