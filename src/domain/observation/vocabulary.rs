//! The words of an observation: what was looked at, what came of it, and what a person found.

use crate::domain::{case::Cause, listing::ListingReason, words::words};

words! {
    /// How a vehicle was observed.
    pub enum ObservationKind {
        /// A beam across the road (HJ 845-2017).
        RemoteSensing = "remote_sensing" / "遥感监测",
        /// A check on the road by officers.
        Roadside = "roadside" / "路检路查",
        /// A check where the vehicle is kept.
        Premises = "premises" / "入户检查",
        /// A picture of smoke, by a camera or by a citizen.
        Smoke = "smoke" / "黑烟抓拍",
        /// Remote monitoring of on-board diagnosis.
        RemoteObd = "remote_obd" / "远程监控",
        /// A look at the emission control devices.
        Tampering = "tampering" / "污染控制装置查验",
    }

    /// What an observation came to.
    pub enum ObservationResult {
        /// Within every limit.
        Pass = "pass" / "合格",
        /// Over at least one limit.
        OverLimit = "over_limit" / "超限",
        /// No limit applies to this vehicle, or nothing was measured.
        NotJudged = "not_judged" / "不判定",
        /// Measured under conditions that the standard does not allow.
        Invalid = "invalid" / "无效",
    }

    /// What was measured.
    pub enum Pollutant {
        /// Opacity of the plume, percent (HJ 845-2017).
        Opacity = "opacity" / "不透光度",
        /// Ringelmann blackness, grade.
        Ringelmann = "ringelmann" / "林格曼黑度",
        /// Nitric oxide, 10⁻⁶; in remote sensing it only screens.
        No = "no" / "一氧化氮",
        /// Light absorption coefficient k at free acceleration, m⁻¹ (GB 3847-2018).
        K = "k" / "光吸收系数",
        /// Nitrogen oxides reported from on board, 10⁻⁶.
        Nox = "nox" / "氮氧化物",
        /// Whether the emission control devices are as built: 1 is in order, 0 is not.
        Devices = "devices" / "污染控制装置",
        /// What the officers found, without a reading of ours: 1 is in order, 0 is not.
        Officers = "officers" / "执法检查结论",
        /// Sulphur in the fuel, mg/kg; evidence about the fuel, not about the vehicle.
        FuelSulphur = "fuel_sulphur" / "油品硫含量",
        /// Urea in the reagent, percent; evidence about the reagent, not about the vehicle.
        Urea = "urea" / "尿素浓度",
    }

    /// Why an observation is not judged or not valid.
    pub enum WhyNotJudged {
        /// A green plate.
        GreenPlate = "green_plate" / "新能源号牌",
        /// The fuel is not known.
        FuelUnknown = "fuel_unknown" / "燃料种类未知",
        /// No limit for this fuel is in force.
        NoLimitForFuel = "no_limit_for_fuel" / "该燃料无限值",
        /// Nothing that has a limit was measured.
        NothingMeasured = "nothing_measured" / "无可判定的测量值",
        /// The device says so.
        DeviceInvalid = "device_invalid" / "设备判为无效",
        /// Too much wind.
        Wind = "wind" / "风速超出范围",
        /// The engine's load was outside the range.
        SpecificPower = "specific_power" / "比功率超出范围",
        /// Observed for too short a time.
        TooShort = "too_short" / "监测时间不足",
    }

    /// What the device says of its own measurement.
    pub enum DeviceValidity {
        /// It holds.
        Valid = "valid" / "有效",
        /// It does not.
        Invalid = "invalid" / "无效",
    }

    /// An emission control device.
    pub enum Component {
        /// Particle filter.
        Dpf = "dpf" / "颗粒捕集器",
        /// Selective catalytic reduction.
        Scr = "scr" / "选择性催化还原装置",
        /// Oxidation catalyst.
        Doc = "doc" / "氧化型催化器",
        /// Three-way catalyst.
        Catalyst = "catalyst" / "三元催化器",
        /// Exhaust gas recirculation.
        Egr = "egr" / "废气再循环装置",
        /// On-board diagnosis.
        Obd = "obd" / "车载诊断系统",
        /// A sensor of any of them.
        Sensor = "sensor" / "传感器",
        /// The reagent's system.
        UreaSystem = "urea_system" / "尿素喷射系统",
        /// Another device.
        Other = "other" / "其他装置",
    }

    /// How a device was found.
    pub enum ComponentState {
        /// As built.
        Intact = "intact" / "完好",
        /// Removed.
        Removed = "removed" / "拆除",
        /// Bypassed or emulated.
        Bypassed = "bypassed" / "屏蔽或模拟",
        /// Its software was altered.
        SoftwareAltered = "software_altered" / "篡改软件",
        /// Replaced by a part that does not work.
        Replaced = "replaced" / "更换不合格件",
    }

    /// What a person found who looked at it.
    pub enum ReviewOutcome {
        /// It is as it seems.
        Confirmed = "confirmed" / "确认",
        /// It is not.
        Dismissed = "dismissed" / "排除",
    }

    /// Where the look of a person stands.
    pub enum ReviewState {
        /// Nobody has to look.
        NotNeeded = "not_needed" / "无需复核",
        /// Somebody has to look.
        Waiting = "waiting" / "待复核",
        /// It is as it seems.
        Confirmed = "confirmed" / "已确认",
        /// It is not, and nothing follows.
        Dismissed = "dismissed" / "已排除",
    }
}

impl ObservationKind {
    /// The cause of the case that an exceedance of this kind opens or joins.
    #[must_use]
    pub const fn cause(self) -> Cause {
        match self {
            Self::RemoteSensing => Cause::RemoteSensing,
            Self::Roadside => Cause::Roadside,
            Self::Premises => Cause::Premises,
            Self::Smoke => Cause::BlackSmoke,
            Self::RemoteObd => Cause::RemoteMonitoring,
            Self::Tampering => Cause::Tampering,
        }
    }

    /// The reason for which an exceedance of this kind lists.
    #[must_use]
    pub const fn reason(self) -> ListingReason {
        match self {
            Self::RemoteSensing => ListingReason::RemoteSensing,
            Self::Roadside => ListingReason::Roadside,
            Self::Premises => ListingReason::Premises,
            Self::Smoke => ListingReason::BlackSmoke,
            Self::RemoteObd => ListingReason::RemoteMonitoring,
            Self::Tampering => ListingReason::Tampering,
        }
    }

    /// Whether it is a sampling (监督抽测), of which three failed ones in a cycle list by themselves.
    #[must_use]
    pub const fn is_sampling(self) -> bool {
        matches!(self, Self::Roadside | Self::Premises)
    }

    /// The two letters with which its numbers begin.
    #[must_use]
    pub const fn letters(self) -> &'static str {
        match self {
            Self::RemoteSensing => "YG",
            Self::Roadside => "LJ",
            Self::Premises => "RH",
            Self::Smoke => "HY",
            Self::RemoteObd => "YC",
            Self::Tampering => "CG",
        }
    }
}

impl Pollutant {
    /// Whether it tells of the vehicle's emissions, and not of what was filled in.
    #[must_use]
    pub const fn is_of_the_vehicle(self) -> bool {
        !matches!(self, Self::FuelSulphur | Self::Urea)
    }

    /// Whether exceedances of it by remote sensing can list: NO screens and never lists by itself.
    #[must_use]
    pub const fn lists_by_remote_sensing(self) -> bool {
        matches!(self, Self::Opacity | Self::Ringelmann)
    }
}
