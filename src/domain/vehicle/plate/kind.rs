//! Kinds of plates (号牌种类, GA 24.7) and their colours (GA 36-2018).

use super::PlateClass;
use crate::domain::{
    vehicle::codes::coded_words,
    words::{Word, words},
};

coded_words! {
    /// The kind of a plate, with its GA 24.7 code.
    pub enum PlateKind {
        LargeCar = "01" / "large_car" / "大型汽车",
        SmallCar = "02" / "small_car" / "小型汽车",
        EmbassyCar = "03" / "embassy_car" / "使馆汽车",
        ConsulateCar = "04" / "consulate_car" / "领馆汽车",
        OverseasCar = "05" / "overseas_car" / "境外汽车",
        ForeignCar = "06" / "foreign_car" / "外籍汽车",
        Motorcycle = "07" / "motorcycle" / "普通摩托车",
        Moped = "08" / "moped" / "轻便摩托车",
        EmbassyMotorcycle = "09" / "embassy_motorcycle" / "使馆摩托车",
        ConsulateMotorcycle = "10" / "consulate_motorcycle" / "领馆摩托车",
        OverseasMotorcycle = "11" / "overseas_motorcycle" / "境外摩托车",
        ForeignMotorcycle = "12" / "foreign_motorcycle" / "外籍摩托车",
        LowSpeed = "13" / "low_speed" / "低速车",
        Tractor = "14" / "tractor" / "拖拉机",
        Trailer = "15" / "trailer" / "挂车",
        LearnerCar = "16" / "learner_car" / "教练汽车",
        LearnerMotorcycle = "17" / "learner_motorcycle" / "教练摩托车",
        TrialCar = "18" / "trial_car" / "试验汽车",
        TrialMotorcycle = "19" / "trial_motorcycle" / "试验摩托车",
        TemporaryEntryCar = "20" / "temporary_entry_car" / "临时入境汽车",
        TemporaryEntryMotorcycle = "21" / "temporary_entry_motorcycle" / "临时入境摩托车",
        Temporary = "22" / "temporary" / "临时行驶车",
        PoliceCar = "23" / "police_car" / "警用汽车",
        PoliceMotorcycle = "24" / "police_motorcycle" / "警用摩托车",
        FormerFarm = "25" / "former_farm" / "原农机",
        HongKong = "26" / "hong_kong" / "香港入出境车",
        Macao = "27" / "macao" / "澳门入出境车",
        ArmedPolice = "31" / "armed_police" / "武警",
        Military = "32" / "military" / "军队",
        Emergency = "33" / "emergency" / "应急",
        NoPlate = "41" / "no_plate" / "无号牌",
        FalsePlate = "42" / "false_plate" / "假号牌",
        MisusedPlate = "43" / "misused_plate" / "挪用号牌",
        LargeNev = "51" / "large_nev" / "大型新能源汽车",
        SmallNev = "52" / "small_nev" / "小型新能源汽车",
        Other = "99" / "other" / "其他号牌",
    }
}

words! {
    /// The colour of a plate; foreign systems number colours in opposite ways, so their digits are never stored.
    pub enum PlateColour {
        /// Small vehicles, mopeds.
        Blue = "blue" / "蓝色",
        /// Large vehicles, motorcycles, trailers, learners.
        Yellow = "yellow" / "黄色",
        /// Police, armed police, military.
        White = "white" / "白色",
        /// Embassies, consulates, overseas, Hong Kong and Macao.
        Black = "black" / "黑色",
        /// Small new-energy vehicles (渐变绿).
        NevGreen = "nev_green" / "新能源绿色",
        /// Large new-energy vehicles (黄绿双拼).
        NevYellowGreen = "nev_yellow_green" / "新能源黄绿色",
        /// None of these, or not told.
        Other = "other" / "其他",
    }
}

