//! What is allowed by exception; a new row is a decision, so it says why.

/// Calls from one feature to another: caller, called, why. Without cycles; unused rows are to be removed.
pub const CALLS: &[(&str, &str, &str)] = &[
    ("acceptances", "cases", "the gate looks at the open case"),
    ("acceptances", "repairs", "the gate looks at the repair that names the failing report"),
    ("acceptances", "vehicles", "a vehicle is met at its acceptance"),
    ("cases", "listings", "a ruling lifts what the case has listed; an overdue case lists"),
    ("cases", "vehicles", "a case is found by its vehicle"),
    ("feeds", "vehicles", "a delta asks who has a plate today"),
    ("fleet", "vehicles", "a movement names its vehicle, which is locked while its entries are settled"),
    ("forecasts", "targets", "a forecast goes out from a standing"),
    ("inspections", "acceptances", "a result answers its acceptance, or asks the gate for its own time"),
    ("inspections", "cases", "a result acts on the open case"),
    ("inspections", "findings", "a difference in verdict, or other readings under a known number, is noted"),
    ("inspections", "listings", "a passing retest lifts what the case has listed"),
    ("inspections", "vehicles", "a test is judged by its vehicle's data"),
    ("listings", "vehicles", "a vehicle is locked while it is listed"),
    ("jtt1132", "access", "a shop's software signs in by company code"),
    ("jtt1132", "cases", "an uploaded record claims the case whose report it names"),
    ("jtt1132", "repairs", "an uploaded record becomes a repair"),
    ("jtt1132", "vehicles", "an uploaded record names its vehicle by VIN"),
    ("removals", "cases", "retests that failed in the open case are a trigger of mandatory scrapping"),
    ("removals", "fleet", "a vehicle that has left the fleet leaves the work list"),
    ("removals", "inspections", "when a vehicle was last seen, with what odometer, and when it last passed"),
    ("removals", "listings", "the elimination scope lists after its deadline, and lifts when the vehicle is gone"),
    ("removals", "vehicles", "the nightly walk goes through all vehicles; the work list shows them"),
    ("repairs", "cases", "a repair moves its case"),
    ("tasks", "charging", "the register of sites fills the figure of its tasks"),
    ("tasks", "targets", "a task is broken from a target, whose standing fills its figure"),
    ("tasks", "removals", "the work list fills the figure of its tasks"),
    ("repairs", "findings", "a shop that is kin to the station is noted"),
    ("targets", "fleet", "standings are counted from the books of the register"),
    ("targets", "rules", "definitions are read as they were known on the day asked of"),
    ("targets", "vehicles", "the vehicles behind a number are shown with their plates"),
];

/// Files and folders of a feature beside mod, endpoints, wire, actions and store: area, name without `.rs`, why.
pub const EXTRA_FILES: &[(&str, &str, &str)] = &[];

/// Files of the domain that may name a floating-point type: file, why.
pub const FLOATS: &[(&str, &str)] = &[("src/domain/quantity.rs", "JSON knows no other numbers")];
