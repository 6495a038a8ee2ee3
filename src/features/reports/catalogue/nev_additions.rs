//! New-energy vehicles among what was added or renewed, trade by trade and as a whole.

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

/// NEV additions.
pub struct NevAdditions;

impl Report for NevAdditions {
    fn name(&self) -> &'static str {
        "nev_additions"
    }

    fn title(&self) -> Text {
        text("New-energy share of added and renewed vehicles", "新增和更新车辆新能源占比")
    }

    fn definitions(&self) -> Text {
        text(
            "Vehicles registered, renewed or transferred in within the period, in the trades of their day. A vehicle \
             of two trades counts once in the whole. New-energy is what the setting new_energy_kinds of the day names. \
             Unknown drives are in the denominator alone. Share, trades and the way of judging are those of target \
             T4 in its version of the last day; other trades are shown without a verdict.",
            "期间内新增、更新或转入的车辆，按当日所属行业统计；同属两行业者总计中只计一次；新能源以当日设定 \
             new_energy_kinds 为准；动力类型未知者只计入分母；比例、行业与判定方式以目标T4在期末当日的版本为准，其余行业只列数不判定。",
        )
    }

    fn source(&self) -> &'static str {
        "渭南市环境空气质量限期达标规划 二(三)3 (T4: 不低于90%)"
    }

    fn readers(&self) -> &'static [Role] {
        &[EcologyBureau, TransportBureau, TrafficPolice, MarketRegulator]
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter::Period, Parameter::Area]
    }

    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("trade", "Trade", "行业", ""),
            column("added", "Added and renewed", "新增和更新", "辆 vehicles"),
            column("nev", "New-energy", "新能源", "辆 vehicles"),
            column("unknown", "Drive unknown", "动力类型未知", "辆 vehicles"),
            column("nev_percent", "New-energy share", "新能源占比", "%"),
            column("target_percent", "To be reached", "要求", "%"),
            column("verdict", "Verdict", "是否达标", ""),
        ];
        COLUMNS
    }

    fn rows(&self, conn: &mut AnyConnection, asked: &Asked, emit: &mut Emit<'_>) -> Result<(), Problem> {
        let (rule, found) = (Ruled::on(conn, asked, "T4", asked.to)?, counted(conn, asked, Book::Additions)?);
        for reading in rule.readings() {
            let name = Cell::text(format!("{} {}", reading.zh, reading.en));
            emit([name].into_iter().chain(rule.of_reading(asked, reading, &found)).collect())?;
        }
        for trade in Trade::ALL {
            emit([Cell::text(trade.zh())].into_iter().chain(rule.of_trade(asked, *trade, &found)).collect())?;
        }
        Ok(())
    }
}
