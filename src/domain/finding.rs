//! Findings: the words for what does not fit.

use super::words::words;

words! {
    /// What was seen.
    pub enum FindingKind {
        /// The station judged otherwise than the service.
        VerdictDiffers = "verdict_differs" / "机构判定与平台判定不一致",
        /// The same inspection number came again with other readings; the first stays.
        SameNumberOtherReadings = "same_number_other_readings" / "同一流水号再次上报且数据不同",
        /// The repair shop shares its credit code or legal person with the station of the failing test.
        ShopKinOfStation = "shop_kin_of_station" / "维修站与检验机构为同一主体",
        /// A client checks runs of neighbouring plates.
        NeighbouringPlates = "neighbouring_plates" / "连号查询",
        /// A client checks one plate again and again.
        PlateAskedAgain = "plate_asked_again" / "同一号牌反复查询",
    }
}
