//! What the bureaus plan in the demo: charging and swap sites, and the yearly tasks of the districts.

use super::errands::Errand;
use crate::{
    demo::day,
    domain::{
        charging::SiteKind,
        quantity::Amount,
        task::{Aim, FigureSource, TaskUnit},
        time::Day,
    },
    features::{
        charging::SiteIn,
        tasks::{AssignmentIn, TaskShareIn},
    },
};

/// Charging networks: area, name, first day, connectors, power (kW), last day.
const NETWORKS: [(&str, &str, Day, i64, i64, Option<Day>); 12] = [
    ("610502", "临渭城区公共充电网", day(2022, 3, 1), 1_450, 58_000, None),
    ("610502", "公交集团场站充电", day(2022, 9, 1), 420, 50_400, None),
    ("610583", "高新区园区充电网", day(2023, 4, 15), 960, 38_400, None),
    ("610503", "华州区公共充电网", day(2023, 7, 1), 540, 21_600, None),
    ("610523", "大荔县公共充电网", day(2023, 10, 10), 780, 31_200, None),
    ("610526", "蒲城县公共充电网", day(2024, 3, 20), 810, 32_400, None),
    ("610528", "富平县公共充电网", day(2024, 9, 12), 900, 36_000, None),
    ("610581", "韩城市公共充电网", day(2024, 11, 1), 860, 34_400, None),
    ("610582", "华阴景区充电网", day(2025, 4, 25), 360, 14_400, None),
    ("610524", "合阳县公共充电网", day(2025, 8, 18), 420, 16_800, None),
    ("610525", "澄城县公共充电网", day(2026, 3, 9), 380, 15_200, None),
    ("610502", "老客运站充电点", day(2022, 1, 10), 60, 1_800, Some(day(2025, 6, 30))),
];

/// Swap sites: area, name, first day, swaps a day, power (kW).
const SWAPS: [(&str, &str, Day, i64, i64); 4] = [
    ("610583", "出租车换电站一站", day(2023, 6, 1), 312, 1_260),
    ("610502", "出租车换电站二站", day(2024, 10, 8), 312, 1_260),
    ("610526", "重卡换电站", day(2025, 5, 20), 168, 2_800),
    ("610581", "焦化重卡换电站", day(2026, 4, 15), 168, 2_800),
];

/// The districts that are assessed by the yearly sheet.
const DISTRICTS: [&str; 6] = ["610502", "610503", "610523", "610526", "610528", "610524"];

/// Every errand of the bureaus, with its day.
pub fn all() -> Vec<(Day, Errand)> {
    let site = |(on, told): (Day, SiteIn)| (on, Errand::Site(Box::new(told)));
    let networks = NETWORKS.iter().map(|(area, name, from, connectors, power, to)| {
        let told = SiteIn { connectors: *connectors, in_service_to: *to, ..plain(area, name, *from, *power) };
        // The network that closed is told when it did.
        (to.unwrap_or(*from), told)
    });
    let swaps = SWAPS.iter().map(|(area, name, from, swaps, power)| {
        (*from, SiteIn { kind: SiteKind::Swap, swaps_a_day: *swaps, ..plain(area, name, *from, *power) })
    });
    let mut all: Vec<_> = networks.chain(swaps).map(site).collect();
    for year in [2025, 2026] {
        all.extend(tasks(year).map(|told| (day(year, 1, 6), Errand::Assign(Box::new(told)))));
    }
    all
}

fn plain(area: &str, name: &str, from: Day, power: i64) -> SiteIn {
    SiteIn {
        kind: SiteKind::Charging,
        name: name.to_owned(),
        operator: "城市充换电公司（演示）".to_owned(),
        area: area.to_owned(),
        power_kw: Amount::whole(power),
        connectors: 0,
        swaps_a_day: 0,
        in_service_from: from,
        in_service_to: None,
    }
}

fn tasks(year: i32) -> impl Iterator<Item = AssignmentIn> {
    use {
        Aim::{AtLeast, AtMost},
        FigureSource as By, TaskUnit as Unit,
    };
    let rows = [
        ("T4", "新增和更新车辆新能源占比", "区县交通运输局", AtLeast, 90, Unit::Percent, By::TargetStanding),
        ("T9", "国三及以下柴油货车清零", "区县公安交管大队", AtMost, 0, Unit::Vehicles, By::DieselTrucksLeft),
        ("T5", "充换电设施服务能力", "区县发改局", AtLeast, 1_500, Unit::Vehicles, By::ChargingCapacity),
        ("T24", "联合惩戒案件移送", "区县生态环境分局", AtLeast, 10, Unit::Items, By::Reported),
    ];
    rows.into_iter().map(move |(target, title, department, aim, wanted, unit, source)| AssignmentIn {
        target: target.to_owned(),
        year,
        title: title.to_owned(),
        department: department.to_owned(),
        post: "分管副局长".to_owned(),
        organisation_id: None,
        aim,
        unit,
        deadline_on: day(year, 12, 31),
        source,
        shares: DISTRICTS
            .iter()
            .map(|area| TaskShareIn { area: (*area).to_owned(), wanted: Amount::whole(wanted) })
            .collect(),
    })
}
