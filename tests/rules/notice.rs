//! Notices: every state with every step, whose days are counted from the day after delivery, and which listings wait.

use chrono::Duration;
use imfleet::domain::{
    course::{Course, Doer, Moment},
    listing::{Listing, ListingReason},
    notice::{
        Notice, NoticeChannel, NoticeError, NoticeLetter, NoticeState, NoticeStep, NoticeTemplate, waits_for_notice,
    },
    settings::{DELIVERED, Settings},
    time::{Day, Instant},
    words::Word,
};
use serde::Deserialize;

use crate::{
    cast::{august, car, id, local},
    golden::{self, column},
    settings::amended,
    station::day,
};

#[test]
fn every_state_of_a_notice_answers_every_step_as_the_table_says() {
    for Row { state, step, outcome } in golden::rows::<Row>("notice.csv") {
        let found = match step.take(notice_in(state)) {
            Ok(notice) => notice.course.state().word(),
            Err(NoticeError::Step(error)) => {
                assert_eq!(error.0, state);
                "invalid_step"
            }
            Err(NoticeError::Time) => "time",
        };
        assert_eq!(found, outcome, "{state} × {step:?}");
    }
}

#[test]
fn the_table_has_every_state_of_a_notice_with_every_step() {
    let rows = golden::rows::<Row>("notice.csv");
    let pairs: Vec<_> = rows.iter().map(|row| (row.state, row.step)).collect();
    golden::assert_every_pair(&pairs, NoticeState::ALL, NoticeSteps::ALL);
    let steps: Vec<_> = golden::rows::<[String; 3]>("notice.csv").into_iter().map(|[_, step, _]| step).collect();
    golden::assert_every_step_is_tried(include_str!("../../src/domain/notice.rs"), &steps);
}

#[test]
fn the_owners_days_begin_on_the_day_after_delivery_and_end_at_24_00_of_the_last() {
    for row in golden::rows::<Term>("notice_deadlines.csv") {
        let delivered_at = local(&row.delivered_at);
        let mut notice = notice_in(NoticeState::Sent);
        notice.letter.days = row.days;
        assert_eq!((notice.deadline_on(), notice.effective_at()), (None, None));
        let notice = notice.deliver(delivered_at, None, moment(delivered_at)).unwrap();
        assert_eq!(notice.deadline_on(), Some(row.deadline_on), "{}", row.delivered_at);
        assert_eq!(notice.effective_at(), Some(local(&row.effective_at)), "{}", row.delivered_at);
    }
}

#[test]
fn only_the_reasons_of_the_dated_setting_wait_for_their_notice() {
    let from = [("reasons_effective_after_notice", "remote_sensing black_smoke", "2026-09-01")];
    let settings = amended(from.into_iter());
    let waits = |reason, on| waits_for_notice(&settings, reason, day(on));
    assert!(!waits(ListingReason::RemoteSensing, "2026-08-31"));
    assert!(waits(ListingReason::RemoteSensing, "2026-09-01") && waits(ListingReason::BlackSmoke, "2026-09-01"));
    assert!(!waits(ListingReason::Roadside, "2026-09-01"));
    assert!(DELIVERED.contains("reasons_effective_after_notice"));
}

#[test]
fn a_letter_tells_whether_the_vehicle_is_or_will_be_listed() {
    let settings = Settings::delivered();
    let listing = Listing {
        id: id(51),
        vehicle: car(),
        case: None,
        reason: ListingReason::RemoteSensing,
        rule: "hj845".to_owned(),
        basis: "遥感监测连续两次超标".to_owned(),
        evidence: vec![],
        expires_on: None,
        recorded_at: august(20),
        effective_at: None,
        suspended_at: None,
        lift: None,
    };
    let letter = NoticeLetter::for_listing(&listing, &settings);
    assert_eq!((letter.template, letter.days), (NoticeTemplate::ToBeListed, 15));
    assert_eq!((letter.basis.as_str(), letter.template_version), (listing.basis.as_str(), 1));
    assert!(!letter.appeal_channel.is_empty());
    let listing = Listing { effective_at: Some(august(20)), ..listing };
    assert_eq!(NoticeLetter::for_listing(&listing, &settings).template, NoticeTemplate::Listed);
}

#[test]
fn a_course_is_read_back_as_it_was_written_and_an_empty_one_is_none() {
    let course = notice_in(NoticeState::Delivered).course;
    let json = serde_json::to_string(&course).unwrap();
    assert_eq!(serde_json::from_str::<Course<NoticeStep>>(&json).unwrap(), course);
    assert!(serde_json::from_str::<Course<NoticeStep>>("[]").is_err());
}

/// A row of `notice.csv`.
#[derive(Deserialize)]
struct Row {
    state: NoticeState,
    step: NoticeSteps,
    outcome: String,
}

/// A row of `notice_deadlines.csv`.
#[derive(Deserialize)]
struct Term {
    delivered_at: String,
    days: u32,
    deadline_on: Day,
    effective_at: String,
}

column! {
    /// A step, with what it is tried with.
    NoticeSteps { Send, Deliver, DeliverBeforeItWasWritten, DeliverTomorrow, Fail, Withdraw }
}

impl NoticeSteps {
    fn take(self, notice: Notice) -> Result<Notice, NoticeError> {
        let deliver = |notice: Notice, at| notice.deliver(at, Some("EMS-1".to_owned()), moment(august(22)));
        match self {
            Self::Send => notice.send(NoticeChannel::Post, moment(august(22))),
            Self::Deliver => deliver(notice, august(22)),
            Self::DeliverBeforeItWasWritten => deliver(notice, august(20).minus(Duration::microseconds(1))),
            Self::DeliverTomorrow => deliver(notice, august(22).plus(Duration::microseconds(1))),
            Self::Fail => notice.fail("号码停机".to_owned(), moment(august(22))),
            Self::Withdraw => notice.withdraw(moment(august(22))),
        }
    }
}

/// Written on 20 August, sent on the 21st.
fn notice_in(state: NoticeState) -> Notice {
    let (written, sent) = (moment(august(20)), moment(august(21)));
    let letter = NoticeLetter {
        template: NoticeTemplate::ToBeListed,
        template_version: 1,
        reason: ListingReason::RemoteSensing,
        basis: "遥感监测连续两次超标".to_owned(),
        days: 15,
        appeal_channel: "窗口".to_owned(),
    };
    let course = Course::begin(NoticeStep::Written, written);
    let notice = Notice { id: id(61), vehicle: car(), listing: id(51), number: "G1".to_owned(), letter, course };
    let again = |notice: Notice| notice.send(NoticeChannel::Sms, sent).unwrap();
    match state {
        NoticeState::Written => notice,
        NoticeState::Sent => again(notice),
        NoticeState::Delivered => again(notice).deliver(august(21), None, sent).unwrap(),
        NoticeState::Failed => again(notice).fail("空号".to_owned(), sent).unwrap(),
        NoticeState::Withdrawn => notice.withdraw(sent).unwrap(),
    }
}

pub fn moment(at: Instant) -> Moment {
    Moment { at, by: Doer::default() }
}
