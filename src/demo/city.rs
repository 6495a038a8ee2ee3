//! Who takes part in the demo: stations with lines, repair shops, bureaus, a gate, a recycler, fleets.

use super::database::CODE;
use crate::{
    domain::{
        id::Id,
        party::{Client, Organisation},
        role::{Position, Role},
        vehicle::area::{AreaCode, CITY},
    },
    features::{
        self,
        access::{ClientIn, LineIn, OrganisationIn, add_client, add_line, add_organisation},
    },
    platform::{auth::Caller, db::Tx, journal::Actor, problem::Problem, state::State},
};

/// Stations: area, name, lines.
const STATIONS: [(&str, &str, u8); 6] = [
    ("610502", "临渭甲检测站", 4),
    ("610502", "临渭乙检测站", 3),
    ("610523", "大荔检测站", 3),
    ("610526", "蒲城检测站", 3),
    ("610528", "富平检测站", 2),
    ("610581", "韩城检测站", 3),
];

/// Repair shops: area, name. The eighth has the legal person of the third station, which is flagged at each repair.
const SHOPS: [(&str, &str); 12] = [
    ("610502", "临渭东街维修站"),
    ("610502", "临渭西街维修站"),
    ("610502", "临渭南塬维修站"),
    ("610503", "华州维修站"),
    ("610522", "潼关维修站"),
    ("610523", "大荔南关维修站"),
    ("610523", "大荔北关维修站"),
    ("610523", "大荔同州维修站"),
    ("610526", "蒲城维修站"),
    ("610528", "富平维修站"),
    ("610581", "韩城维修站"),
    ("610582", "华阴维修站"),
];

/// Everybody else; the ecology bureau is the first of the whole city to be registered.
const OTHERS: [(Role, &str); 8] = [
    (Role::EcologyBureau, "生态环境局（演示）"),
    (Role::TrafficPolice, "公安交管支队（演示）"),
    (Role::TransportBureau, "交通运输局（演示）"),
    (Role::MarketRegulator, "市场监管局（演示）"),
    (Role::EnterpriseGate, "焦化厂门禁（演示）"),
    (Role::Recycler, "报废机动车回收公司（演示）"),
    (Role::FleetOperator, "渣土运输公司（演示）"),
    (Role::HomeAuthority, "邻市生态环境局（演示）"),
];

/// Fleet operators beside that of construction waste, in the order in which `transition` names them.
const OPERATORS: [(&str, &str); 9] = [
    (CITY, "公交集团（演示）"),
    (CITY, "出租汽车公司（演示）"),
    (CITY, "网约车平台（演示）"),
    (CITY, "城市配送公司（演示）"),
    (CITY, "环卫集团（演示）"),
    (CITY, "客运旅游公司（演示）"),
    (CITY, "邮政快递公司（演示）"),
    ("610526", "商砼公司（演示）"),
    ("610528", "货运公司（演示）"),
];

/// An organisation with the machine that acts for it.
#[derive(Debug, Clone)]
pub struct Member {
    /// As whom it calls.
    pub caller: Caller,
    /// A station's lines.
    pub lines: Vec<String>,
}

/// The members of the city, by their numbers.
pub struct City(Vec<Member>);

impl City {
    /// Registers everybody but the administrator.
    pub async fn found(state: &State) -> Result<Self, Problem> {
        let members = state.db.write("register_organisation", Actor::service(), register).await?;
        features::refresh(state).await?;
        Ok(Self(members))
    }

    /// Registers the administrator, by which a complete demo city is known.
    pub async fn complete(state: &State) -> Result<(), Problem> {
        let administrator = told(Role::Administrator, CODE, CITY, "系统管理（演示）")?;
        let register = move |tx: &mut Tx<'_>| add(tx, &administrator).map(drop);
        state.db.write("register_organisation", Actor::service(), register).await?;
        features::refresh(state).await
    }

    /// A member.
    pub fn member(&self, number: usize) -> Option<&Member> {
        self.0.get(number)
    }

    /// The numbers of the members of a role.
    pub fn of(&self, role: Role) -> Vec<usize> {
        let fits = |(number, member): (usize, &Member)| (member.caller.role == role).then_some(number);
        self.0.iter().enumerate().filter_map(fits).collect()
    }

    /// The number of the only member of a role.
    pub fn only(&self, role: Role) -> usize {
        self.0.iter().position(|member| member.caller.role == role).unwrap_or_default()
    }
}

fn register(tx: &mut Tx<'_>) -> Result<Vec<Member>, Problem> {
    let mut members = Vec::new();
    for (role, name) in OTHERS {
        members.push(add(tx, &told(role, CODE, CITY, name)?)?);
    }
    for (number, (area, name, lines)) in (1_u8..).zip(STATIONS) {
        let told = told(Role::InspectionStation, &format!("{area}{number:03}"), area, name)?;
        let mut station = add(tx, &owned(told, number))?;
        for code in (1..=lines).map(|line| line.to_string()) {
            let line = LineIn { name: format!("{code} 号线"), code: code.clone() };
            add_line(tx, station.caller.organisation.into(), &line)?;
            station.lines.push(code);
        }
        members.push(station);
    }
    for (number, (area, name)) in (1_u8..).zip(SHOPS) {
        let told = told(Role::RepairShop, &format!("M{area}{number:03}"), area, name)?;
        members.push(add(tx, &owned(told, if number == 8 { 3 } else { number + 20 }))?);
    }
    for (number, (area, name)) in (1_u8..).zip(OPERATORS) {
        members.push(add(tx, &told(Role::FleetOperator, &format!("F{area}{number:03}"), area, name)?)?);
    }
    Ok(members)
}

/// Registers an organisation and its machine, whose first secret nobody needs.
fn add(tx: &mut Tx<'_>, told: &OrganisationIn) -> Result<Member, Problem> {
    let organisation: Id<Organisation> = add_organisation(tx, told)?.id;
    let machine = ClientIn { name: "demo".to_owned(), lines: Vec::new(), networks: Vec::new(), sandbox: false };
    let client: Id<Client> = add_client(tx, organisation, &machine)?.client_id;
    let caller = Caller {
        id: client.uuid(),
        organisation: organisation.uuid(),
        role: told.role,
        position: Position::Member,
        lines: Vec::new(),
        sandbox: false,
        trace_id: None,
    };
    Ok(Member { caller, lines: Vec::new() })
}

fn told(role: Role, code: &str, area: &str, name: &str) -> Result<OrganisationIn, Problem> {
    let area = AreaCode::read(area).map_err(|error| Problem::internal(&error))?;
    let (code, name) = (code.to_owned(), name.to_owned());
    Ok(OrganisationIn { role, code, name, area, credit_code: None, legal_person: None })
}

fn owned(told: OrganisationIn, owner: u8) -> OrganisationIn {
    OrganisationIn { legal_person: Some(format!("演示法人{owner:02}")), ..told }
}
