//! What needs floating point: intervals, chances and forecasts. Pure and deterministic, in a fixed order of operations, by
//! `+ − × ÷ √` alone, which IEEE 754 rounds alike on every machine; what is given back is whole, with a stated rounding.
//!
//! The domain never imports it; features join the two.

pub mod chances;
pub mod forecast;
pub mod intervals;
mod scale;

pub use self::scale::{Level, Rounding};
