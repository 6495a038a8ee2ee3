//! The notice to the owner (告知书) of a listing: what it says, how it travels, and when its time is over.
//!
//! ```text
//! written ─send→ sent ─deliver→ delivered
//!   ↑ failed notices are sent again   └─fail→ failed
//! withdrawn, when the listing is lifted before the notice has arrived
//! ```

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    course::{Course, InvalidStep, Moment, Stage},
    id::Id,
    listing::{Listing, ListingReason},
    settings::Settings,
    time::{Day, Instant, last_day},
    vehicle::Vehicle,
    words::{Word, words},
};

words! {
    /// Where a notice stands.
    pub enum NoticeState {
        /// Written, and not yet on its way.
        Written = "written" / "待发送",
        /// On its way.
        Sent = "sent" / "已发送",
        /// Reached the owner.
        Delivered = "delivered" / "已送达",
        /// Did not reach the owner.
        Failed = "failed" / "送达失败",
        /// Not needed any more: the listing was lifted first.
        Withdrawn = "withdrawn" / "已撤销",
    }

    /// How a notice travels.
    pub enum NoticeChannel {
        /// A short message.
        Sms = "sms" / "短信",
        /// The traffic police's app 交管12123.
        App12123 = "app_12123" / "交管12123",
        /// By post.
        Post = "post" / "邮寄",
        /// Handed over in person.
        InPerson = "in_person" / "直接送达",
        /// By public announcement.
        Announcement = "announcement" / "公告送达",
    }

    /// Which text a notice has.
    pub enum NoticeTemplate {
        /// The vehicle is listed.
        Listed = "listed" / "列入黑名单告知书",
        /// The vehicle will be listed when the notice's time is over.
        ToBeListed = "to_be_listed" / "拟列入黑名单告知书",
    }
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its id.
    pub id: Id<Notice>,
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// The listing it tells of.
    pub listing: Id<Listing>,
    /// Its number, by which the owner names it.
    pub number: String,
    /// What it says.
    pub letter: NoticeLetter,
    /// How it fared.
    pub course: Course<NoticeStep>,
}

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NoticeLetter {
    /// Which text.
    pub template: NoticeTemplate,
    /// Which version of the text.
    pub template_version: i64,
    /// Why the vehicle is listed; the remedy follows from it.
    pub reason: ListingReason,
    /// The facts and the basis.
    pub basis: String,
    /// How many days the owner has; the count begins on the day after delivery.
    pub days: u32,
    /// Where to appeal.
    pub appeal_channel: String,
}

/// The steps of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "state", content = "facts", rename_all = "snake_case")]
pub enum NoticeStep {
    /// Written.
    Written,
    /// Sent.
    Sent {
        /// How.
        channel: NoticeChannel,
    },
    /// Reached the owner.
    Delivered {
        /// When it did.
        delivered_at: Instant,
        /// By what that is shown: a receipt's number.
        proof: Option<String>,
    },
    /// Did not reach the owner.
    Failed {
        /// Why.
        reason: String,
    },
    /// Not needed any more.
    Withdrawn,
}

/// A step that the notice does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// Not in this state.
    #[error(transparent)]
    Step(#[from] InvalidStep<NoticeState>),
    /// Delivered before it was written, or in the future.
    #[error("a notice is delivered after it was written and not in the future")]
    Time,
}

impl Stage for NoticeStep {
    type Name = NoticeState;

    fn name(&self) -> NoticeState {
        match self {
            Self::Written => NoticeState::Written,
            Self::Sent { .. } => NoticeState::Sent,
            Self::Delivered { .. } => NoticeState::Delivered,
            Self::Failed { .. } => NoticeState::Failed,
            Self::Withdrawn => NoticeState::Withdrawn,
        }
    }
}

/// Whether listings of this reason take effect only when their notice has reached the owner and its time is over.
#[must_use]
pub fn waits_for_notice(settings: &Settings, reason: ListingReason, day: Day) -> bool {
    let reasons = settings.text("reasons_effective_after_notice", day).unwrap_or_default();
    reasons.split(' ').any(|word| word == reason.word())
}

impl NoticeLetter {
    /// The letter for a listing, by the settings of the day on which the listing is recorded.
    #[must_use]
    pub fn for_listing(listing: &Listing, settings: &Settings) -> Self {
        let day = listing.recorded_at.local_day();
        let waits = listing.effective_at.is_none();
        Self {
            template: if waits { NoticeTemplate::ToBeListed } else { NoticeTemplate::Listed },
            template_version: settings.on("notice_template_version", day),
            reason: listing.reason,
            basis: listing.basis.clone(),
            days: settings.on("notice_days", day),
            appeal_channel: settings.text("appeal_channel", day).unwrap_or_default().to_owned(),
        }
    }
}

impl Notice {
    /// It is sent; one that failed is sent again.
    ///
    /// # Errors
    /// It is on its way, has arrived or was withdrawn.
    pub fn send(mut self, channel: NoticeChannel, moment: Moment) -> Result<Self, NoticeError> {
        let from = [NoticeState::Written, NoticeState::Failed];
        self.course = self.course.go(&from, NoticeStep::Sent { channel }, moment)?;
        Ok(self)
    }

    /// It has reached the owner.
    ///
    /// # Errors
    /// It was not sent, or the time cannot be.
    pub fn deliver(
        mut self,
        delivered_at: Instant,
        proof: Option<String>,
        moment: Moment,
    ) -> Result<Self, NoticeError> {
        let written_at = self.course.begun().at;
        self.course = self.course.go(&[NoticeState::Sent], NoticeStep::Delivered { delivered_at, proof }, moment)?;
        if delivered_at < written_at || delivered_at > moment.at { Err(NoticeError::Time) } else { Ok(self) }
    }

    /// It has not reached the owner.
    ///
    /// # Errors
    /// It was not sent.
    pub fn fail(mut self, reason: String, moment: Moment) -> Result<Self, NoticeError> {
        self.course = self.course.go(&[NoticeState::Sent], NoticeStep::Failed { reason }, moment)?;
        Ok(self)
    }

    /// It is not needed any more.
    ///
    /// # Errors
    /// It has arrived, or was withdrawn already.
    pub fn withdraw(mut self, moment: Moment) -> Result<Self, NoticeError> {
        let from = [NoticeState::Written, NoticeState::Sent, NoticeState::Failed];
        self.course = self.course.go(&from, NoticeStep::Withdrawn, moment)?;
        Ok(self)
    }

    /// The last day of the owner's time, once the notice was delivered: counted from the day after, until 24:00.
    #[must_use]
    pub fn deadline_on(&self) -> Option<Day> {
        match &self.course.last().stage {
            NoticeStep::Delivered { delivered_at, .. } => Some(last_day(delivered_at.local_day(), self.letter.days)),
            _ => None,
        }
    }

    /// When a listing that waits for this notice takes effect: at 24:00 of the deadline.
    #[must_use]
    pub fn effective_at(&self) -> Option<Instant> {
        self.deadline_on().and_then(|day| day.succ_opt()).map(Instant::start_of)
    }
}
