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
        /// A roadside check found an exceedance.
        Roadside = "roadside" / "路检路查超标",
        /// A check at the premises found an exceedance.
        Premises = "premises" / "入户检查超标",
        /// Remote sensing found consecutive exceedances (HJ 845-2017).
        RemoteSensing = "remote_sensing" / "遥感监测连续超标",
        /// A camera saw black smoke, and a person confirmed it.
        BlackSmoke = "black_smoke" / "黑烟抓拍",
        /// Remote on-board monitoring reported an exceedance.
        RemoteMonitoring = "remote_monitoring" / "远程监控超标",
        /// An emission control device was removed or tampered with.
        Tampering = "tampering" / "擅自拆改污染控制装置",
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
        /// The evidence of remote sensing alone has left its window.
        EvidenceExpired = "evidence_expired" / "遥感证据过期",
        /// Another reasoned decision.
        Decision = "decision" / "主管部门决定",
    }
}

impl Cause {
    /// Whether the case bars the road or only the registration.
    #[must_use]
    pub const fn bars_the_road(self) -> bool {
        !matches!(self, Self::NewRegistrationTest | Self::TransferInTest)
    }

    /// Whether the case leads to the blacklist when it is overdue; an observed exceedance has its own listing at once.
    #[must_use]
    pub const fn lists_when_overdue(self) -> bool {
        matches!(self, Self::PeriodicTest | Self::SupervisoryTest)
    }

    /// Whether a passing re-measurement of the same kind clears it; all others need an I-station's retest.
    #[must_use]
    pub const fn is_remeasurable(self) -> bool {
        matches!(self, Self::Roadside | Self::Premises | Self::RemoteSensing | Self::BlackSmoke)
    }
}
