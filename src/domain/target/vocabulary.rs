//! The words of targets: what kind of number each is, what stands in it, how it stands, and what it waits for.

use crate::domain::words::words;

words! {
    /// What kind of number a target is.
    pub enum TargetKind {
        /// A share of what was added or renewed in a calendar year.
        FlowShare = "flow_share" / "年度新增占比",
        /// A share of what is there on a day.
        StockShare = "stock_share" / "保有量占比",
        /// Nothing of it is to be left.
        StockToZero = "stock_to_zero" / "清零",
        /// So much of something.
        Capacity = "capacity" / "能力",
        /// A ratio of other things than vehicles.
        Ratio = "ratio" / "比率",
        /// A rule without a number.
        Rule = "rule" / "规则",
        /// A direction without a number.
        Direction = "direction" / "方向",
    }

    /// What stands in a share's numerator.
    pub enum Merit {
        /// New-energy vehicles, by the definition of the day.
        NewEnergy = "new_energy" / "新能源",
        /// New-energy vehicles and those of China VI or later.
        NewEnergyOrChina6 = "new_energy_or_china_6" / "新能源或国六",
        /// What is still there.
        Remaining = "remaining" / "剩余",
        /// Inspection stations whose data came on the last working day.
        Connected = "connected" / "联网",
        /// Electric vehicles that charging and swap sites serve, against the goal of the day.
        Served = "served" / "可服务",
    }

    /// How a target stands.
    pub enum TargetVerdict {
        /// Met.
        Met = "met" / "达标",
        /// Not met.
        NotMet = "not_met" / "未达标",
        /// Nothing to count: neither 0 % nor 100 %.
        NoData = "no_data" / "无数据",
        /// Counted, and by the plan's words not to be judged.
        Reported = "reported" / "仅报告",
    }

    /// A register that this installation does not keep yet.
    pub enum Register {
        /// Bulk goods by mode of transport.
        FreightLedger = "freight_ledger" / "大宗货物运输台账",
        /// Charging and swap sites.
        ChargingSites = "charging_sites" / "充换电设施台账",
        /// Non-road mobile machinery.
        Machinery = "machinery" / "非道路移动机械台账",
        /// Vehicles used inside plants.
        InPlantLedger = "in_plant_ledger" / "厂内车辆台账",
        /// Fuel quality.
        FuelSales = "fuel_sales" / "成品油质量监管台账",
        /// Air monitoring.
        AirQuality = "air_quality" / "环境空气质量监测",
        /// How people travel.
        TravelSurvey = "travel_survey" / "居民出行调查",
        /// The yearly amount that the city sets.
        GreenFreight = "green_freight" / "绿色货运配送年度目标",
        /// Zones, and who passed.
        Zones = "zones" / "限行区域与通行记录",
        /// Penalties and joint sanctions.
        Enforcement = "enforcement" / "执法与联合惩戒记录",
        /// How the loop of tests and repairs closes.
        LoopReports = "loop_reports" / "检测维护闭环报表",
        /// Permits for construction waste.
        Permits = "permits" / "渣土车许可台账",
    }
}
