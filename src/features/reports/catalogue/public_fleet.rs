//! The public fleet on its way to 2027: the new-energy share of the stock by trade.

use super::{Asked, Cell, Column, Emit, Parameter, Report, column, entries, nev_additions::Counted};
use crate::{
    domain::{
        fleet::Trade,
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

/// Each line with its trades and the share that it has to reach.
const LINES: [(&str, &[Trade], i64); 4] = [
    ("公交、出租（含网约） buses and taxis with ride-hailing", &[Trade::Bus, Trade::Taxi, Trade::RideHailing], 100),
    ("公交、出租（不含网约） buses and taxis without ride-hailing", &[Trade::Bus, Trade::Taxi], 100),
    ("公共交通领域其他车型 other public transport", &[Trade::Commuter, Trade::Tourism], 80),
    (
        "公共领域其他车型 other vehicles of the public domain",
        &[
            Trade::Commuter,
            Trade::Postal,
            Trade::Express,
            Trade::Refuse,
            Trade::LightSanitation,
            Trade::OtherSanitation,
            Trade::Tourism,
            Trade::ConstructionWaste,
        ],
        80,
    ),
];

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
             transport or of the public domain, the plan leaves open: both readings are shown.",
            "统计日终了在册车辆，按当日所属行业统计，同一行内一辆车只计一次；出租是否含网约、其他车型指公共交通领域还是\
             公共领域，规划未明确，两种口径并列。",
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
            column("target_percent", "To be reached by 2027", "2027年目标", "%"),
            column("verdict", "Verdict", "是否达标", ""),
        ];
        COLUMNS
    }

    fn rows(&self, conn: &mut AnyConnection, asked: &Asked, emit: &mut Emit<'_>) -> Result<(), Problem> {
        let found = entries::stock(conn, asked)?;
        for (line, trades, percent) in LINES {
            let [all, nev, unknown, share, verdict] = Counted::of(&found, trades).cells(percent);
            emit(vec![Cell::text(line), all, nev, unknown, share, Cell::Count(percent), verdict])?;
        }
        for trade in Trade::ALL {
            let [all, nev, unknown, share, _] = Counted::of(&found, &[*trade]).cells(0);
            emit(vec![Cell::text(trade.zh()), all, nev, unknown, share, Cell::Nothing, Cell::Nothing])?;
        }
        Ok(())
    }
}
