//! A decision in words, Chinese and English.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Change, ChangeKind, Decision, Effect, Outcome, Permit, Voice};
use crate::domain::{listing::ListingReason, words::Word};

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DecisionWords)]
pub struct Words {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// What a permit holds its vehicle to.
pub(super) fn conditions(permit: &Permit) -> Vec<String> {
    let route = permit.route.as_ref().map(|route| format!("路线：{route}"));
    let speed = permit.speed_limit_kmh.map(|speed| format!("限速 {speed} km/h"));
    let card = permit.card.as_ref().map(|card| format!("随车携带双向登记卡 {card}"));
    let origin = permit.origin_site.as_ref().map(|site| format!("出土工地：{site}"));
    let tip = permit.tip_site.as_ref().map(|site| format!("消纳场：{site}"));
    [route, speed, card, origin, tip].into_iter().flatten().collect()
}

impl Decision {
    /// The answer in one sentence.
    #[must_use]
    pub fn words(&self) -> Words {
        let by: Vec<&Voice> = self.voices.iter().filter(|voice| voice.decides).collect();
        let titles = || by.iter().map(|voice| voice.title.as_str()).collect::<Vec<_>>().join("；");
        match self.outcome {
            Outcome::Deny => {
                Words { zh: format!("禁止通行：{}", titles()), en: format!("denied: {}", titles()) }
            }
            Outcome::Unknown => {
                let missing = by.iter().flat_map(|voice| voice.missing.iter().copied());
                let mut facts: Vec<_> = missing.collect();
                facts.sort_unstable();
                facts.dedup();
                let zh: Vec<&str> = facts.iter().map(|fact| fact.zh()).collect();
                let en: Vec<&str> = facts.iter().map(|fact| fact.word()).collect();
                Words {
                    zh: format!("无法判定：缺少{}", zh.join("、")),
                    en: format!("cannot be decided without: {}", en.join(", ")),
                }
            }
            Outcome::Allow if by.is_empty() => Words {
                zh: "准许通行：无禁止性规则".to_owned(),
                en: "allowed: no rule forbids it".to_owned(),
            },
            Outcome::Allow => {
                Words { zh: format!("准许通行：{}", titles()), en: format!("allowed: {}", titles()) }
            }
        }
    }
}

impl Voice {
    /// What it says, and how.
    #[must_use]
    pub fn words(&self) -> Words {
        let (source_zh, source) = (self.source.zh(), self.source.word());
        let (effect_zh, effect) = match self.effect {
            Effect::Deny => ("禁止", "closes"),
            Effect::Allow => ("准许", "opens"),
        };
        let (mut zh, mut en) =
            (format!("{source_zh}{effect_zh}：{}", self.title), format!("{source} {effect}: {}", self.title));
        if let Some(permit) = &self.lifted_by {
            zh = format!("{zh}（通行证 {permit} 有效，不适用）");
            en = format!("{en} (lifted by permit {permit})");
        }
        if !self.missing.is_empty() {
            let facts = |name: fn(&super::Fact) -> &'static str| self.missing.iter().map(name).collect::<Vec<_>>();
            zh = format!("{zh}（缺少{}，无法确定是否适用）", facts(|fact| fact.zh()).join("、"));
            en = format!("{en} (may apply; not known: {})", facts(|fact| fact.word()).join(", "));
        }
        Words { zh, en }
    }
}

impl Change {
    /// What would have to be different.
    #[must_use]
    pub fn words(&self) -> Words {
        let local = |at: crate::domain::time::Instant| at.local_text();
        let (zh, en) = match self.kind {
            ChangeKind::Tell => {
                let fact = self.fact.map_or(("", ""), |fact| (fact.zh(), fact.word()));
                (format!("补充{}后重新判定", fact.0), format!("tell the {}", fact.1))
            }
            ChangeKind::Wait => self.at.map_or_else(
                || ("待管控解除".to_owned(), "wait until it ends".to_owned()),
                |at| (format!("{} 起不再适用", local(at)), format!("it is silent from {} on", local(at))),
            ),
            ChangeKind::Permit => {
                let kind = self.permit.map_or(("", ""), |kind| (kind.zh(), kind.word()));
                (format!("办理{}", kind.0), format!("a permit of the kind {}", kind.1))
            }
            ChangeKind::Delist => {
                let (en, zh) = self.listing.map_or(("", ""), ListingReason::way_off);
                (zh.to_owned(), en.to_owned())
            }
            ChangeKind::OtherVehicle => (
                "改用不在管控范围内的车辆（更高排放阶段或新能源）".to_owned(),
                "another vehicle that the rule does not mean (a later stage, new energy)".to_owned(),
            ),
            ChangeKind::Detour => {
                let route = self.detour.as_deref().unwrap_or_default();
                (format!("绕行：{route}"), format!("take the detour: {route}"))
            }
        };
        Words { zh, en }
    }
}
