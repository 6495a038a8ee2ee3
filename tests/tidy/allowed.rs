//! What is allowed by exception; a new row is a decision, so it says why.

/// Calls from one feature to another: caller, called, why. Without cycles; unused rows are to be removed.
pub const CALLS: &[(&str, &str, &str)] = &[];

/// Files and folders of a feature beside mod, endpoints, wire, actions and store: area, name without `.rs`, why.
pub const EXTRA_FILES: &[(&str, &str, &str)] = &[];

/// Files of the domain that may name a floating-point type: file, why.
pub const FLOATS: &[(&str, &str)] = &[("src/domain/quantity.rs", "JSON knows no other numbers")];
