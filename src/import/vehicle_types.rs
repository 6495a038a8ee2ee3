//! Vehicle types by their Chinese names (GA 24.4): a size and a shape, as `重型自卸货车` is `H17`.

use crate::domain::vehicle::vehicle_type::{VehicleType, VehicleTypeError};

/// Sizes of buses, and the first two characters of their codes.
const BUSES: [(&str, &str); 4] = [("大型", "K1"), ("中型", "K2"), ("小型", "K3"), ("微型", "K4")];
/// Sizes of trucks.
const TRUCKS: [(&str, &str); 5] = [("重型", "H1"), ("中型", "H2"), ("轻型", "H3"), ("微型", "H4"), ("低速", "H5")];
/// Sizes of tractor units.
const TRACTORS: [(&str, &str); 3] = [("重型", "Q1"), ("中型", "Q2"), ("轻型", "Q3")];

/// Shapes, and the last character of their codes.
const BUS_SHAPES: [(&str, &str); 4] = [("普通客车", "1"), ("轿车", "3"), ("专用校车", "8"), ("面包车", "9")];
const TRUCK_SHAPES: [(&str, &str); 9] = [
    ("普通货车", "1"),
    ("厢式货车", "2"),
    ("封闭货车", "3"),
    ("封闭式货车", "3"),
    ("罐式货车", "4"),
    ("平板货车", "5"),
    ("自卸货车", "7"),
    ("特殊结构货车", "8"),
    ("仓栅式货车", "9"),
];
const TRACTOR_SHAPES: [(&str, &str); 2] = [("半挂牵引车", "1"), ("全挂牵引车", "2")];

/// Reads a code or a Chinese name.
///
/// # Errors
/// Neither.
pub fn vehicle_type(cell: &str) -> Result<VehicleType, VehicleTypeError> {
    VehicleType::read(cell).or_else(|wrong| {
        let families =
            [(&BUSES[..], &BUS_SHAPES[..]), (&TRUCKS[..], &TRUCK_SHAPES[..]), (&TRACTORS[..], &TRACTOR_SHAPES[..])];
        let code = families.iter().find_map(|(sizes, shapes)| code_of(cell, sizes, shapes));
        code.map_or(Err(wrong), |code| VehicleType::read(&code))
    })
}

fn code_of(name: &str, sizes: &[(&str, &str)], shapes: &[(&str, &str)]) -> Option<String> {
    sizes.iter().find_map(|(size, code)| {
        let shape = name.strip_prefix(size)?;
        shapes.iter().find(|(known, _)| *known == shape).map(|(_, mark)| format!("{code}{mark}"))
    })
}
