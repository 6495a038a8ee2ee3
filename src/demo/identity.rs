//! Plates and VINs of the demo: made up, in series of their own.

use super::dice::Dice;
use crate::domain::{
    time::Day,
    vehicle::{
        plate::PlateKind,
        vin::{Vin, VinStatus},
    },
};
use chrono::Datelike;

const MAKERS: [&str; 6] = ["LSV", "LFV", "LZZ", "LGX", "LZY", "LVB"];
const MARKS: [&str; 12] = ["A", "B", "C", "D", "E", "G", "H", "K", "R", "T", "W", "Y"];
/// The letters of the model years 2009 to 2026.
const YEARS: [&str; 18] = ["9", "A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P", "R", "S", "T"];

/// A plate of the demo's series: `陕E·Z0001`, and `陕E·D10001` or `陕E·10001D` for new-energy vehicles.
pub fn plate(dice: &mut Dice, kind: PlateKind, electric: bool, number: u32) -> String {
    let (thousands, serial) = (number / 10_000, number % 10_000);
    match kind {
        PlateKind::SmallNev => format!("陕E·{}{}{serial:04}", if electric { 'D' } else { 'F' }, (1 + thousands) % 10),
        PlateKind::LargeNev => format!("陕E·{}{serial:04}{}", (1 + thousands) % 10, if electric { 'D' } else { 'F' }),
        _ => {
            let issuer =
                if dice.happens(980) { "陕E" } else { dice.pick(&["陕A", "晋M", "豫M"]).unwrap_or(&"陕E") };
            let letter = ["Z", "Y", "X", "W"].get(usize::try_from(thousands % 4).unwrap_or_default()).unwrap_or(&"Z");
            format!("{issuer}·{letter}{serial:04}")
        }
    }
}

/// A VIN; about one in ten has a wrong check digit, and one in two hundred lacks a character.
pub fn vin(dice: &mut Dice, built_on: Day, number: u32) -> String {
    let maker = dice.pick(&MAKERS).unwrap_or(&"LSV");
    let model: String = (0..5).filter_map(|_| dice.pick(&MARKS).copied()).collect();
    let year = usize::try_from(built_on.year() - 2009).ok().and_then(|year| YEARS.get(year)).unwrap_or(&"9");
    let plant = dice.pick(&MARKS).unwrap_or(&"A");
    let whole = |check: char| format!("{maker}{model}{check}{year}{plant}{number:06}");
    let right = |check: &char| Vin::read(&whole(*check)).is_ok_and(|vin| vin.status() == VinStatus::Valid);
    let check = "0123456789X".chars().find(right).unwrap_or('0');
    let (wrong, short) = (dice.happens(100), dice.happens(5));
    match (wrong, short) {
        (_, true) => whole(check).chars().take(16).collect(),
        (true, _) => whole(if check == '7' { '4' } else { '7' }),
        _ => whole(check),
    }
}
