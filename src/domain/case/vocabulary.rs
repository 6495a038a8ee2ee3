//! The words of a case: why it was opened, where it stands, how a ruling ends it.

use crate::domain::words::words;

words! {
    /// Why a case was opened.
    pub enum Cause {
        /// A periodic test failed.
        PeriodicTest = "periodic_test" / "定期检验不合格",
        /// The test for a new registration failed; blocks the registration, not the road.
        NewRegistrationTest = "new_registration_test" / "注册登记检验不合格",
        /// The test for a transfer into the city failed; blocks the registration, not the road.
        TransferInTest = "transfer_in_test" / "转入检验不合格",
        /// A supervisory test found an exceedance.
        SupervisoryTest = "supervisory_test" / "监督抽测超标",
    }

    /// The name of a case's state.
    pub enum CaseState {
        /// Failed, and nobody repairs it.
        Failed = "failed" / "待维修",
        /// A repair shop has claimed it.
        Repairing = "repairing" / "维修中",
        /// The repair is complete; a retest may be accepted.
        Repaired = "repaired" / "待复检",
        /// A retest passed and waits for the close.
        Retested = "retested" / "复检合格",
        /// Over.
        Closed = "closed" / "已闭环",
    }

    /// How the bureau may end a case without a pass.
    pub enum Ruling {
        /// Scrapped by its owner.
        Scrapped = "scrapped" / "已报废",
        /// Mandatory scrap (大气污染防治法 art. 53; 机动车强制报废标准规定 art. 4).
        MandatoryScrap = "mandatory_scrap" / "强制报废",
        /// Registered elsewhere now; the home authority there goes on.
        TransferredOut = "transferred_out" / "已转出",
        /// The failing test was voided or corrected to a pass.
        TestCorrected = "test_corrected" / "检验更正",
        /// Another reasoned decision.
        Decision = "decision" / "主管部门决定",
    }
}

impl Cause {
    /// Whether the case bars the road (and so, when overdue, leads to the blacklist) or only the registration.
    #[must_use]
    pub const fn bars_the_road(self) -> bool {
        matches!(self, Self::PeriodicTest | Self::SupervisoryTest)
    }
}
