//! What the binary does with files: imports and exports, with a bar that shows how far they are, audits and certificates.

mod audit;
mod certificate;
mod export;
mod import;

pub use audit::{Audited, audit, verify};
pub use certificate::verify_certificate;
pub use export::export;
pub use import::import;
