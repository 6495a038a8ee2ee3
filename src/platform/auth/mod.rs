//! Access: who calls, in which role, and whether the right in the handler's signature is theirs.

mod allowed;
mod caller;
mod directory;
mod keys;
pub mod right;
mod secret;
mod token;

pub use allowed::Allowed;
pub use caller::Caller;
pub use directory::{Directory, Line, Organisation};
pub use keys::{KeyRing, Purpose};
pub use right::Right;
pub use secret::{Password, Secret, verify_password};
pub use token::{Claims, TokenError};
