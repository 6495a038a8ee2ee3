//! What is told to the register of fleet changes in the demo, by whom, and in which order on one day.

use crate::{
    demo::city::City,
    domain::{
        charging::ChargingSite,
        fleet::{MovementKind, Trade},
        id::Id,
        role::Role,
        time::Day,
        vehicle::Vehicle,
    },
    features::{
        charging::{SiteIn, register_charging_site},
        fleet::{MembershipIn, MovementIn, ScrappageIn, record_membership, record_movement, record_scrappage},
        tasks::{AssignmentIn, assign_tasks},
        vehicles::{VehicleIn, register_vehicle},
    },
    platform::{db::Tx, problem::Problem, state::Ground},
};

/// An errand; vehicles are named by their numbers in the demo.
#[derive(Debug, Clone)]
pub enum Errand {
    /// The police register a vehicle.
    Register(usize, Box<VehicleIn>),
    /// Its operator tells its trade, from a day on and perhaps until another.
    Join(usize, usize, Trade, Option<String>, (Day, Option<Day>)),
    /// The police tell a movement, and of a renewal what it replaces.
    Move(usize, MovementKind, Day, Option<usize>),
    /// The same of a vehicle that the stations have met.
    Met(Id<Vehicle>, MovementKind, Day),
    /// The recycler scraps a vehicle.
    Scrap(usize, Day),
    /// The transport bureau registers a charging site.
    Site(Box<SiteIn>),
    /// The bureau breaks a target into tasks.
    Assign(Box<AssignmentIn>),
}

impl Errand {
    /// The operation, as the journal names it.
    pub const fn operation(&self) -> &'static str {
        match self {
            Self::Register(..) => "register_vehicle",
            Self::Join(..) => "record_memberships",
            Self::Move(..) | Self::Met(..) => "record_movements",
            Self::Scrap(..) => "record_scrappages",
            Self::Site(_) => "register_charging_site",
            Self::Assign(_) => "assign_tasks",
        }
    }

    /// The place among the errands of a day: a vehicle is known before it moves, and gone before it is replaced.
    pub const fn rank(&self) -> u8 {
        match self {
            Self::Register(..) => 0,
            Self::Join(..) => 1,
            Self::Move(_, MovementKind::Registered | MovementKind::TransferredIn, ..) => 2,
            Self::Scrap(..) => 3,
            Self::Move(..) | Self::Met(..) => 4,
            Self::Site(_) | Self::Assign(_) => 5,
        }
    }

    /// The number of the member who does it.
    pub fn who(&self, city: &City) -> usize {
        match self {
            Self::Join(_, operator, ..) => city.of(Role::FleetOperator).get(*operator).copied().unwrap_or_default(),
            Self::Scrap(..) => city.only(Role::Recycler),
            Self::Site(_) => city.only(Role::TransportBureau),
            Self::Assign(_) => city.only(Role::EcologyBureau),
            _ => city.only(Role::TrafficPolice),
        }
    }

    /// Does it; a vehicle that is registered has an id from then on.
    pub fn carry_out(
        &self,
        tx: &mut Tx<'_>,
        on: &Ground,
        ids: &[Option<Id<Vehicle>>],
    ) -> Result<Option<(usize, Id<Vehicle>)>, Problem> {
        let id = |number: usize| {
            ids.get(number).copied().flatten().ok_or_else(|| Problem::internal(&"a vehicle that nobody registered"))
        };
        match self {
            Self::Register(number, told) => return Ok(Some((*number, register_vehicle(tx, told)?.id))),
            Self::Join(number, _, trade, permit, (from, to)) => {
                let (trade, permit, from, to) = (*trade, permit.clone(), *from, *to);
                let told = MembershipIn { trade, operator_id: None, permit, area: None, from, to };
                record_membership(tx, on, id(*number)?, &told, "")?;
            }
            Self::Move(number, kind, held_on, replaces) => {
                let told = MovementIn { replaces_id: replaces.map(id).transpose()?, ..moved(*kind, *held_on) };
                record_movement(tx, on, id(*number)?, &told, "")?;
            }
            Self::Met(vehicle, kind, held_on) => {
                record_movement(tx, on, *vehicle, &moved(*kind, *held_on), "")?;
            }
            Self::Scrap(number, scrapped_on) => {
                let certificate = format!("陕报废{}-{number:05}", scrapped_on.format("%Y"));
                let dismantled_on = scrapped_on.checked_add_days(chrono::Days::new(9));
                let dismantled_on = dismantled_on.filter(|day| *day <= tx.at().local_day());
                let told = ScrappageIn { recycler_id: None, certificate, scrapped_on: *scrapped_on, dismantled_on };
                record_scrappage(tx, on, id(*number)?, &told, "")?;
            }
            Self::Site(told) => {
                let _: ChargingSite = register_charging_site(tx, on, told)?;
            }
            Self::Assign(told) => {
                assign_tasks(tx, on, told)?;
            }
        }
        Ok(None)
    }
}

const fn moved(kind: MovementKind, held_on: Day) -> MovementIn {
    MovementIn { kind, held_on, area: None, replaces_id: None, replaces: None }
}
