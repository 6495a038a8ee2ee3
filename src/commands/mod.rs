//! What the binary does with files: imports and exports, with a bar that shows how far they are, and audits.

mod audit;
mod export;
mod import;

pub use audit::{Audited, audit, verify};
pub use export::export;
pub use import::import;
