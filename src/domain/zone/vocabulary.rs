//! The words of zones: their kinds, whom rules mean, what emergency orders say, and how a decision is told.

use crate::domain::words::words;

words! {
    /// What a zone is for.
    pub enum ZoneKind {
        /// The main urban area, closed to listed vehicles.
        MainUrban = "main_urban" / "主城区",
        /// Roads closed to some trucks.
        TruckRestriction = "truck_restriction" / "货车限行区",
        /// Closed to vehicles of high emission.
        LowEmission = "low_emission" / "低排放控制区",
        /// The gate of an enterprise.
        EnterpriseGate = "enterprise_gate" / "企业门禁",
    }

    /// What a rule does.
    pub enum Effect {
        /// Closes.
        Deny = "deny" / "禁止",
        /// Opens, before the rules that follow.
        Allow = "allow" / "准许",
    }

    /// What a decision says.
    pub enum Outcome {
        /// May enter.
        Allow = "allow" / "准许通行",
        /// May not.
        Deny = "deny" / "禁止通行",
        /// A fact that matters is not known: neither clean nor refused.
        Unknown = "unknown" / "无法判定",
    }

    /// Groups of vehicle types (GA 24.4, GA 802-2019).
    pub enum VehicleGroup {
        /// 货车 of the elimination scope: H1–H4, Q, Z?2.
        Truck = "truck" / "货车",
        /// From 12,000 kg by type: H1, Q1, Z5.
        HeavyTruck = "heavy_truck" / "重型货车",
        /// H2, Q2 and medium special vehicles with cargo.
        MediumTruck = "medium_truck" / "中型货车",
        /// H3, Q3, Z7.
        LightTruck = "light_truck" / "轻型货车",
        /// H4.
        MicroTruck = "micro_truck" / "微型货车",
        /// Tipping bodies: H?7 and H?B to H?G.
        DumpTruck = "dump_truck" / "自卸货车",
        /// H5 and tri-wheelers.
        LowSpeed = "low_speed" / "低速载货汽车和三轮汽车",
        /// Special vehicles without cargo: Z?1.
        Special = "special" / "专项作业车",
        /// K1 and K2.
        Bus = "bus" / "大中型客车",
        /// K3 and K4.
        Car = "car" / "小微型客车",
        /// M.
        Motorcycle = "motorcycle" / "摩托车",
        /// T.
        Tractor = "tractor" / "拖拉机",
        /// J.
        Machinery = "machinery" / "轮式专用机械",
        /// B and G.
        Trailer = "trailer" / "挂车",
    }

    /// Groups of fuels.
    pub enum FuelGroup {
        /// Diesel among the fuels.
        Diesel = "diesel" / "柴油",
        /// Petrol among the fuels.
        Petrol = "petrol" / "汽油",
        /// Natural gas, LPG or converted to gas.
        Gas = "gas" / "燃气",
        /// Electricity alone.
        Electric = "electric" / "纯电",
        /// Hydrogen among the fuels.
        Hydrogen = "hydrogen" / "氢",
    }

    /// Where the plate was issued.
    pub enum Origin {
        /// By this city's office.
        Local = "local" / "本地号牌",
        /// Elsewhere.
        OutOfTown = "out_of_town" / "外地号牌",
    }

    /// What a rule does on days of the holiday table.
    pub enum HolidayTerm {
        /// The table does not matter.
        Ignore = "ignore" / "不区分节假日",
        /// Silent on holidays; a working day that makes up for one counts as Monday to Friday.
        Except = "except" / "法定节假日除外",
        /// Speaks on holidays alone.
        Only = "only" / "仅法定节假日",
    }

    /// What a day of the holiday table is.
    pub enum DayKind {
        /// A public holiday.
        Holiday = "holiday" / "法定节假日",
        /// A day of the weekend on which people work.
        WorkingDay = "working_day" / "调休上班日",
        /// An ordinary day again: the entry was a mistake.
        Ordinary = "ordinary" / "普通日",
    }

    /// Why a vehicle is exempt by what it is.
    pub enum ExemptionGround {
        /// Military plate.
        Military = "military" / "军车",
        /// Armed police plate.
        ArmedPolice = "armed_police" / "武警车",
        /// Police plate or use.
        Police = "police" / "警车",
        /// Plate of the emergency services (应急).
        Emergency = "emergency" / "应急救援车",
        /// Fire engine.
        Fire = "fire" / "消防车",
        /// Ambulance.
        Ambulance = "ambulance" / "救护车",
        /// Engineering rescue.
        EngineeringRescue = "engineering_rescue" / "工程救险车",
    }

    /// What a permit is for.
    pub enum PermitKind {
        /// 渣土车: one vehicle one permit (一车一证), three limits and one card (三限一卡).
        ConstructionWaste = "construction_waste" / "渣土运输通行证",
        /// Goods for the city.
        Delivery = "delivery" / "配送通行证",
        /// By a decision of its own.
        Special = "special" / "特别通行证",
    }

    /// The colour of a warning of heavy pollution.
    pub enum AlertLevel {
        /// Yellow.
        Yellow = "yellow" / "黄色预警",
        /// Orange.
        Orange = "orange" / "橙色预警",
        /// Red.
        Red = "red" / "红色预警",
        /// Another occasion.
        Other = "other" / "其他",
    }

    /// The level of the response.
    pub enum ResponseLevel {
        /// Ⅰ级响应.
        I = "i" / "Ⅰ级响应",
        /// Ⅱ级响应.
        Ii = "ii" / "Ⅱ级响应",
        /// Ⅲ级响应.
        Iii = "iii" / "Ⅲ级响应",
    }

    /// A measure that an order puts in force; what it bans is dated data.
    pub enum Measure {
        /// Heavy diesel (and gas) vehicles of 国三 and below.
        Measure1 = "measure_1" / "措施1",
        /// The same up to 国四.
        Measure2 = "measure_2" / "措施2",
        /// Diesel up to 国四 and gas up to 国五.
        Measure3 = "measure_3" / "措施3",
        /// Road transport stops.
        Measure4 = "measure_4" / "措施4",
    }

    /// What a decision may need to know of a vehicle.
    pub enum Fact {
        /// Its plate and the plate's kind.
        Plate = "plate" / "号牌及种类",
        /// Its type.
        VehicleType = "vehicle_type" / "车辆类型",
        /// Its emission stage.
        Stage = "stage" / "排放阶段",
        /// Its fuel.
        Fuel = "fuel" / "燃料种类",
        /// What drives it.
        Energy = "energy" / "动力类型",
        /// Its maximum mass.
        Gvm = "gvm" / "最大总质量",
        /// Whether it is listed.
        Listing = "listing" / "黑名单状态",
    }

    /// What speaks in a decision.
    pub enum VoiceSource {
        /// Plate class or use: police, fire, ambulance, ….
        Exemption = "exemption" / "法定豁免",
        /// The register of exempt vehicles.
        Register = "register" / "豁免登记",
        /// An emergency order.
        Order = "order" / "应急管控令",
        /// A rule of the zone.
        Rule = "rule" / "区域规则",
    }

    /// What would change an answer.
    pub enum ChangeKind {
        /// A fact that is not known.
        Tell = "tell" / "补充信息",
        /// Another time.
        Wait = "wait" / "等待时段",
        /// A permit.
        Permit = "permit" / "办理通行证",
        /// The way off the list.
        Delist = "delist" / "移出黑名单",
        /// Another vehicle: a later stage, a new-energy vehicle.
        OtherVehicle = "other_vehicle" / "更换车辆",
        /// Another route.
        Detour = "detour" / "绕行",
    }
}
