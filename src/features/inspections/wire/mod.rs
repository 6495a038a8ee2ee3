//! JSON of inspections: what stations tell, and what they are answered.

mod answered;
mod notice;
mod told;

pub use answered::{
    BatchOut, BatchResultOut, InspectionOut, InspectionSummaryOut, ItemOut, JudgementOut, SupersessionOut,
};
pub use notice::{NoticeShopOut, RepairNoticeOut};
pub use told::{BatchIn, CorrectedIn, InspectionIn, JudgementIn};
