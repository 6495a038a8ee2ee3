//! What is allowed by exception; a new row is a decision, so it says why.

/// Calls from one feature to another: caller, called, why. Without cycles; unused rows are to be removed.
pub const CALLS: &[(&str, &str, &str)] = &[
    ("acceptances", "cases", "the gate looks at the open case"),
    ("acceptances", "repairs", "the gate looks at the repair that names the failing report"),
    ("acceptances", "vehicles", "a vehicle is met at its acceptance"),
    ("cases", "listings", "a ruling lifts what the case has listed; an overdue case lists"),
    ("cases", "vehicles", "a case is found by its vehicle"),
    ("fleet", "vehicles", "a movement names its vehicle, which is locked while its entries are settled"),
    ("inspections", "acceptances", "a result answers its acceptance, or asks the gate for its own time"),
    ("inspections", "cases", "a result acts on the open case"),
    ("inspections", "findings", "a difference in verdict, or other readings under a known number, is noted"),
    ("inspections", "listings", "a passing retest lifts what the case has listed"),
    ("inspections", "vehicles", "a test is judged by its vehicle's data"),
    ("imports", "fleet", "rows of memberships, movements and scrappages are recorded by the fleet register"),
    ("imports", "vehicles", "rows of vehicles are taken over by their register"),
    ("listings", "vehicles", "a vehicle is locked while it is listed"),
    ("jtt1132", "access", "a shop's software signs in by company code"),
    ("jtt1132", "cases", "an uploaded record claims the case whose report it names"),
    ("jtt1132", "repairs", "an uploaded record becomes a repair"),
    ("jtt1132", "vehicles", "an uploaded record names its vehicle by VIN"),
    ("repairs", "cases", "a repair moves its case"),
    ("repairs", "findings", "a shop that is kin to the station is noted"),
    ("targets", "fleet", "standings are counted from the books of the register"),
    ("targets", "rules", "definitions are read as they were known on the day asked of"),
    ("targets", "vehicles", "the vehicles behind a number are shown with their plates"),
];

/// Files and folders of a feature beside mod, endpoints, wire, actions and store: area, name without `.rs`, why.
pub const EXTRA_FILES: &[(&str, &str, &str)] = &[
    ("imports", "kinds", "a kind of rows is a unit struct of its own, in one list"),
    ("reports", "catalogue", "a report is a unit struct of its own, in one list"),
];

/// Files of the domain that may name a floating-point type: file, why.
pub const FLOATS: &[(&str, &str)] = &[("src/domain/quantity.rs", "JSON knows no other numbers")];
