//! The classes of use of the mandatory-scrap table, and which one a vehicle belongs to.

use crate::domain::{
    vehicle::{Vehicle, use_nature::UseNature, vehicle_type::SizeClass},
    words::words,
};

words! {
    /// A class of use with years and guided kilometres of its own (机动车强制报废标准规定 art. 5).
    pub enum ScrapClass {
        /// 出租客运.
        Taxi = "taxi" / "出租客运",
        /// Leaves the trade at eight years without being scrapped.
        RideHailing = "ride_hailing" / "预约出租客运",
        /// 租赁载客.
        Rental = "rental" / "租赁载客",
        /// 教练载客.
        DrivingSchool = "driving_school" / "教练载客",
        /// 公交客运.
        CityBus = "city_bus" / "公交客运",
        /// Coaches, tourism and every other passenger vehicle that earns its living.
        OtherOperating = "other_operating" / "其他营运载客",
        /// 专用校车.
        SchoolBus = "school_bus" / "专用校车",
        /// 非营运载客.
        NonOperating = "non_operating" / "非营运载客",
        /// 非营运大型轿车.
        LargeSedan = "large_sedan" / "非营运大型轿车",
        /// 载货汽车.
        Truck = "truck" / "载货汽车",
        /// 危险品运输载货汽车.
        DangerousGoods = "dangerous_goods" / "危险品运输载货汽车",
        /// The register does not know the cylinders, so the longer years hold.
        LowSpeedTruck = "low_speed_truck" / "低速货车",
        /// 三轮汽车.
        TriWheeler = "tri_wheeler" / "三轮汽车",
        /// 有载货功能的专项作业车.
        SpecialWithCargo = "special_with_cargo" / "有载货功能的专项作业车",
        /// 无载货功能的专项作业车.
        SpecialWithoutCargo = "special_without_cargo" / "无载货功能的专项作业车",
        /// 半挂车.
        Semitrailer = "semitrailer" / "半挂车",
        /// 集装箱半挂车.
        ContainerSemitrailer = "container_semitrailer" / "集装箱半挂车",
        /// 危险品运输半挂车.
        DangerousSemitrailer = "dangerous_semitrailer" / "危险品运输半挂车",
        /// 全挂车.
        FullTrailer = "full_trailer" / "全挂车",
        /// 正三轮摩托车.
        ThreeWheelMotorcycle = "three_wheel_motorcycle" / "正三轮摩托车",
        /// 其他摩托车.
        Motorcycle = "motorcycle" / "其他摩托车",
        /// 轮式专用机械车.
        WheeledMachinery = "wheeled_machinery" / "轮式专用机械车",
    }
}

/// The class of a vehicle in a use, and its size where the class has several; `None` of what the table does not name.
#[must_use]
pub fn class_of(vehicle: &Vehicle, used: UseNature) -> Option<(ScrapClass, Option<SizeClass>)> {
    let size = vehicle.vehicle_type.size();
    let dangerous = used == UseNature::DangerousGoods;
    let class = match vehicle.vehicle_type.as_str().as_bytes() {
        [b'H', b'5', ..] => ScrapClass::LowSpeedTruck,
        [b'N', ..] => ScrapClass::TriWheeler,
        [b'H' | b'Q', ..] if dangerous => ScrapClass::DangerousGoods,
        [b'H' | b'Q', b'1'..=b'4', ..] => return sized(ScrapClass::Truck, size),
        [b'Z', _, b'2', ..] => ScrapClass::SpecialWithCargo,
        [b'Z', ..] => ScrapClass::SpecialWithoutCargo,
        [b'B', ..] if dangerous => ScrapClass::DangerousSemitrailer,
        [b'B', _, b'5', ..] => ScrapClass::ContainerSemitrailer,
        [b'B', ..] => ScrapClass::Semitrailer,
        [b'G', ..] => ScrapClass::FullTrailer,
        [b'M', b'1', b'1'..=b'4', ..] => ScrapClass::ThreeWheelMotorcycle,
        [b'M', ..] => ScrapClass::Motorcycle,
        [b'J', ..] => ScrapClass::WheeledMachinery,
        [b'K', b'1', b'3', ..] if passenger_class(used) == ScrapClass::NonOperating => ScrapClass::LargeSedan,
        [b'K', _, b'8', ..] => ScrapClass::SchoolBus,
        [b'K', ..] => return sized(passenger_class(used), size),
        _ => return None,
    };
    Some((class, None))
}

/// Only classes that the table parts by size keep theirs.
fn sized(class: ScrapClass, size: Option<SizeClass>) -> Option<(ScrapClass, Option<SizeClass>)> {
    let parted = matches!(
        class,
        ScrapClass::Taxi
            | ScrapClass::DrivingSchool
            | ScrapClass::OtherOperating
            | ScrapClass::NonOperating
            | ScrapClass::Truck
    );
    if parted { size.map(|size| (class, Some(size))) } else { Some((class, None)) }
}

fn passenger_class(used: UseNature) -> ScrapClass {
    match used {
        UseNature::Taxi => ScrapClass::Taxi,
        UseNature::RideHailing => ScrapClass::RideHailing,
        UseNature::Rental => ScrapClass::Rental,
        UseNature::DrivingSchool => ScrapClass::DrivingSchool,
        UseNature::CityBus => ScrapClass::CityBus,
        UseNature::Coach | UseNature::Tourism | UseNature::Freight | UseNature::DangerousGoods => {
            ScrapClass::OtherOperating
        }
        UseNature::KindergartenBus
        | UseNature::PrimarySchoolBus
        | UseNature::MiddleSchoolBus
        | UseNature::SchoolBus => ScrapClass::SchoolBus,
        UseNature::NonOperating
        | UseNature::Police
        | UseNature::FireFighting
        | UseNature::Ambulance
        | UseNature::EngineeringRescue
        | UseNature::FormerOperating
        | UseNature::FormerTaxi
        | UseNature::FormerRideHailing => ScrapClass::NonOperating,
    }
}

/// Whether the use tells that the vehicle was used otherwise before: then the years are those of the formula for a change
/// of use (annex 1), and unknown without the day of the change.
#[must_use]
pub const fn was_used_otherwise(used: UseNature) -> bool {
    matches!(used, UseNature::FormerOperating | UseNature::FormerTaxi | UseNature::FormerRideHailing)
}
