//! SQL of access.

mod clients;
mod credentials;
mod directory;
mod organisations;
mod people;
mod refresh_tokens;
mod sessions;
mod standing;

pub use clients::{
    ClientPage, ClientRow, Machine, clients_of, find_client, insert_client, last_seen, lock_client, machine, see,
};
pub use credentials::{
    CredentialRow, client_by_secret, credentials_of, insert_credential, live_credentials, revoke_credential,
};
pub use directory::{directory, directory_mark};
pub use organisations::{
    LineRow, OrganisationFilter, OrganisationRow, any_of_role, find_line, find_organisation, insert_line,
    insert_organisation, is_registered, line_codes, organisations,
};
pub use people::{Account, PersonRow, account, account_of, find_person, insert_person};
pub use refresh_tokens::{
    RefreshTokenRow, end_family, find_refresh_token, insert_refresh_token, sweep_refresh_tokens, use_refresh_token,
};
pub use sessions::{SessionRow, delete_session, find_session, insert_session, sweep_sessions};
pub use standing::{Step, step_client, step_line, step_organisation, step_person};
