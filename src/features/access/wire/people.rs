//! People in JSON, and how they sign in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::check_code;
use crate::{
    domain::{
        id::Id,
        party::{Organisation, Person},
        role::{Position, Standing},
        time::Instant,
    },
    platform::auth::Caller,
};

/// A person to be registered.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonIn {
    /// The name to sign in with, unique in the installation.
    #[validate(length(min = 3, max = 64), custom(function = "check_code"))]
    #[schema(min_length = 3, max_length = 64, example = "lin-wei")]
    pub login: String,
    /// The person's name.
    #[validate(length(min = 1, max = 50))]
    #[schema(min_length = 1, max_length = 50, example = "林薇")]
    pub name: String,
    /// Whether the person keeps the organisation's people and clients.
    pub position: Position,
    /// The first password.
    #[validate(length(min = 12, max = 200))]
    #[schema(min_length = 12, max_length = 200, format = Password, example = "correct horse battery staple")]
    pub password: String,
}

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonOut {
    /// The person's id.
    #[schema(value_type = uuid::Uuid)]
    pub id: Id<Person>,
    /// The person's organisation.
    #[schema(value_type = uuid::Uuid)]
    pub organisation_id: Id<Organisation>,
    /// The name to sign in with.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The person's position.
    pub position: Position,
    /// Whether the person may act.
    pub standing: Standing,
    /// Since when the person is registered.
    pub registered_at: Instant,
}

/// A person at the door.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInIn {
    /// The name to sign in with.
    #[validate(length(min = 1, max = 64))]
    #[schema(max_length = 64, example = "lin-wei")]
    pub login: String,
    /// The password.
    #[validate(length(min = 1, max = 200))]
    #[schema(max_length = 200, format = Password, example = "correct horse battery staple")]
    pub password: String,
}

/// A person who leaves.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOutIn {
    /// The refresh token at hand; all that came from the same sign-in end with it.
    #[validate(length(min = 1, max = 200))]
    #[schema(max_length = 200)]
    pub refresh_token: String,
}

/// A person who is signed in to the portal.
#[derive(Debug, Clone)]
pub struct Session {
    /// In which capacity the person acts.
    pub caller: Caller,
    /// The person's name.
    pub name: String,
    /// When the session ends.
    pub expires_at: Instant,
}
