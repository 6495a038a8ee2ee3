//! How cells are written: words by code, word or Chinese label; days, whole numbers and yes or no as people type them.

use crate::domain::{
    quantity::Amount,
    time::Day,
    vehicle::{
        area::{AreaCode, areas},
        fuel::{Fuel, FuelKind},
        text::normal,
    },
    words::Word,
};

/// A cell that is none of what its column holds, in words for the sender.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CellError(String);

fn error(why: impl Into<String>) -> CellError {
    CellError(why.into())
}

/// A word of a vocabulary, or its Chinese label.
///
/// # Errors
/// Neither.
pub fn word<W: Word>(cell: &str) -> Result<W, CellError> {
    let wanted = normal(cell);
    let found = W::ALL.iter().find(|member| normal(member.word()) == wanted || normal(member.zh()) == wanted);
    found.copied().ok_or_else(|| {
        let labels: Vec<_> = W::ALL.iter().map(|member| member.zh()).collect();
        error(format!("{cell} ≠ {}", labels.join(" · ")))
    })
}

/// A word, its Chinese label, or its code in the official table.
///
/// # Errors
/// None of them.
pub fn coded<W: Word>(cell: &str, from_code: fn(&str) -> Option<W>) -> Result<W, CellError> {
    // A spreadsheet eats the zero of `02`.
    let code = normal(cell);
    let padded = if code.len() == 1 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("0{code}")
    } else {
        code.clone()
    };
    from_code(&code).or_else(|| from_code(&padded)).map_or_else(|| word(cell), Ok)
}

/// The fuels: letters of GA 24.9 (`B`, `AC`), or words or labels parted by a mark (`汽油/电`).
///
/// # Errors
/// Something else.
pub fn fuel(cell: &str) -> Result<Fuel, CellError> {
    if let Ok(fuel) = Fuel::read(cell) {
        return Ok(fuel);
    }
    let parts =
        cell.split(['/', '、', '+', ',', '，', '与', '和', '|']).map(str::trim).filter(|part| !part.is_empty());
    let letters = parts.map(|part| fuel_kind(part).map(FuelKind::code)).collect::<Result<String, _>>()?;
    Fuel::read(&letters).map_err(|wrong| error(wrong.to_string()))
}

fn fuel_kind(label: &str) -> Result<FuelKind, CellError> {
    match label {
        "纯电动" | "纯电" | "电动" | "电力" => Ok(FuelKind::Electric),
        "氢气" | "氢燃料" | "燃料电池" => Ok(FuelKind::Hydrogen),
        "CNG" | "LNG" | "压缩天然气" | "液化天然气" => Ok(FuelKind::NaturalGas),
        "混动" | "油电混合" => Ok(FuelKind::Hybrid),
        label => coded(label, FuelKind::from_code),
    }
}

/// An area of the city: its code, or its Chinese or English name.
///
/// # Errors
/// No area of the city.
pub fn area(cell: &str) -> Result<AreaCode, CellError> {
    let wanted = normal(cell);
    let named = areas().iter().find(|area| area.name == cell || normal(&area.english_name) == wanted);
    if let Some(area) = named {
        return Ok(area.code.clone());
    }
    let code = AreaCode::read(cell).map_err(|wrong| error(wrong.to_string()))?;
    if code.area().is_some() {
        Ok(code)
    } else {
        Err(error(format!("{code}: 不是本市行政区划 (no area of the city)")))
    }
}

/// A day: `2015-06-18`, `2015/6/18`, `2015.6.18`, `20150618` or `2015年6月18日`; a time of day after it does not count.
///
/// # Errors
/// No day.
pub fn day(cell: &str) -> Result<Day, CellError> {
    let no_day = || error(format!("{cell}: not a day, as 2015-06-18 (不是日期)"));
    let date = cell.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = date.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<u32>().map_err(|_| no_day());
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (number(year)?, number(month)?, number(day)?),
        [digits] if digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            (number(&digits[..4])?, number(&digits[4..6])?, number(&digits[6..])?)
        }
        _ => return Err(no_day()),
    };
    let year = i32::try_from(year).map_err(|_| no_day())?;
    Day::from_ymd_opt(year, month, day).ok_or_else(no_day)
}

/// A whole number; `12,000` and `12000.0` are 12000.
///
/// # Errors
/// No whole number.
pub fn whole(cell: &str) -> Result<i64, CellError> {
    let digits: String = normal(cell).chars().filter(|mark| !matches!(mark, ',' | ' ')).collect();
    let number = digits.split_once('.').filter(|(_, rest)| rest.bytes().all(|byte| byte == b'0'));
    let number = number.map_or(digits.as_str(), |(whole, _)| whole);
    number.parse().map_err(|_| error(format!("{cell}: not a whole number (不是整数)")))
}

/// An exact decimal.
///
/// # Errors
/// No decimal, or one of more places than are kept.
pub fn amount(cell: &str) -> Result<Amount, CellError> {
    Amount::parse(&normal(cell).replace(',', "")).map_err(|wrong| error(wrong.to_string()))
}

/// Yes or no; never 0 or 1, which neighbouring systems use in opposite ways.
///
/// # Errors
/// Neither.
pub fn yes_or_no(cell: &str) -> Result<bool, CellError> {
    match normal(cell).as_str() {
        "是" | "有" | "YES" | "TRUE" | "Y" => Ok(true),
        "否" | "无" | "NO" | "FALSE" | "N" => Ok(false),
        _ => Err(error(format!("{cell}: 是 / 否 (yes or no)"))),
    }
}

/// A text as it stands, of so many characters at most.
///
/// # Errors
/// It is longer.
pub fn short(cell: &str, most: usize) -> Result<String, CellError> {
    if cell.chars().count() <= most {
        Ok(cell.to_owned())
    } else {
        Err(error(format!("more than {most} characters (过长)")))
    }
}
