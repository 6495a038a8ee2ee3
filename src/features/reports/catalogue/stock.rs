//! The stock by area, stage, fuel and drive.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, QueryDsl, RunQueryDsl, dsl::count_star,
};

use super::{Asked, Cell, Column, Emit, Parameter, Report, column, names};
use crate::{
    domain::{
        role::Role::{self, EcologyBureau, MarketRegulator, TrafficPolice, TransportBureau},
        vehicle::{energy::EnergyKind, stage::Stage},
        words::Word as _,
    },
    platform::{
        db::AnyConnection,
        problem::{Problem, Text, text},
    },
    schema::vehicles,
};

/// How many vehicles of which stage and fuel are registered where.
pub struct StockByStageAndFuel;

impl Report for StockByStageAndFuel {
    fn name(&self) -> &'static str {
        "stock_by_stage_and_fuel"
    }

    fn title(&self) -> Text {
        text("Registered vehicles by stage and fuel", "机动车保有量（按排放阶段与燃料）")
    }

    fn definitions(&self) -> Text {
        text(
            "Vehicles first registered on or before the day, or whose registration is not known, and recorded by the \
             end of the day of knowledge. Stage, fuel, drive and area as the register has them now. A vehicle of \
             unknown drive is counted as unknown and clears only by a document.",
            "统计日（含）前初次登记或登记日期未知、且截至知悉日已录入的车辆；排放阶段、燃料、动力类型与区划以现登记为准；\
             动力类型未知者单列，待凭证核清。",
        )
    }

    fn source(&self) -> &'static str {
        "渭南市环境空气质量限期达标规划 二(三)3"
    }

    fn readers(&self) -> &'static [Role] {
        &[EcologyBureau, TrafficPolice, TransportBureau, MarketRegulator]
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter::Area]
    }

    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("area", "Area code", "区划代码", ""),
            column("area_name", "Area", "区县", ""),
            column("stage", "Stage", "排放阶段", ""),
            column("fuel", "Fuel (GA 24.9)", "燃料种类", ""),
            column("energy", "Drive", "动力类型", ""),
            column("vehicles", "Vehicles", "车辆数", "辆 vehicles"),
        ];
        COLUMNS
    }

    fn rows(&self, conn: &mut AnyConnection, asked: &Asked, emit: &mut Emit<'_>) -> Result<(), Problem> {
        let by = (vehicles::area, vehicles::stage, vehicles::fuel, vehicles::energy_kind);
        let registered =
            vehicles::registered_on.is_null().or(vehicles::registered_on.assume_not_null().le(asked.as_of));
        let counted: Vec<(String, Stage, Option<String>, EnergyKind, i64)> = vehicles::table
            .filter(vehicles::merged_into.is_null())
            .filter(registered)
            .filter(vehicles::recorded_at.lt(asked.unknown_from()))
            .group_by(by)
            .order(by)
            .select((by.0, by.1, by.2, by.3, count_star()))
            .load(conn)?;
        for (area, stage, fuel, energy, count) in counted.into_iter().filter(|row| asked.is_within(&row.0)) {
            let [code, name] = names::of_area(&area);
            let fuel = fuel.map_or(Cell::Nothing, Cell::text);
            emit(vec![code, name, Cell::text(stage.zh()), fuel, Cell::text(energy.zh()), Cell::Count(count)])?;
        }
        Ok(())
    }
}
