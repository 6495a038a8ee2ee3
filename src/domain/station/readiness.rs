//! Whether a line is fit to test by a method: its daily checks, its certificates, its approval, on the legal day.

use chrono::Days;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Asset, AssetKind,
    line_check::{CheckResult, LineCheckKind, daily_checks},
};
use crate::domain::{
    id::Id,
    settings::Settings,
    standard::Method,
    time::{Day, Instant},
    words::words,
};

words! {
    /// What a line lacks.
    pub enum LineFault {
        /// A daily check was never sent.
        CheckMissing = "check_missing" / "缺少日常检查记录",
        /// The newest check failed.
        CheckFailed = "check_failed" / "日常检查不合格",
        /// The newest check is of an earlier day than its time allows.
        CheckExpired = "check_expired" / "日常检查已过期",
        /// A device's calibration certificate has expired.
        CertificateExpired = "certificate_expired" / "设备检定（校准）证书已过期",
        /// The station's qualification has expired.
        QualificationExpired = "qualification_expired" / "机构资质已过期",
        /// The line is approved for other methods only.
        MethodNotApproved = "method_not_approved" / "该检测线未获准使用此检测方法",
    }

    /// What follows for an acceptance on a line that lacks something.
    pub enum UnreadyRule {
        /// Nothing is looked at.
        Off = "off" / "不检查",
        /// It is told, and kept with the acceptance.
        Flag = "flag" / "标记",
        /// It is refused.
        Refuse = "refuse" / "拒绝受理",
    }
}

/// Something that a line lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineLack {
    /// What.
    pub fault: LineFault,
    /// The check concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<LineCheckKind>,
    /// The asset concerned.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asset_id: Option<Id<Asset>>,
}

/// The newest check of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewestCheck {
    /// What was checked.
    pub kind: LineCheckKind,
    /// When it ended.
    pub ended_at: Instant,
    /// How.
    pub result: CheckResult,
}

/// What follows on a day for a line that lacks something.
#[must_use]
pub fn unready_rule(settings: &Settings, day: Day) -> UnreadyRule {
    match settings.text("unready_line_acceptances", day) {
        Some("flag") => UnreadyRule::Flag,
        Some("refuse") => UnreadyRule::Refuse,
        _ => UnreadyRule::Off,
    }
}

/// The last day on which a check of a day holds; 1 is the day itself.
#[must_use]
pub fn holds_until(settings: &Settings, checked_on: Day) -> Day {
    let days: u64 = settings.on("line_check_holds_days", checked_on);
    checked_on.checked_add_days(Days::new(days.saturating_sub(1))).unwrap_or(Day::MAX)
}

/// Everything that a line lacks for a method at an instant. `checks` are the newest of each kind until then, `assets`
/// those of the line and of its station. What was never registered of certificates and approvals is not missed.
#[must_use]
pub fn lacks(
    method: Method,
    checks: &[NewestCheck],
    assets: &[Asset],
    settings: &Settings,
    at: Instant,
) -> Vec<LineLack> {
    let day = at.local_day();
    let mut found: Vec<_> =
        daily_checks(method).iter().filter_map(|kind| check_lack(*kind, checks, settings, day)).collect();
    let serving = |kind: AssetKind| assets.iter().filter(move |asset| asset.kind == kind && asset.serves(day));
    let expired = serving(AssetKind::Equipment).filter(|asset| !asset.holds(day));
    found.extend(expired.map(|asset| of_asset(LineFault::CertificateExpired, asset)));
    if let Some(any) = serving(AssetKind::Qualification).next()
        && !serving(AssetKind::Qualification).any(|asset| asset.holds(day))
    {
        found.push(of_asset(LineFault::QualificationExpired, any));
    }
    let approved = |asset: &Asset| asset.holds(day) && asset.facts.method == Some(method);
    if serving(AssetKind::Method).next().is_some() && !serving(AssetKind::Method).any(approved) {
        found.push(LineLack { fault: LineFault::MethodNotApproved, check: None, asset_id: None });
    }
    found
}

fn check_lack(kind: LineCheckKind, checks: &[NewestCheck], settings: &Settings, day: Day) -> Option<LineLack> {
    let fault = match checks.iter().find(|check| check.kind == kind) {
        None => LineFault::CheckMissing,
        Some(check) if check.result == CheckResult::Fail => LineFault::CheckFailed,
        Some(check) if holds_until(settings, check.ended_at.local_day()) < day => LineFault::CheckExpired,
        Some(_) => return None,
    };
    Some(LineLack { fault, check: Some(kind), asset_id: None })
}

const fn of_asset(fault: LineFault, asset: &Asset) -> LineLack {
    LineLack { fault, check: None, asset_id: Some(asset.id) }
}
