//! What a shop usually does about an item that failed; only a help to fill in the record, never a rule.

use crate::domain::standard::Item;

/// Items of work that fit a failing item, and parts.
pub fn suggestions(items: &[Item]) -> (Vec<&'static str>, Vec<&'static str>) {
    let (mut works, mut parts) = (Vec::new(), Vec::new());
    for item in items {
        let (work, part) = of(*item);
        works.extend_from_slice(work);
        parts.extend_from_slice(part);
    }
    for list in [&mut works, &mut parts] {
        list.sort_unstable();
        list.dedup();
    }
    (works, parts)
}

type Words = &'static [&'static str];

const fn of(item: Item) -> (Words, Words) {
    match item {
        Item::LugDownNox80 | Item::Asm5025No | Item::Asm2540No | Item::ShortTransientNox | Item::TransientHcNox => (
            &["SCR系统检修", "尿素喷射系统清洗", "EGR阀检修", "三元催化器检修"],
            &["尿素喷嘴", "尿素泵", "氮氧传感器", "EGR阀", "三元催化器"],
        ),
        Item::LugDownK100 | Item::LugDownK80 | Item::FreeAccelerationK | Item::Ringelmann | Item::VisibleSmoke => (
            &["喷油器校验", "DPF再生", "进气系统清洁", "增压器检修"],
            &["喷油器", "空气滤清器", "柴油滤清器", "颗粒捕集器（DPF）", "增压器"],
        ),
        Item::LugDownPower => (&["燃油系统检修", "增压器检修", "进气系统清洁"], &["柴油滤清器", "增压器", "喷油泵"]),
        Item::Obd => (&["OBD故障诊断与排除", "线束检修"], &["氧传感器", "OBD接口", "线束"]),
        Item::Appearance => (&["恢复污染控制装置", "排气系统堵漏"], &["三元催化器", "颗粒捕集器（DPF）", "排气管"]),
        _ => (
            &["点火系统检修", "喷油嘴清洗", "三元催化器检修", "氧传感器检修", "进气系统清洁"],
            &["火花塞", "点火线圈", "三元催化器", "氧传感器", "喷油嘴", "空气滤清器"],
        ),
    }
}
