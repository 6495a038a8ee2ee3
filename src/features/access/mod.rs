//! Access: organisations, lines, people, machine clients, and their tokens.
use crate::platform::{db::DatabaseUrl, problem::Problem, state::State};
use utoipa_actix_web::service_config::ServiceConfig;
/// The routes of this area.
pub fn routes(_config: &mut ServiceConfig<'_>) {}
/// Reads the directory again.
///
/// # Errors
/// The database cannot be read.
pub async fn refresh(_state: &State) -> Result<(), Problem> {
    Ok(())
}
/// Registers the first administrator.
///
/// # Errors
/// There is one already, or the database cannot be written.
pub async fn first_administrator(_url: &DatabaseUrl, _login: String, _password: String) -> Result<(), Problem> {
    Ok(())
}
/// Stub.
///
/// # Errors
/// Stub.
pub async fn shop_token(_state: &State, _code: &str, _secret: String) -> Result<String, Problem> {
    Err(Problem::not_found())
}
