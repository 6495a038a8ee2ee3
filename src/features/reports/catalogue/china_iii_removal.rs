//! The removal of diesel trucks up to 国三: what left in the period and how, and what is left.

use std::collections::BTreeMap;

use super::{Asked, Cell, Column, Emit, Parameter, Report, column, entries, names};
use crate::{
    domain::{
        fleet::{MovementKind, TruckClass},
        role::Role::{self, EcologyBureau, TrafficPolice, TransportBureau},
        words::Word as _,
    },
    platform::{
        db::AnyConnection,
        problem::{Problem, Text, text},
    },
};

/// China III removal.
pub struct ChinaIiiRemoval;

#[derive(Default)]
struct Removal {
    left: i64,
    scrapped: i64,
    transferred: i64,
    cancelled: i64,
}

impl Report for ChinaIiiRemoval {
    fn name(&self) -> &'static str {
        "china_iii_removal"
    }

    fn title(&self) -> Text {
        text("Removal of diesel trucks up to China III", "国三及以下柴油货车淘汰情况")
    }

    fn definitions(&self) -> Text {
        text(
            "Diesel trucks (heavy, medium, light and micro trucks, tractors, special vehicles with cargo) of a known \
             stage up to China III. Removed: left the stock in the period. Remaining: in stock at the end of the day. \
             A move from one area or trade to another is no removal. Unknown stages are not among them.",
            "排放阶段已知且为国三及以下的柴油货车（重、中、轻、微型货车，牵引车，载货专项作业车）；淘汰指期间内退出保有量；\
             剩余指统计日终了在册；区县或行业间变动不计淘汰；排放阶段未知者不在其内。",
        )
    }

    fn source(&self) -> &'static str {
        "渭南市环境空气质量限期达标规划 二(三)3 (T9: 2025年底前全部淘汰)"
    }

    fn readers(&self) -> &'static [Role] {
        &[EcologyBureau, TransportBureau, TrafficPolice]
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter::Period, Parameter::Area]
    }

    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("area", "Area code", "区划代码", ""),
            column("area_name", "Area", "区县", ""),
            column("class", "Class", "货车类型", ""),
            column("scrapped", "Scrapped", "报废", "辆 vehicles"),
            column("transferred_out", "Transferred out", "转出", "辆 vehicles"),
            column("cancelled", "Cancelled", "注销", "辆 vehicles"),
            column("removed", "Removed", "淘汰合计", "辆 vehicles"),
            column("remaining", "Remaining", "剩余", "辆 vehicles"),
        ];
        COLUMNS
    }

    fn rows(&self, conn: &mut AnyConnection, asked: &Asked, emit: &mut Emit<'_>) -> Result<(), Problem> {
        let mut groups = BTreeMap::<(String, TruckClass), Removal>::new();
        for (area, class, until, way_out) in entries::old_diesel_trucks(conn, asked)? {
            let group = groups.entry((area, class)).or_default();
            if until.is_none_or(|until| until > asked.as_of) {
                group.left += 1;
                continue;
            }
            // The first day no longer in stock is the day of the removal or the one after; both are the register's.
            if until.is_none_or(|until| until < asked.from || until > asked.to) {
                continue;
            }
            match way_out {
                Some(MovementKind::Scrapped) => group.scrapped += 1,
                Some(MovementKind::TransferredOut) => group.transferred += 1,
                Some(MovementKind::Cancelled) => group.cancelled += 1,
                _ => {}
            }
        }
        groups.into_iter().try_for_each(|((area, class), group)| {
            let [code, name] = names::of_area(&area);
            let removed = group.scrapped + group.transferred + group.cancelled;
            let counts = [group.scrapped, group.transferred, group.cancelled, removed, group.left].map(Cell::Count);
            emit([code, name, Cell::text(class.zh())].into_iter().chain(counts).collect())
        })
    }
}
