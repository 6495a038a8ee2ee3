//! The law and the trade as values: no HTTP, no SQL, no clock, no floating point.

pub mod area;
pub mod codes;
pub mod energy;
pub mod fuel;
pub mod id;
pub mod mass;
pub mod plate;
pub mod quantity;
pub mod stage;
pub mod table;
pub mod text;
pub mod time;
pub mod use_nature;
pub mod vehicle;
pub mod vehicle_type;
pub mod vin;
pub mod words;
