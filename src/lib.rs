//! imfleet: a city's registry of vehicle emission Inspection and Maintenance (I/M) and of its fleet transition.

pub mod domain;
