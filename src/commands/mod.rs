//! What the binary does with files: imports and exports, with a bar that shows how far they are.

mod export;
mod import;

pub use export::export;
pub use import::import;
