//! Tasks: who may fill a figure, how a task stands on its last day and the day after, and who reviews.

use imfleet::domain::{
    quantity::Amount,
    task::{Aim, Entry, EntryStanding, Evidence, FigureSource, Review, Task, TaskError, TaskUnit, TaskVerdict},
};
use rstest::rstest;
use uuid::Uuid;

use crate::{
    cast::{august, id, local},
    station::day,
};

fn task(source: FigureSource) -> Task {
    Task {
        id: id(1),
        target: "T9".to_owned(),
        year: 2026,
        area: "610502".parse().unwrap(),
        title: "清零".to_owned(),
        department: "区交通运输局".to_owned(),
        post: "科长".to_owned(),
        organisation: None,
        aim: Aim::AtMost,
        wanted: Amount::whole(10),
        unit: TaskUnit::Vehicles,
        deadline_on: day("2026-08-31"),
        source,
        withdrawn: None,
    }
}

fn entry(figure: Option<i64>, stated: Option<i64>, documents: usize) -> Entry {
    Entry {
        id: id(2),
        task: id(1),
        as_of: day("2026-08-22"),
        text: "已完成".to_owned(),
        figure: figure.map(Amount::whole),
        stated: stated.map(Amount::whole),
        evidence: vec![Evidence { document: "渭交函1号".to_owned(), sha256: None }; documents],
        entered_by: Some(Uuid::from_u128(7)),
        entered_at: august(22),
        review: None,
    }
}

#[rstest]
#[case::a_figure_that_a_register_fills(
    FigureSource::DieselTrucksLeft,
    Some(3),
    None,
    1,
    Err(TaskError::FilledByRegister)
)]
#[case::what_a_report_says_beside_the_register(FigureSource::DieselTrucksLeft, None, Some(3), 0, Ok(()))]
#[case::a_figure_that_no_register_knows(FigureSource::Reported, Some(3), None, 0, Ok(()))]
#[case::nothing_to_compare_with(FigureSource::Reported, None, Some(3), 0, Err(TaskError::NothingToCompare))]
#[case::neither_figure_nor_evidence(FigureSource::Reported, None, None, 0, Err(TaskError::SaysNothing))]
#[case::evidence_alone(FigureSource::DieselTrucksLeft, None, None, 1, Ok(()))]
fn a_figure_is_typed_only_where_no_register_fills_it(
    #[case] source: FigureSource,
    #[case] figure: Option<i64>,
    #[case] stated: Option<i64>,
    #[case] documents: usize,
    #[case] expected: Result<(), TaskError>,
) {
    assert_eq!(task(source).take(&entry(figure, stated, documents)), expected);
}

#[test]
fn an_entry_tells_of_no_day_to_come_and_of_no_withdrawn_task() {
    let tomorrow = Entry { as_of: day("2026-08-23"), ..entry(Some(3), None, 0) };
    assert_eq!(task(FigureSource::Reported).take(&tomorrow), Err(TaskError::InTheFuture));
    let withdrawn = task(FigureSource::Reported).withdraw("目标调整".to_owned(), august(22)).unwrap();
    assert_eq!(withdrawn.take(&entry(Some(3), None, 0)), Err(TaskError::Withdrawn));
    assert_eq!(withdrawn.withdraw("再次".to_owned(), august(23)), Err(TaskError::Withdrawn));
}

#[rstest]
#[case::reached(Some(10), "2026-08-31 23:59:59", TaskVerdict::Met)]
#[case::reached_and_past(Some(10), "2026-09-01 00:00:00", TaskVerdict::Met)]
#[case::not_reached_on_the_last_day(Some(11), "2026-08-31 23:59:59", TaskVerdict::UnderWay)]
#[case::not_reached_the_day_after(Some(11), "2026-09-01 00:00:00", TaskVerdict::Overdue)]
#[case::no_figure_on_the_last_day(None, "2026-08-31 23:59:59", TaskVerdict::NoData)]
#[case::no_figure_the_day_after(None, "2026-09-01 00:00:00", TaskVerdict::Overdue)]
fn a_task_is_overdue_from_the_day_after_its_last(
    #[case] figure: Option<i64>,
    #[case] at: &str,
    #[case] expected: TaskVerdict,
) {
    assert_eq!(task(FigureSource::Reported).verdict(figure.map(Amount::whole), local(at)), expected);
}

#[test]
fn the_aim_tells_which_side_reaches_the_figure() {
    let share = Task { aim: Aim::AtLeast, wanted: Amount::whole(90), ..task(FigureSource::Reported) };
    let stands = |figure: &str| share.verdict(Some(Amount::parse(figure).unwrap()), august(22));
    assert_eq!((stands("89.99"), stands("90")), (TaskVerdict::UnderWay, TaskVerdict::Met));
}

#[test]
fn an_entry_is_reviewed_once_and_by_somebody_else() {
    let review = |by: u128, accepted| Review {
        accepted,
        remark: "属实".to_owned(),
        by: Some(Uuid::from_u128(by)),
        at: august(23),
    };
    let entered = entry(Some(3), None, 0);
    assert_eq!(entered.standing(), EntryStanding::Entered);
    assert_eq!(entered.clone().review(review(7, true)), Err(TaskError::OwnEntry));
    let accepted = entered.clone().review(review(8, true)).unwrap();
    assert_eq!(accepted.standing(), EntryStanding::Accepted);
    assert_eq!(entered.review(review(8, false)).unwrap().standing(), EntryStanding::Returned);
    assert_eq!(accepted.review(review(8, true)), Err(TaskError::Reviewed));
}
