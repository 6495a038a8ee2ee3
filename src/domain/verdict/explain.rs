//! One sentence per judged item, in Chinese and in English.

use super::JudgedItem;
use crate::domain::{
    quantity::Amount,
    standard::{Bound, Outcome},
    words::Word,
};

/// Why the item came out as it did: a sentence in Chinese and one in English.
#[must_use]
pub fn explain(judged: &JudgedItem) -> (String, String) {
    let (zh, en) = reason(judged);
    let law = judged.source.as_ref().map(ToString::to_string);
    let (law_zh, law_en) = law.map_or_else(Default::default, |law| (format!("（{law}）"), format!(" ({law})")));
    let outcome = judged.outcome;
    let zh = format!("{}：{zh}，{}{law_zh}。", judged.item.zh(), outcome.zh());
    let en = format!("{}: {en}; {}{law_en}.", spaced(judged.item), spaced(outcome));
    (zh, en)
}

fn reason(judged: &JudgedItem) -> (String, String) {
    if !judged.findings.is_empty() {
        let zh: Vec<&str> = judged.findings.iter().map(|finding| finding.zh()).collect();
        let en: Vec<String> = judged.findings.iter().map(|finding| spaced(*finding)).collect();
        return (zh.join("、"), en.join(", "));
    }
    match (judged.compared, judged.bound, judged.margin) {
        (Some(_), _, _) if judged.item.method().is_none() => inspected(judged.outcome),
        (Some(value), Some(bound), Some(margin)) => measured(judged, value, bound, margin),
        _ => ("未判定".to_owned(), "no value was judged".to_owned()),
    }
}

fn inspected(outcome: Outcome) -> (String, String) {
    let (zh, en) =
        if outcome == Outcome::Pass { ("检查正常", "in order") } else { ("检查异常", "not in order") };
    (zh.to_owned(), en.to_owned())
}

fn measured(judged: &JudgedItem, value: Amount, bound: Bound, margin: Amount) -> (String, String) {
    let (unit, distance) = (judged.unit.zh(), Amount::ZERO.less(margin).max(margin));
    let limit = match bound {
        Bound::AtMost(high) => format!("≤ {high}"),
        Bound::AtLeast(low) => format!("≥ {low}"),
        Bound::Within { low, high } => format!("{low}–{high}"),
    };
    let (side_zh, side_en) =
        if margin < Amount::ZERO { ("超出", "beyond it by") } else { ("余量", "within it by") };
    let zh = format!("实测 {value} {unit}，限值 {limit}，{side_zh} {distance}");
    let en = format!("{value} {unit} against a limit of {limit}, {side_en} {distance}");
    (zh, en)
}

fn spaced(word: impl Word) -> String {
    word.word().replace('_', " ")
}
