//! The public fleet on its way to 2027: the new-energy share of the stock by trade.

use super::{
    Asked, Cell, Column, Emit, Parameter, Report, column,
    ruled::{Ruled, counted},
};
use crate::{
    domain::{
        fleet::{Book, Trade},
        role::Role::{self, EcologyBureau, MarketRegulator, TrafficPolice, TransportBureau},
        words::Word as _,
    },
    platform::{
        db::AnyConnection,
        problem::{Problem, Text, text},
    },
};

/// Public fleet 2027.
pub struct PublicFleet2027;

impl Report for PublicFleet2027 {
    fn name(&self) -> &'static str {
        "public_fleet_2027"
    }

    fn title(&self) -> Text {
        text("Public fleet 2027: new-energy share of the stock", "2027年公共领域车辆新能源化进展")
    }

    fn definitions(&self) -> Text {
        text(
            "Vehicles in stock at the end of the day, by the trades of that day; a vehicle of two trades counts once \
             in a line. Whether taxis include ride-hailing, and whether the other vehicles are those of public \
             transport or of the public domain, the plan leaves open: every reading of the targets T6 and T7 in their \
             versions of the day is shown, with the one by which a dated setting judges.",
            "统计日终了在册车辆，按当日所属行业统计，同一行内一辆车只计一次；出租是否含网约、其他车型指公共交通领域还是\
             公共领域，规划未明确，目标T6、T7当日版本的各种口径并列，并标明设定所采用者。",
        )
    }

    fn source(&self) -> &'static str {
        "渭南市环境空气质量限期达标规划 二(三)3 (T6: 公交、出租100%; T7: 其他车型不低于80%)"
    }

    fn readers(&self) -> &'static [Role] {
        &[EcologyBureau, TransportBureau, TrafficPolice, MarketRegulator]
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter::Area]
    }

    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("line", "Vehicles of", "范围", ""),
            column("vehicles", "In stock", "保有量", "辆 vehicles"),
            column("nev", "New-energy", "新能源", "辆 vehicles"),
            column("unknown", "Drive unknown", "动力类型未知", "辆 vehicles"),
            column("nev_percent", "New-energy share", "新能源占比", "%"),
            column("target_percent", "To be reached", "目标", "%"),
            column("verdict", "Verdict", "是否达标", ""),
            column("deadline_on", "By", "期限", ""),
            column("judging", "Judged by it", "判定口径", ""),
        ];
        COLUMNS
    }

    fn rows(&self, conn: &mut AnyConnection, asked: &Asked, emit: &mut Emit<'_>) -> Result<(), Problem> {
        let found = counted(conn, asked, Book::Stock)?;
        let rules = [Ruled::on(conn, asked, "T6", asked.as_of)?, Ruled::on(conn, asked, "T7", asked.as_of)?];
        for rule in &rules {
            let deadline = rule.target.as_ref().and_then(|target| target.deadline);
            for reading in rule.readings() {
                let line = Cell::text(format!("{} {}", reading.zh, reading.en));
                let judging = if rule.is_judging(reading) { Cell::text("是 yes") } else { Cell::Nothing };
                let ends = [deadline.map_or(Cell::Nothing, Cell::Day), judging];
                emit([line].into_iter().chain(rule.of_reading(asked, reading, &found)).chain(ends).collect())?;
            }
        }
        let [plain, _] = rules;
        for trade in Trade::ALL {
            let [all, nev, unknown, share, ..] = plain.of_trade(asked, *trade, &found);
            let none = [const { Cell::Nothing }; 4];
            let cells = [Cell::text(trade.zh()), all, nev, unknown, share];
            emit(cells.into_iter().chain(none).collect())?;
        }
        Ok(())
    }
}
