//! New-energy vehicles among what was added or renewed, trade by trade and as a whole.

use super::{
    Asked, Cell, Column, Emit, Parameter, Report, column,
    entries::{self, OfTrades},
};
use crate::{
    domain::{
        fleet::Trade,
        role::Role::{self, EcologyBureau, MarketRegulator, TrafficPolice, TransportBureau},
        vehicle::energy::EnergyKind,
        words::Word as _,
    },
    platform::{
        db::AnyConnection,
        problem::{Problem, Text, text},
    },
};

/// NEV additions.
pub struct NevAdditions;

/// The trades of the 90 % rule, and no others.
const RULED: [Trade; 6] =
    [Trade::Bus, Trade::Taxi, Trade::RideHailing, Trade::Logistics, Trade::Refuse, Trade::LightSanitation];

/// Counted vehicles.
#[derive(Default)]
pub struct Counted {
    /// All.
    pub all: i64,
    /// New-energy vehicles.
    pub nev: i64,
    /// Vehicles whose drive is not known.
    pub unknown: i64,
}

impl Counted {
    /// Those of some trades; each vehicle once.
    pub fn of(found: &[OfTrades], trades: &[Trade]) -> Self {
        found.iter().filter(|entry| entry.trades.meet(trades)).fold(Self::default(), |mut sum, entry| {
            sum.all += entry.vehicles;
            sum.nev += if entry.energy.is_new_energy() { entry.vehicles } else { 0 };
            sum.unknown += if entry.energy == EnergyKind::Unknown { entry.vehicles } else { 0 };
            sum
        })
    }

    /// All, new-energy, unknown, share, and whether so many percent are reached; no data of nothing.
    pub fn cells(&self, percent: i64) -> [Cell; 5] {
        let met = if self.nev * 100 >= self.all * percent { "达标 met" } else { "未达标 not met" };
        let met = if self.all == 0 { Cell::Nothing } else { Cell::text(met) };
        let counts = [self.all, self.nev, self.unknown].map(Cell::Count);
        let [all, nev, unknown] = counts;
        [all, nev, unknown, Cell::percent(self.nev, self.all), met]
    }
}

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
             of two trades counts once in the whole. New-energy: battery-electric, fuel-cell, plug-in and \
             extended-range; a plain hybrid is not. Unknown drives are in the denominator alone. The rule holds for \
             the six trades of the plan; the others are shown without a verdict.",
            "期间内新增、更新或转入的车辆，按当日所属行业统计；同属两行业者总计中只计一次；新能源含纯电动、燃料电池、\
             插电式混合动力与增程式，不含普通混合动力；动力类型未知者只计入分母；90%的要求只适用于规划所列六个行业。",
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
            column("verdict", "90 %", "是否达到90%", ""),
        ];
        COLUMNS
    }

    fn rows(&self, conn: &mut AnyConnection, asked: &Asked, emit: &mut Emit<'_>) -> Result<(), Problem> {
        let found = entries::additions(conn, asked)?;
        let mut row = |name: &str, trades: &[Trade], ruled: bool| {
            let [all, nev, unknown, share, verdict] = Counted::of(&found, trades).cells(90);
            let verdict = if ruled { verdict } else { Cell::Nothing };
            emit(vec![Cell::text(name), all, nev, unknown, share, verdict])
        };
        row("六行业合计 the six trades", &RULED, true)?;
        for trade in Trade::ALL {
            row(trade.zh(), &[*trade], RULED.contains(trade))?;
        }
        Ok(())
    }
}
