//! Listings: from which instant to which one bars a vehicle, and that it is lifted once.

use imfleet::domain::{
    listing::{Evidence, Lift, LiftedBy, Listing, ListingError, ListingReason},
    words::Word,
};
use rstest::rstest;

use crate::{
    cast::{august, car, id, local},
    station::day,
};

#[rstest]
#[case::recorded_and_not_yet_in_effect("2026-08-20 12:00:00", false)]
#[case::a_microsecond_before("2026-08-21 23:59:59.999999", false)]
#[case::at_its_first_instant("2026-08-22 00:00:00", true)]
#[case::in_between("2026-08-24 00:00:00", true)]
#[case::a_microsecond_before_its_lift("2026-08-25 11:59:59.999999", true)]
#[case::when_it_is_lifted("2026-08-25 12:00:00", false)]
#[case::for_good("2036-08-25 12:00:00", false)]
fn a_listing_is_in_effect_from_its_first_instant_until_its_lift(#[case] at: &str, #[case] in_effect: bool) {
    let lifted = listed().lift(LiftedBy::Pass, "复检合格".to_owned(), august(25)).unwrap();
    assert_eq!(lifted.is_in_effect(local(at)), in_effect);
}

#[test]
fn a_listing_that_nothing_lifts_stays_in_effect() {
    assert!(listed().is_in_effect(local("2099-12-31 23:59:59")));
}

#[test]
fn a_listing_that_is_lifted_before_it_takes_effect_never_does() {
    let lifted = listed().lift(LiftedBy::Ruling, "检验更正".to_owned(), august(21)).unwrap();
    assert!(!lifted.is_in_effect(local("2026-08-22 00:00:00")));
}

#[test]
fn a_listing_is_lifted_once_and_keeps_its_history() {
    let lifted = listed().lift(LiftedBy::Pass, "复检合格".to_owned(), august(25)).unwrap();
    let lift = Lift { by: LiftedBy::Pass, reason: "复检合格".to_owned(), at: august(25) };
    assert_eq!(lifted, Listing { lift: Some(lift), ..listed() });
    assert_eq!(lifted.lift(LiftedBy::Decision, "再次解除".to_owned(), august(26)), Err(ListingError::AlreadyLifted));
}

#[test]
fn a_listing_that_waits_for_its_notice_bars_nobody_until_it_takes_effect_once() {
    let waiting = Listing { effective_at: None, ..listed() };
    assert!(!waiting.is_in_effect(local("2099-12-31 23:59:59")));
    let effective = waiting.take_effect(august(24)).unwrap();
    assert!(!effective.is_in_effect(august(23)) && effective.is_in_effect(august(24)));
    assert_eq!(effective.take_effect(august(25)), Err(ListingError::AlreadyEffective));
}

#[test]
fn an_appeal_holds_a_listing_off_and_lets_it_bar_again() {
    let suspended = listed().suspend(august(24)).unwrap();
    assert!(suspended.is_in_effect(august(23)) && !suspended.is_in_effect(august(24)));
    assert_eq!(suspended.clone().suspend(august(25)), Err(ListingError::AlreadySuspended));
    assert_eq!(suspended.resume(), Ok(listed()));
    assert_eq!(listed().resume(), Err(ListingError::NotSuspended));
}

#[test]
fn every_reason_tells_the_way_off_the_list_in_both_languages() {
    for reason in ListingReason::ALL {
        let (en, zh) = reason.way_off();
        assert!(en.is_ascii() && !en.is_empty(), "{reason}");
        assert!(zh.contains("解除"), "{reason}");
    }
}

#[test]
fn further_evidence_is_added_once_and_lengthens_the_listing() {
    let listed = Listing { expires_on: Some(day("2026-10-10")), ..listed() };
    let longer = listed.strengthen(vec![evidence(61), evidence(62)], Some(day("2027-02-10"))).unwrap();
    assert_eq!((&longer.evidence, longer.expires_on), (&vec![evidence(61), evidence(62)], Some(day("2027-02-10"))));
    let late = longer.strengthen(vec![evidence(60)], Some(day("2026-09-10"))).unwrap();
    assert_eq!((late.evidence.len(), late.expires_on), (3, Some(day("2027-02-10"))));
}

#[rstest]
#[case::at_the_end_of_its_last_day("2026-10-10 23:59:59.999999", false)]
#[case::the_day_after("2026-10-11 00:00:00", true)]
fn evidence_expires_at_24_00_of_its_last_day(#[case] at: &str, #[case] expired: bool) {
    let listed = Listing { expires_on: Some(day("2026-10-10")), ..listed() };
    assert_eq!(listed.has_expired(local(at)), expired);
    let lifted = listed.lift(LiftedBy::Expiry, "证据过期".to_owned(), august(25)).unwrap();
    assert!(!lifted.has_expired(local(at)));
}

#[test]
fn a_listing_without_an_end_never_expires() {
    assert!(!listed().has_expired(local("2099-12-31 23:59:59")));
}

fn evidence(number: u128) -> Evidence {
    Evidence { observation: Some(id(number)), inspection: None, number: format!("YG{number}"), at: august(1) }
}

/// Recorded on 20 August, in effect from the 22nd on.
fn listed() -> Listing {
    Listing {
        id: id(51),
        vehicle: car(),
        case: Some(id(2)),
        reason: ListingReason::OverdueCase,
        basis: "报告 R-1 不合格，逾期未维修复检".to_owned(),
        evidence: vec![evidence(61)],
        expires_on: None,
        recorded_at: august(20),
        rule: "overdue_case_lists".to_owned(),
        effective_at: Some(local("2026-08-22 00:00:00")),
        suspended_at: None,
        lift: None,
    }
}
