//! Webhooks: which events leave the house, who hears them, and when a message is tried again.

use imfleet::domain::{
    event::Event,
    listing::ListingReason,
    role::Role,
    webhook::{EventKind, Hears, next_attempt},
    words::Word,
};
use rstest::rstest;

use crate::cast::{august, id};

#[test]
fn a_kind_is_the_word_of_its_event() {
    let listed = Event::VehicleListed { listing: id(1), reason: ListingReason::Decision, case: None };
    assert_eq!(EventKind::of(&serde_json::to_value(listed).unwrap()), Some(EventKind::VehicleListed));
    let signed_in = Event::SignedIn { person: id(1) };
    assert_eq!(EventKind::of(&serde_json::to_value(signed_in).unwrap()), None, "access never leaves the house");
}

#[test]
fn every_kind_is_an_event_of_the_journal() {
    for kind in EventKind::ALL {
        let bare = serde_json::json!({ "event": kind.word() });
        let error = serde_json::from_value::<Event>(bare).unwrap_err().to_string();
        assert!(error.contains("missing field"), "{kind}: {error}");
    }
}

#[rstest]
#[case(Role::EcologyBureau, Hears::All, Hears::All, Hears::All)]
#[case(Role::TrafficPolice, Hears::All, Hears::All, Hears::All)]
#[case(Role::TransportBureau, Hears::Nothing, Hears::Nothing, Hears::All)]
#[case(Role::MarketRegulator, Hears::Nothing, Hears::All, Hears::Nothing)]
#[case(Role::EnterpriseGate, Hears::All, Hears::Nothing, Hears::Nothing)]
#[case(Role::InspectionStation, Hears::Nothing, Hears::Own, Hears::Own)]
#[case(Role::RepairShop, Hears::Nothing, Hears::Own, Hears::Own)]
#[case(Role::FleetOperator, Hears::Nothing, Hears::Nothing, Hears::Nothing)]
fn a_role_hears_what_is_its_to_hear(
    #[case] role: Role,
    #[case] listing: Hears,
    #[case] inspection: Hears,
    #[case] repair: Hears,
) {
    let kinds = [EventKind::VehicleListed, EventKind::InspectionVoided, EventKind::RepairCompleted];
    assert_eq!(kinds.map(|kind| kind.heard_by(role)), [listing, inspection, repair]);
}

#[test]
fn a_notice_is_for_the_bureau_and_a_penalty_for_the_police_too() {
    let heard =
        |kind: EventKind| Role::ALL.iter().copied().filter(move |role| kind.heard_by(*role) != Hears::Nothing);
    for kind in [EventKind::NoticeWritten, EventKind::AppealAdvanced] {
        assert_eq!(heard(kind).collect::<Vec<_>>(), [Role::EcologyBureau], "{kind}");
    }
    for kind in [EventKind::PenaltyAdvanced, EventKind::ReferralAdvanced] {
        assert_eq!(heard(kind).collect::<Vec<_>>(), [Role::TrafficPolice, Role::EcologyBureau], "{kind}");
    }
}

#[test]
fn a_message_is_tried_nine_times_within_a_day_and_a_half() {
    let mut at = august(22);
    let mut attempts = 1;
    while let Some(next) = next_attempt(attempts, at) {
        assert!(next > at);
        (at, attempts) = (next, attempts + 1);
    }
    assert_eq!(attempts, 9);
    let hours = at.since(august(22)).num_hours();
    assert!((36..40).contains(&hours), "{hours} hours");
}
