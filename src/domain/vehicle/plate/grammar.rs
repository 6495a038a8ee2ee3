//! The forms a plate can have (GA 36-2018), told from its text alone.

use crate::domain::words::words;

words! {
    /// The form of a plate.
    pub enum PlateClass {
        /// Office and five characters: `陕E12345`.
        Ordinary = "ordinary" / "普通",
        /// `…挂`.
        Trailer = "trailer" / "挂车",
        /// `…学`.
        Learner = "learner" / "教练",
        /// `…警`.
        Police = "police" / "警用",
        /// `…港`.
        HongKong = "hong_kong" / "香港入出境",
        /// `…澳`.
        Macao = "macao" / "澳门入出境",
        /// `…领`.
        Consular = "consular" / "领馆",
        /// Eight characters, the letter first: `陕ED12345`.
        NevSmall = "nev_small" / "小型新能源",
        /// Eight characters, the letter last: `陕E12345D`.
        NevLarge = "nev_large" / "大型新能源",
        /// No confirmed pattern (embassy, armed police, military, emergency, civil aviation, temporary, …): kept as read.
        Special = "special" / "特殊",
    }

    /// What the letter of a new-energy plate hints at (GA 36-2018).
    pub enum NevHint {
        /// A, B, C, D or E.
        BatteryElectric = "battery_electric" / "纯电动",
        /// F, G, H, J or K: plug-in hybrids and fuel-cell vehicles alike.
        OtherNewEnergy = "other_new_energy" / "非纯电动",
    }
}

const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// The form of a normalised plate.
pub(super) fn class_of(text: &str) -> PlateClass {
    let Some((_, serial)) = parted(text) else { return PlateClass::Special };
    let marks: Vec<char> = serial.chars().collect();
    match marks.as_slice() {
        five @ [_, _, _, _, _] if all(five, is_serial) => PlateClass::Ordinary,
        [four @ .., suffix] if four.len() == 4 && all(four, is_serial) => class_of_suffix(*suffix),
        [letter, second, four @ ..] if is_nev(*letter) && is_serial(*second) && are_digits(four, 4) => {
            PlateClass::NevSmall
        }
        [five @ .., letter] if is_nev(*letter) && are_digits(five, 5) => PlateClass::NevLarge,
        _ => PlateClass::Special,
    }
}

/// The first two characters, where they name an issuing office.
pub(super) fn issuer_of(text: &str) -> Option<&str> {
    parted(text).map(|(issuer, _)| issuer)
}

/// What the letter of a new-energy plate hints at; `None` on any other plate.
pub(super) fn nev_hint_of(text: &str) -> Option<NevHint> {
    let letter = match class_of(text) {
        PlateClass::NevSmall => text.chars().nth(2),
        PlateClass::NevLarge => text.chars().last(),
        _ => None,
    }?;
    Some(if letter <= 'E' { NevHint::BatteryElectric } else { NevHint::OtherNewEnergy })
}

/// The issuing office and the serial behind it.
fn parted(text: &str) -> Option<(&str, &str)> {
    let mut marks = text.chars();
    let (province, office) = (marks.next()?, marks.next()?);
    let is_issuer = PROVINCES.contains(province) && office.is_ascii_uppercase() && is_serial(office);
    is_issuer.then(|| text.split_at(province.len_utf8() + office.len_utf8()))
}

fn class_of_suffix(suffix: char) -> PlateClass {
    match suffix {
        '挂' => PlateClass::Trailer,
        '学' => PlateClass::Learner,
        '警' => PlateClass::Police,
        '港' => PlateClass::HongKong,
        '澳' => PlateClass::Macao,
        '领' => PlateClass::Consular,
        _ => PlateClass::Special,
    }
}

/// A digit or a capital other than I and O, which look like 1 and 0.
fn is_serial(mark: char) -> bool {
    mark.is_ascii_digit() || (mark.is_ascii_uppercase() && !matches!(mark, 'I' | 'O'))
}

fn is_nev(letter: char) -> bool {
    matches!(letter, 'A'..='H' | 'J' | 'K')
}

fn are_digits(marks: &[char], count: usize) -> bool {
    marks.len() == count && all(marks, |mark| mark.is_ascii_digit())
}

fn all(marks: &[char], is: impl Fn(char) -> bool) -> bool {
    marks.iter().all(|mark| is(*mark))
}
