//! What a station tests with (人、机、法): its qualification, equipment, staff, software and methods, each with its time.

pub mod line_check;
pub mod readiness;

use super::{
    id::Id,
    party::{Line, Organisation},
    role::Role,
    standard::Method,
    time::Day,
    words::words,
};

words! {
    /// What an asset is.
    pub enum AssetKind {
        /// The qualification of the laboratory (CMA).
        Qualification = "qualification" / "检验检测资质",
        /// A device of a line, with its calibration certificate.
        Equipment = "equipment" / "检测设备",
        /// A person with a licence (上岗证).
        Staff = "staff" / "检验人员",
        /// A version of the line's software that the bureau has approved.
        Software = "software" / "检测软件版本",
        /// A method that the bureau has approved for a line.
        Method = "method" / "检测方法",
    }

    /// What a device measures or does.
    pub enum DeviceKind {
        /// Chassis dynamometer.
        Dynamometer = "dynamometer" / "底盘测功机",
        /// Five-gas analyser.
        GasAnalyser = "gas_analyser" / "排气分析仪",
        /// Opacimeter.
        Opacimeter = "opacimeter" / "不透光烟度计",
        /// Flow meter.
        FlowMeter = "flow_meter" / "流量计",
        /// Temperature, humidity and pressure.
        WeatherStation = "weather_station" / "环境参数仪",
        /// Tachometer.
        Tachometer = "tachometer" / "转速计",
        /// OBD scan tool.
        ScanTool = "scan_tool" / "OBD 诊断仪",
        /// Anything else.
        Other = "other" / "其他",
    }
}

/// One of the things or people that a station tests with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its id.
    pub id: Id<Asset>,
    /// The station.
    pub station: Id<Organisation>,
    /// The line; none when it serves the whole station.
    pub line: Option<Id<Line>>,
    /// What it is.
    pub kind: AssetKind,
    /// What is known of it.
    pub facts: AssetFacts,
    /// The first day on which it holds.
    pub valid_from: Day,
    /// The last day on which it holds.
    pub valid_to: Option<Day>,
    /// The day after which it serves no more, whatever its papers say.
    pub ended_on: Option<Day>,
}

/// What is known of an asset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssetFacts {
    /// A device's or software's name, a person's name, a qualification's scope.
    pub name: String,
    /// Serial number, staff number, version, number of the qualification.
    pub number: String,
    /// The number of the calibration certificate or of the licence.
    pub certificate: Option<String>,
    /// The device's maker.
    pub maker: Option<String>,
    /// The device's model.
    pub model: Option<String>,
    /// What the device does.
    pub device: Option<DeviceKind>,
    /// The approved method.
    pub method: Option<Method>,
    /// Whether the person may sign reports (授权签字人).
    pub signatory: bool,
}

/// What an asset lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AssetError {
    /// This member is needed for the kind.
    #[error("`{0}` is needed for this kind")]
    Missing(&'static str),
    /// It ends before it begins.
    #[error("it ends before it begins")]
    Order,
}

impl AssetKind {
    /// Whether a role may record assets of this kind: a station tells of its own devices and people, what is approved
    /// or qualified is for the offices to say.
    #[must_use]
    pub const fn is_told_by(self, role: Role) -> bool {
        match role {
            Role::EcologyBureau | Role::MarketRegulator => true,
            Role::InspectionStation => matches!(self, Self::Equipment | Self::Staff),
            _ => false,
        }
    }
}

impl Asset {
    /// Looks whether everything is there that its kind needs.
    ///
    /// # Errors
    /// The first member that is missing, or its days contradict each other.
    pub fn check(&self) -> Result<(), AssetError> {
        let needs = |member: &'static str, there: bool| if there { Ok(()) } else { Err(AssetError::Missing(member)) };
        if self.valid_to.is_some_and(|last| last < self.valid_from) {
            return Err(AssetError::Order);
        }
        match self.kind {
            AssetKind::Qualification => needs("valid_to", self.valid_to.is_some()),
            AssetKind::Equipment => {
                needs("line_code", self.line.is_some())?;
                needs("device", self.facts.device.is_some())?;
                needs("certificate", self.facts.certificate.is_some())?;
                needs("valid_to", self.valid_to.is_some())
            }
            AssetKind::Staff => {
                needs("certificate", self.facts.certificate.is_some())?;
                needs("valid_to", self.valid_to.is_some())
            }
            AssetKind::Software => Ok(()),
            AssetKind::Method => {
                needs("line_code", self.line.is_some())?;
                needs("method", self.facts.method.is_some())
            }
        }
    }

    /// Whether it belongs to the station today: begun and not ended; its papers may have expired.
    #[must_use]
    pub fn serves(&self, day: Day) -> bool {
        self.valid_from <= day && self.ended_on.is_none_or(|last| day <= last)
    }

    /// Whether its papers hold on a day, too.
    #[must_use]
    pub fn holds(&self, day: Day) -> bool {
        self.serves(day) && self.valid_to.is_none_or(|last| day <= last)
    }
}