impl PlateKind {
    /// The one colour of the kind; `None` where it has several or none is confirmed.
    #[must_use]
    pub const fn colour(self) -> Option<PlateColour> {
        Some(match self {
            Self::SmallCar | Self::Moped => PlateColour::Blue,
            Self::LargeCar
            | Self::Motorcycle
            | Self::LowSpeed
            | Self::Trailer
            | Self::LearnerCar
            | Self::LearnerMotorcycle => PlateColour::Yellow,
            Self::PoliceCar | Self::PoliceMotorcycle | Self::ArmedPolice | Self::Military => PlateColour::White,
            Self::EmbassyCar
            | Self::ConsulateCar
            | Self::OverseasCar
            | Self::ForeignCar
            | Self::EmbassyMotorcycle
            | Self::ConsulateMotorcycle
            | Self::OverseasMotorcycle
            | Self::ForeignMotorcycle
            | Self::HongKong
            | Self::Macao => PlateColour::Black,
            Self::SmallNev => PlateColour::NevGreen,
            Self::LargeNev => PlateColour::NevYellowGreen,
            _ => return None,
        })
    }

    /// Whether the kind proves a new-energy vehicle; no green plate does not disprove one.
    #[must_use]
    pub const fn is_new_energy(self) -> bool {
        matches!(self, Self::LargeNev | Self::SmallNev)
    }

    /// The forms a plate of this kind can have; a false or misused plate can have any.
    #[must_use]
    pub const fn classes(self) -> &'static [PlateClass] {
        match self {
            Self::LargeCar | Self::SmallCar | Self::Motorcycle | Self::Moped | Self::LowSpeed => {
                &[PlateClass::Ordinary]
            }
            Self::Trailer => &[PlateClass::Trailer],
            Self::LearnerCar | Self::LearnerMotorcycle => &[PlateClass::Learner],
            Self::PoliceCar | Self::PoliceMotorcycle => &[PlateClass::Police],
            Self::HongKong => &[PlateClass::HongKong],
            Self::Macao => &[PlateClass::Macao],
            Self::ConsulateCar | Self::ConsulateMotorcycle => &[PlateClass::Consular, PlateClass::Special],
            Self::SmallNev => &[PlateClass::NevSmall],
            Self::LargeNev => &[PlateClass::NevLarge],
            Self::EmbassyCar | Self::EmbassyMotorcycle | Self::ArmedPolice | Self::Military | Self::Emergency => {
                &[PlateClass::Special]
            }
            Self::NoPlate => &[],
            Self::FalsePlate | Self::MisusedPlate | Self::Other => PlateClass::ALL,
            _ => &[PlateClass::Ordinary, PlateClass::Special],
        }
    }
}

/// The kind that a plate of this form and colour most likely has: what is recorded of a vehicle that nobody knows.
#[must_use]
pub const fn likeliest_kind(class: PlateClass, colour: Option<PlateColour>) -> PlateKind {
    match (class, colour) {
        (PlateClass::NevSmall, _) => PlateKind::SmallNev,
        (PlateClass::NevLarge, _) => PlateKind::LargeNev,
        (PlateClass::Trailer, _) => PlateKind::Trailer,
        (PlateClass::Learner, _) => PlateKind::LearnerCar,
        (PlateClass::Police, _) => PlateKind::PoliceCar,
        (PlateClass::HongKong, _) => PlateKind::HongKong,
        (PlateClass::Macao, _) => PlateKind::Macao,
        (PlateClass::Consular, _) => PlateKind::ConsulateCar,
        (PlateClass::Ordinary, Some(PlateColour::Blue)) => PlateKind::SmallCar,
        (PlateClass::Ordinary, Some(PlateColour::Yellow)) => PlateKind::LargeCar,
        _ => PlateKind::Other,
    }
}

/// Every kind that may show this colour: those of that colour, and those without a colour of their own.
///
/// A camera that knows only the colour asks with all of them, and gets every vehicle it may have seen.
#[must_use]
pub fn kinds_of(colour: PlateColour) -> Vec<PlateKind> {
    let may_show = |kind: &PlateKind| kind.colour().is_none_or(|own| own == colour);
    PlateKind::ALL.iter().copied().filter(may_show).collect()
}
