//! The plan of the vehicles: when each comes, in which trade it works, and how it leaves.

use chrono::Datelike;

use super::{
    errands::Errand,
    fleets::{FLEETS, Fleet, Make, OLD_TRUCK, OLD_TRUCKS},
};
use crate::{
    demo::{FIRST_DAY, TODAY, dice::Dice, identity},
    domain::{
        fleet::{MovementKind, Trade},
        quantity::Amount,
        time::Day,
        vehicle::{
            energy::{EnergyKind, EnergySource},
            fuel::Fuel,
            plate::PlateKind,
            stage::{Stage, StageSource, derive_stage},
            use_nature::UseNature,
        },
    },
    features::vehicles::VehicleIn,
};

const AREAS: [&str; 10] =
    ["610502", "610502", "610502", "610503", "610523", "610526", "610528", "610581", "610524", "610583"];
/// The first year of the transition.
const FIRST_YEAR: i32 = 2022;
/// Vehicles of the transition have VINs and plates in series of their own.
const SERIES: u32 = 900_000;

/// The plan as it grows.
pub struct Plan {
    dice: Dice,
    told: Vec<(Day, Errand)>,
    vehicles: usize,
}

impl Plan {
    /// Everything that is told of vehicles, each with the day on which it is told; and how many vehicles there are.
    pub fn make() -> (Vec<(Day, Errand)>, usize) {
        let mut plan = Self { dice: Dice::of(610_522), told: Vec::new(), vehicles: 0 };
        for fleet in FLEETS {
            plan.fleet(fleet);
        }
        plan.old_trucks();
        (plan.told, plan.vehicles)
    }

    fn fleet(&mut self, fleet: &Fleet) {
        let mut old = Vec::new();
        for number in 0..fleet.before.0 + fleet.before.1 {
            let electric = number < fleet.before.0;
            let on = self.dice.days_before(first_of(FIRST_YEAR), 30, 5 * 365);
            let vehicle = self.add(fleet, electric, on, (MovementKind::Registered, None));
            if !electric {
                old.push(vehicle);
            }
        }
        for (year, (electric, others)) in (FIRST_YEAR..).zip(fleet.added) {
            for number in 0..electric + others {
                let is_electric = number < electric;
                let on = self.day_in(year);
                let renews = is_electric && !old.is_empty() && self.dice.happens(fleet.renews_permille);
                let way = if renews {
                    let replaced = old.remove(0);
                    self.leave(replaced, MovementKind::Scrapped, on.pred_opt().unwrap_or(on));
                    (MovementKind::Renewed, Some(replaced))
                } else if self.dice.happens(80) {
                    (MovementKind::TransferredIn, None)
                } else {
                    (MovementKind::Registered, None)
                };
                let vehicle = self.add(fleet, is_electric, on, way);
                if fleet.trade == Some(Trade::Taxi) && number == 0 {
                    // A taxi that also takes bookings is in two trades, and counts once in the whole.
                    let both = Errand::Join(vehicle, 2, Trade::RideHailing, None, (on, None));
                    self.told.push((on, both));
                }
            }
        }
    }

    /// China III trucks, which leave year by year: most by the recycler.
    fn old_trucks(&mut self) {
        let (count, leaving) = OLD_TRUCKS;
        let mut years = (FIRST_YEAR..).zip(leaving).flat_map(|(year, leave)| (0..leave).map(move |_| year));
        for _ in 0..count {
            let on = self.dice.days_after(first_of(2010), 0, 4 * 365);
            let stage = Some(Stage::China3);
            let vehicle = self.register(&OLD_TRUCK, UseNature::Freight, on, (EnergyKind::Ice, stage));
            self.told.push((on, Errand::Move(vehicle, MovementKind::Registered, on, None)));
            if let Some(year) = years.next() {
                let way = match self.dice.between(0, 9) {
                    0..7 => MovementKind::Scrapped,
                    7..9 => MovementKind::TransferredOut,
                    _ => MovementKind::Cancelled,
                };
                let gone = self.day_in(year);
                self.leave(vehicle, way, gone);
            }
        }
    }

