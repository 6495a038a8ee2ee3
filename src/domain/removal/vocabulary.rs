//! The words of removals: grounds, standings, contacts with owners, kinds of owner.

use crate::domain::{vehicle::owner::Owner, words::words};

words! {
    /// The ground on which a vehicle is to leave the road.
    pub enum RemovalGround {
        /// A diesel truck of the elimination scope (规划 二(三)3).
        DieselTruck = "diesel_truck" / "国三及以下柴油货车",
        /// An old gas vehicle, whose early removal is encouraged (规划 二(三)3).
        GasVehicle = "gas_vehicle" / "老旧燃气车辆",
        /// A diesel truck of unknown stage: to be cleared before anybody can tell.
        StageUnknown = "stage_unknown" / "柴油货车阶段未知（待核）",
        /// Mandatory scrap (1): its years are reached.
        YearsReached = "years_reached" / "达到使用年限",
        /// Mandatory scrap (2): cannot meet the safety standard after repair.
        SafetyFails = "safety_fails" / "修理后仍不符合安全标准",
        /// Mandatory scrap (3): still over the emission standard after repair.
        EmissionsFail = "emissions_fail" / "修理后排放仍不达标",
        /// Mandatory scrap (4): no mark for three consecutive periods.
        MarksMissing = "marks_missing" / "连续三个检验周期未取得合格标志",
    }

    /// Where a removal stands.
    pub enum RemovalStanding {
        /// Found, and not decided upon.
        Found = "found" / "已发现",
        /// Confirmed by a person.
        Confirmed = "confirmed" / "已确认",
        /// Dismissed by a person.
        Dismissed = "dismissed" / "不成立",
        /// Gone.
        Left = "left" / "已离开",
    }

    /// How it stands with the owner.
    pub enum ContactState {
        /// Nobody has spoken with the owner.
        NotContacted = "not_contacted" / "未联系",
        /// The owner was notified.
        Notified = "notified" / "已告知",
        /// The owner has promised to have it scrapped until a day.
        Promised = "promised" / "已承诺",
        /// The owner refuses.
        Refused = "refused" / "拒绝",
        /// The vehicle or its owner cannot be found.
        Gone = "gone" / "失联或去向不明",
    }

    /// What kind of owner a vehicle has, as far as the name tells.
    pub enum OwnerKind {
        /// Somebody.
        Person = "person" / "个人",
        /// A company or an office.
        Organisation = "organisation" / "单位",
        /// The register does not know the owner.
        Unknown = "unknown" / "未知",
    }
}

impl RemovalGround {
    /// Whether it is a trigger of mandatory scrapping, which holds when a person has confirmed it.
    #[must_use]
    pub const fn needs_a_person(self) -> bool {
        matches!(self, Self::YearsReached | Self::SafetyFails | Self::EmissionsFail | Self::MarksMissing)
    }
}

/// Signs of an organisation's name.
const OF_ORGANISATIONS: [&str; 12] = ["公司", "厂", "局", "队", "社", "中心", "站", "部", "行", "院", "店", "集团"];
/// Names of people have at most so many characters, a dot between the parts of others' names counted.
const LONGEST_SHORT_NAME: usize = 4;

/// The kind of owner, by the name: an organisation where the name says so, or is longer than names of people are without
/// a dot. The register has no field for it.
#[must_use]
pub fn owner_kind(owner: Option<&Owner>) -> OwnerKind {
    let Some(name) = owner.map(|owner| owner.name.trim()).filter(|name| !name.is_empty()) else {
        return OwnerKind::Unknown;
    };
    let long = name.chars().count() > LONGEST_SHORT_NAME && !name.contains(['·', '•', ' ']);
    let says_so = name.chars().count() > 2 && OF_ORGANISATIONS.iter().any(|sign| name.ends_with(sign));
    if long || says_so { OwnerKind::Organisation } else { OwnerKind::Person }
}
