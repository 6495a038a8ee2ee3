//! Records that cannot be understood are refused by name; the catalogue is whole; a second result is told from the first.

use std::collections::BTreeSet;

use imfleet::domain::{
    finding::FindingKind,
    settings::Settings,
    standard::{Method, Readings},
    supervision::{FINDINGS, Trace, TraceFault, TraceOddity, reposted},
    words::Word,
};
use rstest::rstest;
use serde_json::{Value, json};

fn trace(told: Value) -> Trace {
    serde_json::from_value(told).unwrap()
}

#[rstest]
#[case::percent_for_ppm(json!({ "channels": { "hc_percent": [1, 2] } }), &[("/trace/channels/hc_percent", TraceFault::OtherUnit)])]
#[case::opacity_by_another_name(json!({ "channels": { "k_percent": [1, 2] } }), &[("/trace/channels/k_percent", TraceFault::OtherUnit)])]
#[case::of_a_diesel(json!({ "channels": { "k_per_m": [1, 2], "rpm": [800, 810] } }), &[("/trace/channels/k_per_m", TraceFault::OtherMethod)])]
#[case::grams_without_a_cycle(json!({ "channels": { "co_g_per_km": [1, 2] } }), &[("/trace/channels/co_g_per_km", TraceFault::OtherMethod)])]
#[case::a_phase_of_another_method(json!({ "channels": { "co_percent": [1, 2] }, "phases": [{ "phase": "k100", "from": 1, "to": 2 }] }), &[("/trace/phases/0", TraceFault::OtherMethod)])]
#[case::a_phase_beyond_the_end(json!({ "channels": { "co_percent": [1, 2] }, "phases": [{ "phase": "idle", "from": 2, "to": 3 }] }), &[("/trace/phases/0", TraceFault::PhaseOutside)])]
#[case::a_phase_from_nothing(json!({ "channels": { "co_percent": [1, 2] }, "phases": [{ "phase": "idle", "from": 0, "to": 1 }] }), &[("/trace/phases/0", TraceFault::PhaseOutside)])]
#[case::sound(json!({ "channels": { "co_percent": [1, 2], "rpm": [800, 810], "oil_c": [80, 80] }, "phases": [{ "phase": "idle", "from": 1, "to": 2 }] }), &[])]
fn what_cannot_be_understood_is_pointed_at(#[case] told: Value, #[case] faults: &[(&str, TraceFault)]) {
    let errors = trace(told).check(Some(Method::DoubleIdle));
    let errors: Vec<_> = errors.iter().map(|error| (error.pointer.as_str(), error.fault)).collect();
    assert_eq!(errors, faults);
}

#[rstest]
#[case::sound(json!([1, 2, 3]), 3, &[])]
#[case::shorter_than_said(json!([1, 2, 3]), 4, &[TraceOddity::ShorterThanSaid])]
#[case::a_gap(json!([1, 2, 4]), 3, &[TraceOddity::Gaps])]
#[case::a_second_twice(json!([1, 2, 2]), 2, &[TraceOddity::RepeatedSeconds])]
#[case::twice_to_seem_longer(json!([1, 2, 2]), 3, &[TraceOddity::ShorterThanSaid, TraceOddity::RepeatedSeconds])]
#[case::backwards(json!([1, 3, 2]), 3, &[TraceOddity::Gaps, TraceOddity::RepeatedSeconds])]
fn what_does_not_add_up_is_kept_and_told(#[case] seconds: Value, #[case] said: i64, #[case] odd: &[TraceOddity]) {
    let told = json!({ "channels": { "co_percent": [0.1, 0.2, 0.3] }, "seconds": seconds, "said_seconds": said });
    assert_eq!(trace(told).facts().oddities, odd);
}

#[test]
fn a_still_record_has_no_fingerprint_since_all_clean_vehicles_have_it() {
    let clean = json!({ "channels": { "k_per_m": vec![0.0; 200] } });
    let facts = trace(clean).facts();
    assert_eq!((facts.print, facts.sketch, facts.samples), (None, None, 200));
}

#[test]
fn a_fingerprint_knows_rounded_values_alone() {
    let with = |add: i32| {
        let samples: Vec<f64> = (0..200).map(|at| f64::from(at % 37 * 100 + add) / 1_000.0).collect();
        trace(json!({ "channels": { "k_per_m": samples } })).facts()
    };
    assert_eq!(with(0).print, with(1).print);
    assert_ne!(with(0).print, with(10).print);
    assert_eq!(with(0).print.unwrap().len(), 32);
}

#[test]
fn every_finding_is_in_the_catalogue_once_with_thresholds_that_exist() {
    let kinds: BTreeSet<_> = FINDINGS.iter().map(|finding| finding.kind()).collect();
    assert_eq!(kinds.len(), FINDINGS.len());
    let of_checks = [FindingKind::NeighbouringPlates, FindingKind::PlateAskedAgain];
    let missing: Vec<_> =
        FindingKind::ALL.iter().filter(|kind| !kinds.contains(kind) && !of_checks.contains(kind)).collect();
    assert_eq!(missing, Vec::<&FindingKind>::new());
    let settings = Settings::delivered();
    for finding in FINDINGS {
        let about = finding.about();
        assert!(about.settings.iter().all(|key| settings.knows(key)), "{}", finding.kind());
        assert!(!about.title.is_empty() && !about.formula.1.is_empty());
    }
}

#[rstest]
#[case::lower(json!(0.9), json!(0.5), FindingKind::RepostedLower)]
#[case::higher(json!(0.5), json!(0.9), FindingKind::SameNumberOtherReadings)]
#[case::the_same(json!(0.5), json!(0.5), FindingKind::SameNumberOtherReadings)]
fn a_second_result_that_is_only_lower_is_told_apart(
    #[case] first: Value,
    #[case] then: Value,
    #[case] kind: FindingKind,
) {
    let readings = |co: Value| -> Readings {
        let high = json!({ "co_percent": 0.2, "hc_ppm": 30, "lambda": 1.0 });
        serde_json::from_value(
            json!({ "method": "double_idle", "idle": { "co_percent": co, "hc_ppm": 60 }, "high_idle": high }),
        )
        .unwrap()
    };
    let (found, facts) = reposted(Some(&readings(first.clone())), Some(&readings(then.clone())));
    assert_eq!(found, kind);
    assert_eq!(facts["readings"].as_array().unwrap().len(), usize::from(first != then));
}
