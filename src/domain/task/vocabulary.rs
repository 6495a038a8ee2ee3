//! The words of tasks: aims, units, who fills a figure, and how tasks and entries stand.

use crate::domain::words::words;

words! {
    /// Which way a figure is to go.
    pub enum Aim {
        /// Not less.
        AtLeast = "at_least" / "不低于",
        /// Not more.
        AtMost = "at_most" / "不超过",
    }

    /// The unit of a figure.
    pub enum TaskUnit {
        /// A share.
        Percent = "percent" / "%",
        /// Vehicles.
        Vehicles = "vehicles" / "辆",
        /// Machines.
        Machines = "machines" / "台",
        /// Sites and stations.
        Sites = "sites" / "个",
        /// Mass.
        Tonnes = "tonnes" / "吨",
        /// Anything else that is counted.
        Items = "items" / "项",
    }

    /// Who fills a task's figure.
    pub enum FigureSource {
        /// The department: no register knows it.
        Reported = "reported" / "部门填报",
        /// The standing of the target in the area, by the reading to judge by: a share, or what remains.
        TargetStanding = "target_standing" / "目标完成情况（台账）",
        /// The diesel trucks of the elimination scope that are left.
        DieselTrucksLeft = "diesel_trucks_left" / "国三及以下柴油货车剩余（台账）",
        /// The old gas vehicles that are left.
        GasVehiclesLeft = "gas_vehicles_left" / "老旧燃气车辆剩余（台账）",
        /// The vehicles that charging and swap sites serve.
        ChargingCapacity = "charging_capacity" / "充换电服务能力（台账）",
    }

    /// How a task stands.
    pub enum TaskVerdict {
        /// Reached.
        Met = "met" / "已完成",
        /// Not yet, and in time.
        UnderWay = "under_way" / "推进中",
        /// Not reached by its last day.
        Overdue = "overdue" / "逾期",
        /// No figure yet.
        NoData = "no_data" / "无数据",
    }

    /// How an entry of progress stands.
    pub enum EntryStanding {
        /// Waits for its reviewer.
        Entered = "entered" / "待审核",
        /// Stands.
        Accepted = "accepted" / "审核通过",
        /// Given back.
        Returned = "returned" / "退回",
    }
}

impl FigureSource {
    /// The unit in which the register fills the figure; a department's figure has any, and that of a
    /// standing is percent or vehicles.
    #[must_use]
    pub const fn unit(self) -> Option<TaskUnit> {
        match self {
            Self::Reported | Self::TargetStanding => None,
            Self::DieselTrucksLeft | Self::GasVehiclesLeft | Self::ChargingCapacity => Some(TaskUnit::Vehicles),
        }
    }
}