    /// A vehicle of a fleet comes by a way on a day, in the fleet's trade.
    fn add(
        &mut self,
        fleet: &Fleet,
        electric: bool,
        on: Day,
        (kind, replaces): (MovementKind, Option<usize>),
    ) -> usize {
        let built = if electric { &fleet.electric } else { &fleet.other };
        // Of one car in six that may be a plug-in, nobody has shown the papers.
        let unknown = !electric && fleet.trade == Some(Trade::RideHailing) && self.dice.happens(160);
        let energy = match (electric, unknown) {
            (true, _) => EnergyKind::Bev,
            (_, true) => EnergyKind::Unknown,
            _ => EnergyKind::Ice,
        };
        let built = Make { fuel: if unknown { "AC" } else { built.fuel }, ..*built };
        let stage = (energy == EnergyKind::Ice).then(|| stage_of(&built, on));
        let vehicle = self.register(&built, fleet.use_nature, on, (energy, stage));
        // One late addition in twenty of a year's end is told in the next spring only.
        let told = if on.month() == 12 && on.year() > FIRST_YEAR && self.dice.happens(200) {
            self.dice.days_after(on, 40, 80)
        } else {
            on
        };
        self.told.push((told, Errand::Move(vehicle, kind, on, replaces)));
        if let Some(trade) = fleet.trade {
            let permit = (trade == Trade::ConstructionWaste).then(|| format!("渭渣运-{vehicle:04}"));
            self.told.push((told, Errand::Join(vehicle, fleet.operator, trade, permit, (on, None))));
        }
        vehicle
    }

    fn leave(&mut self, vehicle: usize, kind: MovementKind, on: Day) {
        let errand = match kind {
            MovementKind::Scrapped => Errand::Scrap(vehicle, on),
            kind => Errand::Move(vehicle, kind, on, None),
        };
        self.told.push((on, errand));
    }

    /// The police register a vehicle on a day.
    fn register(
        &mut self,
        built: &Make,
        use_nature: UseNature,
        on: Day,
        (energy, stage): (EnergyKind, Option<Stage>),
    ) -> usize {
        let vehicle = self.vehicles;
        self.vehicles += 1;
        let number = u32::try_from(vehicle).unwrap_or_default();
        let built_on = self.dice.days_before(on, 20, 200);
        let is_electric = energy == EnergyKind::Bev;
        let told = VehicleIn {
            plate: Some(plate(built.plate_kind, number)),
            plate_kind: Some(built.plate_kind),
            owner: None,
            vin: Some(identity::vin(&mut self.dice, built_on, SERIES + number)),
            vehicle_type: Some(built.vehicle_type.to_owned()),
            use_nature: Some(use_nature),
            fuel: Some(built.fuel.to_owned()),
            energy: is_electric.then_some(energy),
            energy_source: is_electric.then_some(EnergySource::VehicleList),
            stage,
            stage_source: stage.map(|_| StageSource::VehicleList),
            gvm_kg: Some(built.gvm_kg),
            reference_mass_kg: None,
            rated_power_kw: Some(Amount::whole(self.dice.between(80, 300))),
            rated_speed_per_min: None,
            displacement_ml: None,
            registered_on: Some(on),
            built_on: Some(built_on),
            area: self.dice.pick(&AREAS).map(|area| (*area).to_owned()),
            maker: None,
            model: None,
            engine_model: None,
            has_obd: None,
            dyno_capable: None,
        };
        self.told.push((on, Errand::Register(vehicle, Box::new(told))));
        vehicle
    }

    /// A day of a year, up to the demo's own day.
    fn day_in(&mut self, year: i32) -> Day {
        let first = first_of(year);
        let last = first_of(year + 1).min(TODAY);
        self.dice.days_after(first, 2, (last - first).num_days() - 1)
    }
}

/// The stage of what has an engine: that which had to be met on the day of its registration.
fn stage_of(built: &Make, on: Day) -> Stage {
    let fuel = Fuel::read(built.fuel).ok();
    fuel.and_then(|fuel| derive_stage(fuel, built.gvm_kg, on)).unwrap_or(Stage::China6)
}

fn first_of(year: i32) -> Day {
    Day::from_ymd_opt(year, 1, 1).unwrap_or(FIRST_DAY)
}

fn plate(kind: PlateKind, number: u32) -> String {
    match kind {
        PlateKind::SmallNev => format!("陕E·D9{number:04}"),
        PlateKind::LargeNev => format!("陕E·9{number:04}D"),
        _ => format!("陕E·V{number:04}"),
    }
}
