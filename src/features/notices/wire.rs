//! JSON of notices.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::domain::{
    course::Step,
    id::Id,
    listing::Listing,
    notice::{Notice, NoticeChannel, NoticeLetter, NoticeState, NoticeStep},
    time::{Day, Instant},
    vehicle::Vehicle,
};

/// The notice is on its way.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendingIn {
    /// How.
    pub channel: NoticeChannel,
}

/// The notice has reached the owner.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveryIn {
    /// When; now when absent.
    pub delivered_at: Option<Instant>,
    /// The number of the receipt.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub proof: Option<String>,
}

/// Which notices to list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NoticeFilter {
    /// In this state; those that failed or are overdue when absent.
    #[param(inline)]
    pub state: Option<NoticeState>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// A notice.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NoticeOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The notice.
    #[schema(value_type = uuid::Uuid)]
    pub notice_id: Id<Notice>,
    /// The listing it tells of.
    #[schema(value_type = uuid::Uuid)]
    pub listing_id: Id<Listing>,
    /// Its number, by which the owner names it.
    pub number: String,
    /// Where it stands.
    pub state: NoticeState,
    /// What it says.
    pub letter: NoticeLetter,
    /// What clears the listing.
    pub remedy: RemedyOut,
    /// The last day of the owner's time, once it is delivered.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub deadline_on: Option<Day>,
    /// Its steps, the first first.
    pub steps: Vec<Step<NoticeStep>>,
}

/// What clears the listing.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RemedyOut {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A vehicle's notices, the newest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NoticesOut {
    /// All of them.
    pub items: Vec<NoticeOut>,
}

impl From<Notice> for NoticeOut {
    fn from(notice: Notice) -> Self {
        let (en, zh) = notice.letter.reason.way_off();
        Self {
            vehicle_id: notice.vehicle,
            notice_id: notice.id,
            listing_id: notice.listing,
            deadline_on: notice.deadline_on(),
            number: notice.number,
            state: notice.course.state(),
            letter: notice.letter,
            remedy: RemedyOut { zh: zh.to_owned(), en: en.to_owned() },
            steps: notice.course.steps().cloned().collect(),
        }
    }
}
