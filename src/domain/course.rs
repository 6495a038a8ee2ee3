//! The course of a procedure: its steps in order, each with its facts, its time and by whom; the last is where it
//! stands.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{role::Role, time::Instant, words::Word};

/// Who took a step; nothing is told of an owner without an account and of the service itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Doer {
    /// In which role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// For which organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation_id: Option<Uuid>,
    /// The person or client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
}

/// When a step was taken, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Moment {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: Doer,
}

/// A step with its facts, whose name is the state to which it leads.
pub trait Stage {
    /// The names of the states.
    type Name: Word + PartialEq;

    /// The state to which the step leads.
    fn name(&self) -> Self::Name;
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Step<S> {
    /// The step and its facts.
    #[serde(flatten)]
    pub stage: S,
    /// When and by whom.
    #[serde(flatten)]
    pub moment: Moment,
}

/// The steps of a procedure, the first first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course<S> {
    first: Step<S>,
    later: Vec<Step<S>>,
}

/// A step that the state does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what is {0} does not allow this step")]
pub struct InvalidStep<Name>(pub Name);

impl<S: Stage> Course<S> {
    /// Begins.
    #[must_use]
    pub const fn begin(stage: S, moment: Moment) -> Self {
        Self { first: Step { stage, moment }, later: Vec::new() }
    }

    /// Goes on from one of these states.
    ///
    /// # Errors
    /// It stands in another state.
    pub fn go(mut self, from: &[S::Name], stage: S, moment: Moment) -> Result<Self, InvalidStep<S::Name>> {
        if !from.contains(&self.state()) {
            return Err(InvalidStep(self.state()));
        }
        self.later.push(Step { stage, moment });
        Ok(self)
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> S::Name {
        self.last().stage.name()
    }

    /// Its last step.
    #[must_use]
    pub fn last(&self) -> &Step<S> {
        self.later.last().unwrap_or(&self.first)
    }

    /// When it began, and by whom.
    #[must_use]
    pub const fn begun(&self) -> Moment {
        self.first.moment
    }

    /// Its steps, the first first.
    pub fn steps(&self) -> impl Iterator<Item = &Step<S>> {
        std::iter::once(&self.first).chain(&self.later)
    }
}

impl<S: Stage + Serialize> Serialize for Course<S> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        serializer.collect_seq(self.steps())
    }
}

impl<'de, S: Deserialize<'de>> Deserialize<'de> for Course<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut steps = Vec::<Step<S>>::deserialize(deserializer)?.into_iter();
        let first = steps.next().ok_or_else(|| de::Error::custom("a course without steps"))?;
        Ok(Self { first, later: steps.collect() })
    }
}
