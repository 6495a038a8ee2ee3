//! The facts of each step of the penalty procedure, as those who took it tell them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::domain::{
    exhibit::Exhibit, notice::NoticeChannel, quantity::Amount, settings::Settings, time::Day, words::words,
};

words! {
    /// Where the procedure stands.
    pub enum PenaltyState {
        /// Evidence was taken.
        Taken = "taken" / "已取证",
        /// The bureau has reviewed it.
        Reviewed = "reviewed" / "已审核",
        /// The police have it.
        HandedOver = "handed_over" / "已移交交警",
        /// The driver was told facts, reason and rights.
        Told = "told" / "已告知",
        /// The driver was heard.
        Heard = "heard" / "已听取陈述申辩",
        /// The police have decided.
        Decided = "decided" / "已作出处罚决定",
        /// The decision was served.
        Served = "served" / "已送达",
        /// The authority at home has a copy.
        Copied = "copied" / "已抄告注册地",
        /// The authority at home has answered.
        Answered = "answered" / "注册地已反馈",
        /// Over: served, and the vehicle passes.
        Ended = "ended" / "已办结",
        /// Over without a decision.
        Dropped = "dropped" / "不予处罚或终止",
    }

    /// By which procedure the police decided.
    pub enum PoliceProcedure {
        /// On the spot (行政处罚法 art. 51).
        Simple = "simple" / "简易程序",
        /// The ordinary one.
        Ordinary = "ordinary" / "普通程序",
    }

    /// What the police decided.
    pub enum Sanction {
        /// A warning.
        Warning = "warning" / "警告",
        /// A fine.
        Fine = "fine" / "罚款",
    }

    /// What is wrong with a decision as it was entered.
    pub enum DecisionFault {
        /// The code is not the one of this violation.
        OtherCode = "other_code" / "违法代码不符",
        /// A fine has an amount, and a warning has none.
        Amount = "amount" / "罚款须填金额，警告不得填金额",
        /// The amount is outside the range of the law.
        OutOfRange = "out_of_range" / "罚款金额超出法定幅度",
        /// Decided after today.
        InTheFuture = "in_the_future" / "决定日期晚于今天",
    }
}

/// What was taken down on the road.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoadEvidence {
    /// Where.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub place: String,
    /// The photographs, reports and records.
    #[validate(length(min = 1, max = 20), nested)]
    #[schema(min_items = 1, max_items = 20)]
    pub exhibits: Vec<Exhibit>,
}

/// The police's receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PoliceReceipt {
    /// Its number.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub receipt_number: String,
}

/// What the driver was told before the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Telling {
    /// The facts.
    #[validate(length(min = 4, max = 1000))]
    #[schema(min_length = 4, max_length = 1000)]
    pub facts: String,
    /// The reason and its legal basis.
    #[validate(length(min = 4, max = 1000))]
    #[schema(min_length = 4, max_length = 1000)]
    pub reason: String,
    /// The driver's rights.
    #[validate(length(min = 4, max = 1000))]
    #[schema(min_length = 4, max_length = 1000)]
    pub rights: String,
}

/// What the driver said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hearing {
    /// The statement and its review, or that none was made.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub statement: String,
}

/// What the police decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "number": "610502-0000000001", "code": "6063", "procedure": "simple", "sanction": "fine", "fine_yuan": 200,
    "decided_on": "2026-08-22"
}))]
pub struct PoliceDecision {
    /// The police's own number.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub number: String,
    /// The code of the violation.
    #[validate(length(min = 1, max = 8))]
    #[schema(min_length = 1, max_length = 8)]
    pub code: String,
    /// By which procedure.
    pub procedure: PoliceProcedure,
    /// A warning or a fine.
    pub sanction: Sanction,
    /// The fine, yuan.
    pub fine_yuan: Option<Amount>,
    /// When.
    #[schema(value_type = chrono::NaiveDate)]
    pub decided_on: Day,
}

/// How the decision was served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionService {
    /// How.
    pub channel: NoticeChannel,
    /// The number of its receipt.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub receipt_number: String,
}

/// The copy for the authority where the vehicle is registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HomeCopy {
    /// The authority.
    #[validate(length(min = 2, max = 100))]
    #[schema(min_length = 2, max_length = 100)]
    pub authority: String,
    /// The number of the letter.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub letter_number: String,
}

/// What that authority answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HomeAnswer {
    /// The answer.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub answer: String,
}

/// The report of a passing retest anywhere in the country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetestElsewhere {
    /// The station.
    #[validate(length(min = 2, max = 100))]
    #[schema(min_length = 2, max_length = 100)]
    pub station: String,
    /// The number of its report.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub report_number: String,
    /// When it was made.
    #[schema(value_type = chrono::NaiveDate)]
    pub tested_on: Day,
    /// The report itself, and what shows the repair before it.
    #[validate(length(min = 1, max = 20), nested)]
    #[schema(min_items = 1, max_items = 20)]
    pub exhibits: Vec<Exhibit>,
}

impl PoliceDecision {
    /// What is wrong with it, each with its JSON pointer. Driving a vehicle over the limit: a warning or 20 to 200
    /// yuan (大气污染防治法 art. 113 with 道路交通安全法 art. 90, code 6063 from 2017-05-01); the numbers are settings.
    #[must_use]
    pub fn faults(&self, settings: &Settings, today: Day) -> Vec<(&'static str, DecisionFault)> {
        let yuan = |key: i64| Amount::whole(key);
        let least = yuan(settings.on("penalty_least_yuan", self.decided_on));
        let most = yuan(settings.on("penalty_most_yuan", self.decided_on));
        let code = settings.text("penalty_code", self.decided_on);
        let fits = |fine: Amount| (least..=most).contains(&fine);
        [
            (self.decided_on > today, "/decided_on", DecisionFault::InTheFuture),
            (code != Some(self.code.as_str()), "/code", DecisionFault::OtherCode),
            ((self.sanction == Sanction::Fine) != self.fine_yuan.is_some(), "/fine_yuan", DecisionFault::Amount),
            (self.fine_yuan.is_some_and(|fine| !fits(fine)), "/fine_yuan", DecisionFault::OutOfRange),
        ]
        .into_iter()
        .filter_map(|(wrong, pointer, fault)| wrong.then_some((pointer, fault)))
        .collect()
    }
}
