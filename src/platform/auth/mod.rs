//! Access: who calls, in which role, and whether the right in the handler's signature is theirs.

mod allowed;
mod assertion;
mod caller;
mod directory;
mod keys;
pub mod right;
mod secret;
mod signature;
mod succession;
mod token;
mod verified;

pub use allowed::{Allowed, is_within};
pub use assertion::{Assertion, PublicKey, PublicKeyError, TOKEN_PATH};
pub use caller::Caller;
pub use directory::{Directory, Line, Organisation};
pub use keys::{KeyRing, Purpose};
pub use right::Right;
pub use secret::{Password, Secret};
pub use signature::{Pin, SignatureError, open_by};
pub use succession::Succession;
pub use token::{Claims, ISSUER, TokenError};
pub use verified::Verified;
