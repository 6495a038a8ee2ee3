//! The words of a listing: why a vehicle is listed, its way off, and what lifted it.

use crate::domain::words::words;

words! {
    /// Why a vehicle is listed.
    pub enum ListingReason {
        /// A failed periodic test was not repaired and retested in time.
        OverdueCase = "overdue_case" / "定期检验不合格逾期未维修复检",
        /// The periodic inspection is overdue.
        OverdueInspection = "overdue_inspection" / "逾期未检验",
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
        /// Three samplings failed in one inspection cycle.
        RepeatedSampling = "repeated_sampling" / "一个检验周期内三次抽测不合格",
        /// It belongs to the vehicles that the plan eliminates.
        Elimination = "elimination" / "列入淘汰范围",
        /// A reasoned decision by the bureau.
        Decision = "decision" / "主管部门决定",
    }

    /// What lifted a listing.
    pub enum LiftedBy {
        /// A passing retest.
        Pass = "pass" / "复检合格",
        /// A passing re-measurement of the kind that found the exceedance.
        Remeasurement = "remeasurement" / "复测合格",
        /// A passing retest elsewhere in the country, verified by a person.
        PassElsewhere = "pass_elsewhere" / "异地复检合格",
        /// A ruling upon the case.
        Ruling = "ruling" / "案件裁定",
        /// An appeal that was upheld.
        Appeal = "appeal" / "申诉成立",
        /// The vehicle left the stock: scrapped, cancelled or transferred out.
        LeftStock = "left_stock" / "车辆报废、注销或转出",
        /// Its evidence has expired.
        Expiry = "expiry" / "证据过期",
        /// A decision by the bureau.
        Decision = "decision" / "主管部门决定",
    }
}

impl ListingReason {
    /// The reason in English words; `zh` has the Chinese.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::OverdueCase => "a failed periodic test was not repaired and retested in time",
            Self::OverdueInspection => "the periodic inspection is overdue",
            Self::Roadside => "a roadside check found an exceedance",
            Self::Premises => "a check at the premises found an exceedance",
            Self::RemoteSensing => "remote sensing found consecutive exceedances",
            Self::BlackSmoke => "black smoke was captured and confirmed",
            Self::RemoteMonitoring => "remote on-board monitoring reported an exceedance",
            Self::Tampering => "an emission control device was removed or tampered with",
            Self::RepeatedSampling => "three samplings failed in one inspection cycle",
            Self::Elimination => "it belongs to the vehicles that the plan eliminates",
            Self::Decision => "a reasoned decision by the ecology bureau",
        }
    }

    /// The way off the list, in English and Chinese.
    #[must_use]
    pub const fn way_off(self) -> (&'static str, &'static str) {
        match self {
            Self::OverdueCase | Self::RemoteMonitoring | Self::RepeatedSampling => {
                ("repair at an M-station, then a passing retest at an I-station", "到M站维修后，在I站复检合格即解除")
            }
            Self::OverdueInspection => ("a passing periodic inspection at an I-station", "在I站定期检验合格即解除"),
            Self::Roadside | Self::Premises | Self::RemoteSensing | Self::BlackSmoke => (
                "repair at an M-station, then a passing retest at an I-station or a passing re-measurement of the same kind",
                "到M站维修后，在I站复检合格或同类复测合格即解除",
            ),
            Self::Tampering => (
                "the device restored at an M-station, then a passing retest at an I-station",
                "到M站恢复污染控制装置后，在I站复检合格即解除",
            ),
            Self::Elimination => {
                ("the vehicle is scrapped, cancelled or transferred out", "车辆报废、注销或转出后解除")
            }
            Self::Decision => ("a decision by the ecology bureau", "由生态环境局决定解除"),
        }
    }
}
