//! What the binary does with files: imports and exports, with a bar that shows how far they are, and certificates.

mod certificate;
mod export;
mod import;

pub use certificate::verify_certificate;
pub use export::export;
pub use import::import;
