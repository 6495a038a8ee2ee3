//! SQL of feeds: it reads the listings and vehicles of others, and writes the heads that were issued.

mod heads;
mod listed;

pub use heads::{HeadRow, insert_head, last_head};
pub use listed::{Barring, Standing, everything, plates_ever, standing};
