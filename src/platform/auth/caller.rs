//! The caller of an operation, as its token tells.

use uuid::Uuid;

use crate::{
    domain::{
        id::Id,
        party::Organisation,
        role::{Position, Role},
    },
    platform::{
        journal::Actor,
        problem::{Kind, Problem},
    },
};

/// An authenticated person or machine client.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The person's or client's id.
    pub id: Uuid,
    /// The organisation for which they act.
    pub organisation: Uuid,
    /// The organisation's role.
    pub role: Role,
    /// Their position in it; machines are members.
    pub position: Position,
    /// The test lines to which a machine client is bound; none means all of its station.
    pub lines: Vec<Uuid>,
    /// Whether it is a client that sees the sandbox alone.
    pub sandbox: bool,
    /// The request's trace.
    pub trace_id: Option<String>,
}

impl Caller {
    /// The caller as the journal names them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor {
            id: Some(self.id),
            organisation: Some(self.organisation),
            role: Some(self.role),
            trace_id: self.trace_id.clone(),
        }
    }

    /// The caller's organisation, as the subject of what it does.
    #[must_use]
    pub fn home(&self) -> Id<Organisation> {
        self.organisation.into()
    }

    /// Whether a test line is within the caller's bounds.
    #[must_use]
    pub fn may_use_line(&self, line: Uuid) -> bool {
        self.lines.is_empty() || self.lines.contains(&line)
    }

    /// Refuses who is neither a manager of the organisation nor the administrator.
    ///
    /// # Errors
    /// The organisation is not the caller's (404), or the caller is not its manager (403).
    pub fn must_manage(&self, organisation: Uuid) -> Result<(), Problem> {
        match (self.role, self.position) {
            (Role::Administrator, _) => Ok(()),
            _ if self.organisation != organisation => Err(Problem::not_found()),
            (_, Position::Manager) => Ok(()),
            _ => Err(Problem::new(Kind::Forbidden)
                .because("only a manager of the organisation may do this", "仅本单位负责人可执行此操作")),
        }
    }
}
