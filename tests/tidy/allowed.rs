//! What is allowed by exception; a new row is a decision, so it says why.

/// Calls from one feature to another: caller, called, why. Without cycles; unused rows are to be removed.
pub const CALLS: &[(&str, &str, &str)] = &[
    ("acceptances", "cases", "the gate looks at the open case"),
    ("acceptances", "repairs", "the gate looks at the repair that names the failing report"),
    ("acceptances", "vehicles", "a vehicle is met at its acceptance"),
    ("cases", "listings", "a ruling lifts what the case has listed; an overdue case lists"),
    ("cases", "vehicles", "a case is found by its vehicle"),
    ("feeds", "zones", "a copy holds the rules in force"),
    ("feeds", "vehicles", "a delta asks who has a plate today"),
    ("decisions", "listings", "a decision knows whether the vehicle is listed"),
    ("decisions", "vehicles", "a decision stands on the vehicle's data"),
    ("fleet", "vehicles", "a movement names its vehicle, which is locked while its entries are settled"),
    ("inspections", "acceptances", "a result answers its acceptance, or asks the gate for its own time"),
    ("inspections", "cases", "a result acts on the open case"),
    ("inspections", "findings", "a difference in verdict, or other readings under a known number, is noted"),
    ("inspections", "listings", "a passing retest lifts what the case has listed"),
    ("inspections", "observations", "a failed supervisory test counts among the samplings of its cycle"),
    ("inspections", "vehicles", "a test is judged by its vehicle's data"),
    ("listings", "vehicles", "a vehicle is locked while it is listed"),
    ("jtt1132", "access", "a shop's software signs in by company code"),
    ("jtt1132", "cases", "an uploaded record claims the case whose report it names"),
    ("jtt1132", "repairs", "an uploaded record becomes a repair"),
    ("jtt1132", "vehicles", "an uploaded record names its vehicle by VIN"),
    ("passes", "decisions", "a pass is decided by the same facts as the question before it"),
    ("passes", "vehicles", "a pass names its vehicle"),
    ("observations", "cases", "an exceedance opens or joins the case; a re-measurement clears its cause"),
    ("observations", "listings", "an exceedance lists by its rule; evidence expires"),
    ("observations", "vehicles", "a vehicle is met where it is seen"),
    ("tips", "observations", "an accepted tip becomes an observation"),
    ("tips", "vehicles", "a tip names its vehicle as a device does"),
    ("listings", "notices", "a listing is told to its owner, and one that waits takes effect by the delivery"),
    ("notices", "vehicles", "a vehicle is locked while its notice goes on"),
    ("appeals", "listings", "an appeal holds a listing off, lifts it or lets it bar again"),
    ("owners", "appeals", "an owner appeals and sees the appeal"),
    ("owners", "listings", "an owner sees the listings of the vehicle"),
    ("owners", "notices", "the number of a notice is a proof"),
    ("owners", "vehicles", "an owner names the vehicle"),
    ("penalties", "listings", "a penalty is tied to a listing, which a verified retest lifts"),
    ("penalties", "vehicles", "only vehicles from out of town have this procedure"),
    ("referrals", "cases", "a ruling is referred"),
    ("referrals", "listings", "a listing is referred"),
    ("repairs", "cases", "a repair moves its case"),
    ("repairs", "findings", "a shop that is kin to the station is noted"),
    ("targets", "fleet", "standings are counted from the books of the register"),
    ("targets", "rules", "definitions are read as they were known on the day asked of"),
    ("targets", "vehicles", "the vehicles behind a number are shown with their plates"),
];

/// Files and folders of a feature beside mod, endpoints, wire, actions and store: area, name without `.rs`, why.
pub const EXTRA_FILES: &[(&str, &str, &str)] = &[];

/// Files of the domain that may name a floating-point type: file, why.
pub const FLOATS: &[(&str, &str)] = &[
    ("src/domain/quantity.rs", "JSON knows no other numbers"),
    ("src/domain/zone/degree.rs", "JSON knows no other numbers"),
];
