//! Who takes part: the kinds of organisation, which are the roles, and a person's position in one.

use super::words::words;

words! {
    /// The kind of an organisation, and the role in which its people and machines act.
    pub enum Role {
        /// I站, tests vehicles.
        InspectionStation = "inspection_station" / "排放检验机构",
        /// M站, repairs them.
        RepairShop = "repair_shop" / "排放性能维护（维修）站",
        /// Punishes, and checks on the road.
        TrafficPolice = "traffic_police" / "公安交管部门",
        /// Supervises the testing and keeps the blacklist.
        EcologyBureau = "ecology_bureau" / "生态环境局",
        /// Supervises the repairs.
        TransportBureau = "transport_bureau" / "交通运输局",
        /// Supervises the stations' qualification.
        MarketRegulator = "market_regulator" / "市场监管局",
        /// An enterprise's gate.
        EnterpriseGate = "enterprise_gate" / "企业门禁",
        /// Scraps vehicles.
        Recycler = "recycler" / "报废机动车回收企业",
        /// Runs a fleet.
        FleetOperator = "fleet_operator" / "车队运营单位",
        /// The authority of the place where an out-of-town vehicle is registered.
        HomeAuthority = "home_authority" / "注册地主管部门",
        /// Runs this installation.
        Administrator = "administrator" / "系统管理员",
    }

    /// A person's position; a manager keeps the people and clients of the organisation, and a reward clerk alone may
    /// learn who reported a tip.
    pub enum Position {
        /// Does the work.
        Member = "member" / "经办人",
        /// Also keeps people and clients.
        Manager = "manager" / "负责人",
        /// Pays the rewards for public tips.
        RewardClerk = "reward_clerk" / "举报奖励经办人",
    }

    /// Whether an organisation, line, person or client may act.
    pub enum Standing {
        /// May act.
        Active = "active" / "正常",
        /// May not act for now.
        Suspended = "suspended" / "暂停",
        /// May never act again.
        Revoked = "revoked" / "注销",
    }
}

/// The standing does not allow the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not from the standing `{0}`")]
pub struct StandingError(pub Standing);

impl Standing {
    /// Suspends who is active.
    ///
    /// # Errors
    /// Suspended already, or revoked.
    pub fn suspend(self) -> Result<Self, StandingError> {
        if self == Self::Active { Ok(Self::Suspended) } else { Err(StandingError(self)) }
    }

    /// Reinstates who is suspended.
    ///
    /// # Errors
    /// Active already, or revoked.
    pub fn reinstate(self) -> Result<Self, StandingError> {
        if self == Self::Suspended { Ok(Self::Active) } else { Err(StandingError(self)) }
    }

    /// Revokes for good.
    ///
    /// # Errors
    /// Revoked already.
    pub fn revoke(self) -> Result<Self, StandingError> {
        if self == Self::Revoked { Err(StandingError(self)) } else { Ok(Self::Revoked) }
    }
}

impl Role {
    /// Whether organisations of this role supervise those of another: they register and suspend them.
    #[must_use]
    pub const fn supervises(self, other: Self) -> bool {
        match self {
            Self::Administrator => true,
            Self::EcologyBureau => matches!(
                other,
                Self::InspectionStation
                    | Self::EnterpriseGate
                    | Self::Recycler
                    | Self::FleetOperator
                    | Self::HomeAuthority
            ),
            Self::TransportBureau => matches!(other, Self::RepairShop),
            Self::MarketRegulator => matches!(other, Self::InspectionStation),
            _ => false,
        }
    }
}
