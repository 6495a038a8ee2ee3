//! What a vehicle is used for (使用性质, GA 24.3).

use super::codes::coded_words;

coded_words! {
    /// The use nature, with its GA 24.3 letter.
    pub enum UseNature {
        NonOperating = "A" / "non_operating" / "非营运",
        Coach = "B" / "coach" / "公路客运",
        CityBus = "C" / "city_bus" / "公交客运",
        Taxi = "D" / "taxi" / "出租客运",
        Tourism = "E" / "tourism" / "旅游客运",
        Freight = "F" / "freight" / "货运",
        Rental = "G" / "rental" / "租赁",
        Police = "H" / "police" / "警用",
        FireFighting = "I" / "fire_fighting" / "消防",
        Ambulance = "J" / "ambulance" / "救护",
        EngineeringRescue = "K" / "engineering_rescue" / "工程救险",
        FormerOperating = "L" / "former_operating" / "营转非",
        FormerTaxi = "M" / "former_taxi" / "出租转非",
        DrivingSchool = "N" / "driving_school" / "教练",
        KindergartenBus = "O" / "kindergarten_bus" / "幼儿校车",
        PrimarySchoolBus = "P" / "primary_school_bus" / "小学生校车",
        MiddleSchoolBus = "Q" / "middle_school_bus" / "初中生校车",
        DangerousGoods = "R" / "dangerous_goods" / "危化品运输",
        SchoolBus = "S" / "school_bus" / "中小学生校车",
        RideHailing = "T" / "ride_hailing" / "预约出租客运",
        FormerRideHailing = "U" / "former_ride_hailing" / "预约出租转非",
    }
}

impl UseNature {
    /// Whether the vehicle earns its living (营运); driving schools are counted apart.
    #[must_use]
    pub const fn is_operating(self) -> bool {
        matches!(
            self,
            Self::Coach
                | Self::CityBus
                | Self::Taxi
                | Self::Tourism
                | Self::Freight
                | Self::Rental
                | Self::DangerousGoods
                | Self::RideHailing
        )
    }
}
