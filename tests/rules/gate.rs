//! The gate at acceptance: what it lets through, on which ground, and everything that it says is missing.

use std::collections::BTreeSet;

use imfleet::domain::{
    case::{Case, Ground},
    gate::{Facts, Missing, Request, pass},
    inspection::{Inspection, InspectionKind, Nature},
    repair::{Repair, RepairProgress, RepairRecord},
    settings::Settings,
    time::Day,
    verdict::Verdict,
    words::Word,
};
use serde::Deserialize;

use crate::{
    cast::{
        exemption, failing, local, opened, other_station, our_repair, our_shop, record, repair, retest, station, test,
    },
    golden::{self, column},
    settings::{amended, asked_by},
};

/// One car before the gate: what it has behind it, what is asked, and the answer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Row {
    situation: String,
    /// Its tests: `2026-08-21 23:59:59 first fail; …`; the last one's failure is the open case.
    tests: String,
    kind: InspectionKind,
    nature: Nature,
    at: String,
    /// Amended settings: `tests_per_day=0`, from a day on `tests_per_day=1@2026-08-22`; the others as delivered.
    settings: String,
    repair: Option<Papers>,
    received_on: Option<Day>,
    completed_at: String,
    exempt: Option<bool>,
    elsewhere: Option<bool>,
    accepted: Option<bool>,
    /// `open`, `by_repair`, `by_exemption`, or all that is missing.
    answer: String,
}

column! {
    /// The newest repair of the case, which names the failing report unless it says otherwise.
    Papers { Recorded, Completed, Recalled, OfAnotherReport, OfAVoidedRetest }
}

#[test]
fn the_gate_answers_as_the_table_says() {
    for row in golden::rows::<Row>("gate.csv") {
        assert_eq!(row.ask(), row.answer, "{}", row.situation);
    }
}

#[test]
fn the_table_names_all_that_can_be_missing_and_every_kind_of_inspection() {
    let rows = golden::rows::<Row>("gate.csv");
    let answered: BTreeSet<&str> = rows.iter().flat_map(|row| row.answer.split(' ')).collect();
    let expected = Missing::ALL.iter().map(|missing| missing.word()).chain(["open", "by_repair", "by_exemption"]);
    assert_eq!(answered, expected.collect());
    assert!(InspectionKind::ALL.iter().all(|kind| rows.iter().any(|row| row.kind == *kind)));
    assert!(Papers::ALL.iter().all(|papers| rows.iter().any(|row| row.repair == Some(*papers))));
}

/// For every setting that the gate asks for, two rows are alike but for that setting, and get different answers.
#[test]
fn the_table_shows_every_setting_on_and_off() {
    let rows = golden::rows::<Row>("gate.csv");
    for key in asked_by(include_str!("../../src/domain/gate.rs")) {
        let amends = |row: &&Row| row.settings.starts_with(&format!("{key}="));
        let decides = rows.iter().filter(amends).any(|row| {
            rows.iter().any(|other| {
                let alike = Row {
                    situation: row.situation.clone(),
                    settings: row.settings.clone(),
                    answer: row.answer.clone(),
                    ..other.clone()
                };
                alike == *row && other.answer != row.answer
            })
        });
        assert!(decides, "no two rows differ by `{key}` alone");
    }
}

impl Row {
    /// Asks the gate; what it lets through as a retest, the case must take as a retest.
    fn ask(&self) -> String {
        let tests: Vec<(Nature, Inspection)> =
            self.tests.split("; ").filter(|text| !text.is_empty()).map(read_test).collect();
        let (case, repair) = self.case_and_repair(tests.last().map(|(_, newest)| newest));
        let request = Request {
            station: if self.elsewhere == Some(true) { other_station() } else { station() },
            kind: self.kind,
            nature: self.nature,
            at: local(&self.at),
        };
        let today: Vec<_> =
            tests.iter().filter(|test| test.1.ended_at.local_day() == request.at.local_day()).collect();
        let retests_today = today.iter().filter(|(nature, _)| *nature != Nature::First).count();
        let facts = Facts {
            newest: tests.iter().map(|(_, test)| test).rfind(|test| test.ended_at <= request.at),
            case: case.as_ref(),
            repair: repair.as_ref(),
            exemption: (self.exempt == Some(true)).then(exemption),
            tests_today: i64::try_from(today.len()).unwrap(),
            retests_today: i64::try_from(retests_today).unwrap(),
            is_accepted: self.accepted == Some(true),
        };
        match pass(&request, &facts, &self.settings()) {
            Ok(None) => "open".to_owned(),
            Ok(Some(ground)) => {
                assert!(case.unwrap().pass_retest(retest(), ground, request.at).is_ok(), "{}", self.situation);
                if ground == Ground::Repair(our_repair()) { "by_repair" } else { "by_exemption" }.to_owned()
            }
            Err(missing) => missing.into_iter().map(Missing::word).collect::<Vec<_>>().join(" "),
        }
    }

    fn settings(&self) -> Settings {
        let amendments = self.settings.split(' ').filter(|text| !text.is_empty());
        amended(amendments.map(|amendment| {
            let (key, value) = amendment.split_once('=').unwrap();
            let (value, from) = value.split_once('@').unwrap_or((value, "2020-07-01"));
            (key, value, from)
        }))
    }

    /// The case that the newest test left open, led by the papers of its repair to where it stands.
    fn case_and_repair(&self, newest: Option<&Inspection>) -> (Option<Case>, Option<Repair>) {
        let Some(newest) = newest.filter(|test| test.verdict == Verdict::Fail) else { return (None, None) };
        let case = opened(failing(1, "R-1", newest.ended_at));
        let Some(papers) = self.repair else { return (Some(case), None) };
        let at = if self.completed_at.is_empty() { newest.ended_at } else { local(&self.completed_at) };
        let claimed = case.clone().start_repair(our_shop(), newest.ended_at).unwrap();
        let repaired = claimed.clone().complete_repair(our_shop(), our_repair(), at).unwrap();
        let (completed, reason) = (RepairProgress::Completed { at }, "登记有误".to_owned());
        let (case, progress) = match papers {
            Papers::Recorded => (claimed, RepairProgress::Recorded),
            Papers::Completed => (repaired, completed),
            Papers::Recalled => {
                (repaired.recall_repair(our_repair(), at).unwrap(), RepairProgress::Recalled { reason, at })
            }
            Papers::OfAnotherReport | Papers::OfAVoidedRetest => (case, completed),
        };
        let report_number = if papers == Papers::OfAnotherReport { "R-0" } else { "R-1" }.to_owned();
        let received_on = self.received_on.unwrap_or(newest.ended_at.local_day());
        (Some(case), Some(repair(RepairRecord { report_number, received_on, ..record() }, progress)))
    }
}

/// Reads `2026-08-21 23:59:59 first fail`.
fn read_test(text: &str) -> (Nature, Inspection) {
    let [day, time, nature, verdict] = text.split(' ').collect::<Vec<_>>().try_into().unwrap();
    let verdict = Verdict::parse(verdict).unwrap();
    (Nature::parse(nature).unwrap(), test(1, "R-1", local(&format!("{day} {time}")), verdict))
}
