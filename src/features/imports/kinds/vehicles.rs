//! Rows of vehicles: columns of a registration list, taken over by the register of vehicles.

use validator::Validate;

use super::{Batch, ExportPage, Rows, Taken, read_all};
use crate::{
    domain::{
        role::Role,
        vehicle::{Vehicle, owner::Owner, plate::PlateKind, stage::Stage, use_nature::UseNature},
        words::Word as _,
    },
    features::vehicles::{self, VehicleIn},
    import::{Column, Mapping, Record, Row, RowFault, cells, vehicle_type},
    platform::{
        body::faults,
        db::{AnyConnection, Tx},
        problem::{Fault, Problem},
        state::Ground,
    },
};

/// Vehicles.
pub struct Vehicles;

/// The columns, in the order in which they are exported; the last two are personal data.
const COLUMNS: &[Column] = &[
    column("vin", "车辆识别代号", &["车架号", "VIN码", "车辆识别代码"]),
    column("plate", "号牌号码", &["车牌号", "车牌", "车牌号码", "号牌"]),
    column("plate_kind", "号牌种类", &["车牌种类", "车牌类型"]),
    column("vehicle_type", "车辆类型", &["车型"]),
    column("use_nature", "使用性质", &[]),
    column("fuel", "燃料种类", &["燃料类型", "燃料"]),
    column("energy", "动力类型", &["能源类型"]),
    column("energy_source", "动力类型来源", &[]),
    column("stage", "排放阶段", &["排放标准", "环保达标情况"]),
    column("stage_source", "排放阶段来源", &[]),
    column("gvm_kg", "最大总质量", &["总质量"]),
    column("reference_mass_kg", "基准质量", &[]),
    column("rated_power_kw", "额定功率", &["发动机功率", "功率"]),
    column("rated_speed_per_min", "额定转速", &[]),
    column("displacement_ml", "排量", &[]),
    column("registered_on", "初次登记日期", &["注册登记日期", "注册日期", "登记日期"]),
    column("built_on", "出厂日期", &["生产日期"]),
    column("area", "行政区划", &["区县", "管辖区县", "所属区域"]),
    column("maker", "制造厂", &["生产企业", "制造企业"]),
    column("model", "车辆型号", &["型号"]),
    column("engine_model", "发动机型号", &[]),
    column("has_obd", "是否有OBD", &["OBD"]),
    column("dyno_capable", "能否上测功机", &[]),
    column("owner_name", "所有人", &["机动车所有人", "车主", "车主姓名"]),
    column("owner_phone", "联系电话", &["车主电话", "手机号"]),
];

const fn column(field: &'static str, zh: &'static str, also: &'static [&'static str]) -> Column {
    Column { field, zh, also }
}

impl Rows for Vehicles {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn needed(&self) -> &'static [&'static str] {
        &["vehicle_type", "use_nature", "fuel"]
    }

    fn importers(&self) -> &'static [Role] {
        &[Role::EcologyBureau, Role::TrafficPolice]
    }

    fn read(&self, records: &[Record], mapping: &Mapping) -> Result<Box<dyn Batch>, Vec<RowFault>> {
        Ok(Box::new(VehicleRows(read_all(records, mapping, read)?)))
    }

    fn page(
        &self,
        conn: &mut AnyConnection,
        after: Option<&str>,
        size: i64,
        with_owners: bool,
    ) -> Result<ExportPage, Problem> {
        let after = after.map(str::parse).transpose().map_err(|_| Problem::not_found())?;
        let found = vehicles::walk(conn, after, size)?;
        let next = found.last().map(|(vehicle, _)| vehicle.id.to_string());
        let rows = found.iter().map(|(vehicle, owner)| write(vehicle, owner.as_ref().filter(|_| with_owners)));
        Ok((rows.collect(), next))
    }
}

struct VehicleRows(Vec<VehicleIn>);

impl Batch for VehicleRows {
    fn take(&self, tx: &mut Tx<'_>, _: &Ground, reason: &str) -> Result<Taken, Problem> {
        vehicles::take_vehicles(tx, &self.0, reason)
    }
}

