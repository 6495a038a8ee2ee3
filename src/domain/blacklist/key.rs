//! Plates and VINs packed into numbers; the few that do not fit are kept as texts.

use crate::domain::{vehicle::plate::PlateKind, words::Word};

/// Characters that plates carry beside digits and capitals: provinces, suffixes and special forms.
const HAN: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼挂学警港澳领使应急临超试民航消";
/// Marks of seven bits in 56 bits.
const PLATE_MARKS: usize = 8;
/// Marks of base 37 in 96 bits.
const VIN_MARKS: usize = 18;

/// The text of a plate in 56 bits, seven for each mark; `None` when it is longer than eight marks, or has rare ones.
#[must_use]
pub fn pack_plate(text: &str) -> Option<u64> {
    let mut packed = 0;
    for (place, mark) in text.chars().enumerate() {
        if place == PLATE_MARKS {
            return None;
        }
        packed = packed << 7 | mark_code(mark)?;
    }
    Some(packed)
}

/// A letter-or-digit text of up to 18 marks in 96 bits, as three words; zero stands for none.
pub(super) fn pack_vin(text: &str) -> Option<[u32; 3]> {
    let number = number_of(text, VIN_MARKS)?;
    let word = |shift: u32| u32::try_from(number >> shift & u128::from(u32::MAX)).unwrap_or_default();
    Some([word(64), word(32), word(0)])
}

/// A letter-or-digit text in base 37.
pub(super) fn number_of(text: &str, longest: usize) -> Option<u128> {
    if text.len() > longest {
        return None;
    }
    text.chars().try_fold(0, |number, mark| {
        let code = mark_code(mark).filter(|code| *code <= 36)?;
        Some(number * 37 + u128::from(code))
    })
}

/// The text of a number in base 37.
pub(super) fn text_of(mut number: u64) -> String {
    let mut marks = Vec::new();
    while number > 0 {
        let code = u32::try_from(number % 37).unwrap_or_default();
        marks.extend(code.checked_sub(1).and_then(|digit| char::from_digit(digit, 36)));
        number /= 37;
    }
    marks.into_iter().rev().map(|mark| mark.to_ascii_uppercase()).collect()
}

/// 1 to 36 for digits and capitals, more for Chinese characters; zero is no mark.
fn mark_code(mark: char) -> Option<u64> {
    if matches!(mark, '0'..='9' | 'A'..='Z') {
        return mark.to_digit(36).map(|digit| u64::from(digit) + 1);
    }
    let place = HAN.chars().position(|han| han == mark)?;
    u64::try_from(place + 37).ok()
}

/// One more than the place of a word in its vocabulary; zero stands for none.
pub(super) fn ordinal<W: Word + PartialEq>(word: Option<W>) -> u8 {
    let place = word.and_then(|word| W::ALL.iter().position(|other| *other == word));
    place.and_then(|place| u8::try_from(place + 1).ok()).unwrap_or_default()
}

/// The word of an ordinal.
pub(super) fn word_of<W: Word>(ordinal: u8) -> Option<W> {
    W::ALL.get(usize::from(ordinal.checked_sub(1)?)).copied()
}

/// Plate and kind in one number: the kind stands in the last eight bits, so that all kinds of a plate share the others.
pub(super) fn plate_and_kind(packed: u64, kind: PlateKind) -> u64 {
    packed << 8 | u64::from(ordinal(Some(kind)))
}

/// Scatters a number over the buckets (the finaliser of `SplitMix64`).
pub(super) const fn scatter(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ number >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ number >> 31
}
