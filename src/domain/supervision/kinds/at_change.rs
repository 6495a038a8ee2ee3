//! Findings that are noted where a change is refused or flagged; they stand here for the catalogue.

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Finding},
};

/// The same inspection number with other readings.
pub struct SameNumberOtherReadings;
/// The same inspection number with lower readings alone.
pub struct RepostedLower;
/// A repair shop that is kin to the station of the failing test.
pub struct ShopKinOfStation;

impl Finding for SameNumberOtherReadings {
    fn kind(&self) -> FindingKind {
        FindingKind::SameNumberOtherReadings
    }

    fn about(&self) -> About {
        About {
            title: "Same number, other readings",
            looks_at: ("A second result under a known number", "同一流水号的再次上报"),
            formula: ("it is not the first; the first stays", "与首次不同；以首次为准"),
            settings: &[],
            tampering: false,
        }
    }
}

impl Finding for RepostedLower {
    fn kind(&self) -> FindingKind {
        FindingKind::RepostedLower
    }

    fn about(&self) -> About {
        About {
            title: "Posted again with lower readings",
            looks_at: ("A second result under a known number", "同一流水号的再次上报"),
            formula: ("readings changed, and all that changed went down", "有读数改变且改变者均变低"),
            settings: &[],
            tampering: true,
        }
    }
}

impl Finding for ShopKinOfStation {
    fn kind(&self) -> FindingKind {
        FindingKind::ShopKinOfStation
    }

    fn about(&self) -> About {
        About {
            title: "Repair shop is kin to the station",
            looks_at: (
                "Credit code and legal person of the shop and of the station of the failing test",
                "维修站与不合格检验机构的信用代码和法定代表人",
            ),
            formula: ("either is the same", "任一相同"),
            settings: &["shop_kin_of_station"],
            tampering: false,
        }
    }
}
