//! The words of the fleet register: trades, ways in and out, the books, and what does not fit.

use crate::domain::words::words;

words! {
    /// A trade that police codes cannot show, of the plan's lists (规划 二(三)3).
    pub enum Trade {
        /// City buses.
        Bus = "bus" / "公交",
        /// Staff buses.
        Commuter = "commuter" / "通勤",
        /// Taxis.
        Taxi = "taxi" / "出租",
        /// Taxis by booking.
        RideHailing = "ride_hailing" / "网约",
        /// Delivery of goods in the city.
        Logistics = "logistics" / "物流配送",
        /// The post.
        Postal = "postal" / "邮政",
        /// Couriers.
        Express = "express" / "快递",
        /// Household refuse.
        Refuse = "refuse" / "垃圾清运",
        /// Sweepers and washers of the light class.
        LightSanitation = "light_sanitation" / "轻型环卫",
        /// Every other sanitation vehicle.
        OtherSanitation = "other_sanitation" / "其他环卫",
        /// Tour coaches.
        Tourism = "tourism" / "旅游",
        /// Construction waste, one permit for each vehicle.
        ConstructionWaste = "construction_waste" / "渣土",
        /// Concrete mixers.
        Concrete = "concrete" / "商混",
        /// Road freight.
        Freight = "freight" / "货运",
    }

    /// What happens to a vehicle's place in the city's fleet.
    pub enum MovementKind {
        /// Registered for the first time (新增).
        Registered = "registered" / "新增登记",
        /// Registered in the place of another vehicle (更新).
        Renewed = "renewed" / "更新登记",
        /// Came from another city; counts as added.
        TransferredIn = "transferred_in" / "转入",
        /// Left for another city.
        TransferredOut = "transferred_out" / "转出",
        /// Put to another use, in the city all the while.
        ChangedUse = "changed_use" / "变更使用性质",
        /// Scrapped.
        Scrapped = "scrapped" / "报废",
        /// Its registration was cancelled.
        Cancelled = "cancelled" / "注销",
    }

    /// The two books that the register keeps.
    pub enum Book {
        /// What was added or renewed, by day: of it come shares of flow.
        Additions = "additions" / "新增更新",
        /// What is there, from a day until a day: of it come shares of stock.
        Stock = "stock" / "保有量",
    }

    /// A vehicle's fuel, as far as targets tell it apart.
    pub enum FuelGroup {
        /// Diesel, alone or with another fuel.
        Diesel = "diesel" / "柴油",
        /// CNG, LNG or LPG, conversions included.
        Gas = "gas" / "燃气",
        /// Everything else.
        Other = "other" / "其他",
    }

    /// A truck's size (GA 802), as far as the plan speaks of trucks (货车).
    pub enum TruckClass {
        /// From 12,000 kg.
        Heavy = "heavy" / "重型货车",
        /// From 4,500 kg.
        Medium = "medium" / "中型货车",
        /// Below.
        Light = "light" / "轻型货车",
        /// Up to 3.5 m.
        Micro = "micro" / "微型货车",
        /// A truck whose type names no size.
        Unsized = "unsized" / "货车（吨位不明）",
        /// No truck.
        NotATruck = "not_a_truck" / "非货车",
    }

    /// How a vehicle was seen, beside its tests.
    pub enum SightedBy {
        /// It passed an enterprise's gate.
        GatePass = "gate_pass" / "门禁通行",
        /// A device or an officer saw it on the road or on premises.
        Observation = "observation" / "道路或入户监测",
    }

    /// What does not fit in the register: noted beside the record, which stands.
    pub enum FleetOddity {
        /// Added twice in a calendar year; it counts once, by its first addition.
        AddedTwiceInAYear = "added_twice_in_a_year" / "同一年度两次新增",
        /// In two trades at once; it counts in each, and once in the whole.
        InTwoTrades = "in_two_trades" / "同时属于两个行业",
        /// The vehicle that it replaces is still in the fleet.
        ReplacedStillThere = "replaced_still_there" / "被更新车辆仍在册",
        /// The vehicle that it replaces was replaced by another one already.
        ReplacedTwice = "replaced_twice" / "被更新车辆已被另一车辆更新",
        /// Learned after the end of its year, whose figures it changes.
        LearnedAfterItsYear = "learned_after_its_year" / "跨年补录",
        /// A vehicle of the elimination scope came from another city (规划 二(三)3 禁止转入).
        OutdatedTransferredIn = "outdated_transferred_in" / "淘汰范围车辆转入",
        /// Its stage is only derived from the day of registration, or unknown.
        StageNotProven = "stage_not_proven" / "排放阶段未经证明",
        /// Its stage contradicts its fuel, or is older than what could be registered on its day.
        StageContradicts = "stage_contradicts" / "排放阶段与燃料或登记日期矛盾",
        /// Its drive contradicts its fuel or its plate.
        EnergyContradicts = "energy_contradicts" / "动力类型与燃料或号牌矛盾",
        /// A recycler reports as scrapped what was scrapped already.
        ScrappedTwice = "scrapped_twice" / "重复报废",
        /// Scrapped without having been in the fleet.
        ScrappedFromOutside = "scrapped_from_outside" / "报废车辆不在册",
        /// Somebody tried to add a vehicle that was scrapped.
        ScrappedButAdded = "scrapped_but_added" / "已报废车辆再次登记",
        /// A scrapped vehicle was tested.
        ScrappedButTested = "scrapped_but_tested" / "已报废车辆再次检验",
        /// A scrapped vehicle was seen on the road or at a gate.
        ScrappedButSeen = "scrapped_but_seen" / "已报废车辆再次出现",
    }
}

impl MovementKind {
    /// Whether it brings a vehicle into the fleet.
    #[must_use]
    pub const fn adds(self) -> bool {
        matches!(self, Self::Registered | Self::Renewed | Self::TransferredIn)
    }

    /// Whether it takes a vehicle out of the fleet.
    #[must_use]
    pub const fn removes(self) -> bool {
        matches!(self, Self::TransferredOut | Self::Scrapped | Self::Cancelled)
    }
}