fn read(mut row: Row<'_>) -> Result<VehicleIn, Vec<Fault>> {
    let told = VehicleIn {
        plate: row.text("plate").map(str::to_owned),
        plate_kind: row.read("plate_kind", |cell| cells::coded(cell, PlateKind::from_code)),
        vin: row.text("vin").map(str::to_owned),
        vehicle_type: row.need("vehicle_type", vehicle_type).map(|known| known.to_string()),
        use_nature: row.need("use_nature", |cell| cells::coded(cell, UseNature::from_code)),
        fuel: row.need("fuel", cells::fuel).map(|fuel| fuel.to_string()),
        energy: row.read("energy", cells::word),
        energy_source: row.read("energy_source", cells::word),
        stage: row.read("stage", stage),
        stage_source: row.read("stage_source", cells::word),
        gvm_kg: row.read("gvm_kg", cells::whole),
        reference_mass_kg: row.read("reference_mass_kg", cells::whole),
        rated_power_kw: row.read("rated_power_kw", cells::amount),
        rated_speed_per_min: row.read("rated_speed_per_min", cells::whole),
        displacement_ml: row.read("displacement_ml", cells::whole),
        registered_on: row.read("registered_on", cells::day),
        built_on: row.read("built_on", cells::day),
        area: row.read("area", cells::area).map(|area| area.to_string()),
        maker: row.text("maker").map(str::to_owned),
        model: row.text("model").map(str::to_owned),
        engine_model: row.text("engine_model").map(str::to_owned),
        has_obd: row.read("has_obd", cells::yes_or_no),
        dyno_capable: row.read("dyno_capable", cells::yes_or_no),
        owner: owner(&mut row),
    };
    for fault in told.validate().err().map(|errors| faults(&errors)).unwrap_or_default() {
        let field = fault.pointer.trim_start_matches('/').replace("owner/", "owner_");
        row.wrong(&field, "bounds", fault.detail.en, fault.detail.zh);
    }
    row.done(Some(told))
}

/// A stage by its code at the gates, its word or its label, with Arabic digits too: `国5`, `国V`, `国Ⅴ`.
fn stage(cell: &str) -> Result<Stage, cells::CellError> {
    const NUMBERS: [(&str, &str); 14] = [
        ("国0", "0"),
        ("国1", "1"),
        ("国2", "2"),
        ("国3", "3"),
        ("国4", "4"),
        ("国5", "5"),
        ("国6", "6"),
        ("国I", "1"),
        ("国II", "2"),
        ("国III", "3"),
        ("国IV", "4"),
        ("国V", "5"),
        ("国VI", "6"),
        ("国VIB", "6"),
    ];
    let plain = cell.trim().to_uppercase().replace('Ⅰ', "I").replace('Ⅱ', "II").replace('Ⅲ', "III");
    let plain = plain.replace('Ⅳ', "IV").replace('Ⅴ', "V").replace('Ⅵ', "VI");
    let code = NUMBERS.iter().find(|(label, _)| *label == plain).map_or(cell, |(_, code)| code);
    Stage::from_code(code).map_or_else(|| cells::word(cell), Ok)
}

fn owner(row: &mut Row<'_>) -> Option<Owner> {
    let (name, phone) = (row.text("owner_name"), row.text("owner_phone"));
    if name.is_none() && phone.is_some() {
        row.wrong("owner_name", "missing", "a telephone needs the owner's name", "有联系电话时须填写所有人");
    }
    name.map(|name| Owner { name: name.to_owned(), phone: phone.map(str::to_owned) })
}

fn write(vehicle: &Vehicle, owner: Option<&Owner>) -> Vec<String> {
    fn text<T: ToString>(value: Option<&T>) -> String {
        value.map(ToString::to_string).unwrap_or_default()
    }
    let yes_or_no = |value: Option<bool>| value.map_or("", |yes| if yes { "是" } else { "否" }).to_owned();
    let cells: [String; COLUMNS.len()] = [
        text(vehicle.vin.as_ref()),
        text(vehicle.plate.as_ref().map(|(plate, _)| plate)),
        vehicle.plate.as_ref().map_or("", |(_, kind)| kind.zh()).to_owned(),
        vehicle.vehicle_type.to_string(),
        vehicle.use_nature.zh().to_owned(),
        vehicle.fuel.to_string(),
        vehicle.energy.zh().to_owned(),
        vehicle.energy_source.zh().to_owned(),
        vehicle.stage.zh().to_owned(),
        vehicle.stage_source.zh().to_owned(),
        text(vehicle.gvm_kg.as_ref()),
        text(vehicle.reference_mass_kg.as_ref()),
        text(vehicle.rated_power.as_ref()),
        text(vehicle.rated_speed_per_min.as_ref()),
        text(vehicle.displacement_ml.as_ref()),
        text(vehicle.registered_on.as_ref()),
        text(vehicle.built_on.as_ref()),
        vehicle.area.to_string(),
        text(vehicle.maker.as_ref()),
        text(vehicle.model.as_ref()),
        text(vehicle.engine_model.as_ref()),
        yes_or_no(vehicle.has_obd),
        yes_or_no(vehicle.dyno_capable),
        owner.map(|owner| owner.name.clone()).unwrap_or_default(),
        text(owner.and_then(|owner| owner.phone.as_ref())),
    ];
    cells.into()
}
