//! The organisations, lines and revocations in memory: read beside every token, replaced after every change.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::domain::{
    role::{Role, Standing},
    vehicle::area::CITY,
};

/// Who may act, as of the last change.
#[derive(Debug, Default)]
pub struct Directory {
    /// Organisations by id.
    pub organisations: HashMap<Uuid, Organisation>,
    /// Lines by station and code.
    pub lines: HashMap<(Uuid, String), Line>,
    /// People and clients that may not act.
    pub barred: HashSet<Uuid>,
}

/// What every request may need to know of an organisation.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub role: Role,
    /// Its code in the trade; leading zeros count.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The administrative area.
    pub area: String,
    /// Unified social credit code (GB 32100).
    pub credit_code: Option<String>,
    /// The legal person.
    pub legal_person: Option<String>,
    /// Whether it may act.
    pub standing: Standing,
}

/// A station's test line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: Uuid,
    /// Whether it may be used.
    pub standing: Standing,
}

impl Directory {
    /// Whether a person or client of an organisation may act now.
    #[must_use]
    pub fn may_act(&self, id: Uuid, organisation: Uuid) -> bool {
        let active = self.organisations.get(&organisation).is_some_and(|found| found.standing == Standing::Active);
        active && !self.barred.contains(&id)
    }

    /// An organisation.
    #[must_use]
    pub fn organisation(&self, id: Uuid) -> Option<&Organisation> {
        self.organisations.get(&id)
    }

    /// The administrative area of an organisation; the city's when it is not known.
    #[must_use]
    pub fn area_of(&self, id: Uuid) -> &str {
        self.organisation(id).map_or(CITY, |found| found.area.as_str())
    }

    /// An organisation of a kind by its code in the trade.
    #[must_use]
    pub fn by_code(&self, role: Role, code: &str) -> Option<&Organisation> {
        self.organisations.values().find(|found| found.role == role && found.code == code)
    }

    /// A station's line by its code.
    #[must_use]
    pub fn line(&self, station: Uuid, code: &str) -> Option<&Line> {
        self.lines.get(&(station, code.to_owned()))
    }

    /// The active organisations of a kind, in the neutral order of their codes.
    #[must_use]
    pub fn active(&self, role: Role) -> Vec<&Organisation> {
        let mut found: Vec<_> = self
            .organisations
            .values()
            .filter(|organisation| organisation.role == role && organisation.standing == Standing::Active)
            .collect();
        found.sort_by(|a, b| a.code.cmp(&b.code));
        found
    }
}
