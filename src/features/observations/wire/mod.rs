//! JSON of observations: what devices and officers tell, and what they are answered.

mod answered;
mod told;

pub use answered::{ObservationBatchOut, ObservationOut, ObservationResultOut};
pub use told::{ObservationBatchIn, ObservationIn, ReviewIn};
