//! Every finding, one file for each, in one list.

mod at_change;
mod clock_ahead;
mod ecu_vin_differs;
mod line_uncalibrated;
mod outside_hours;
mod passed_too_fast;
mod plates_of_one_vin;
mod power_below_model;
mod rated_power_lowered;
mod reading_divided;
mod reading_off_trace;
mod readings_piled;
mod repair_after_retest;
mod repairs_alike;
mod retests_rarely_fail;
mod software_across_makes;
mod software_blank;
mod software_of_one_station;
mod test_too_short;
mod tests_overlap;
mod tests_rarely_fail;
mod too_few_samples;
mod trace_alike;
mod trace_broken;
mod trace_repeated;
mod verdict_differs;
mod weaker_method;
mod weaker_method_often;

use super::Finding;

/// Every finding.
pub const FINDINGS: &[&dyn Finding] = &[
    &reading_off_trace::ReadingOffTrace,
    &reading_divided::ReadingDivided,
    &trace_broken::TraceBroken,
    &trace_repeated::TraceRepeated,
    &trace_alike::TraceAlike,
    &test_too_short::TestTooShort,
    &too_few_samples::TooFewSamples,
    &ecu_vin_differs::EcuVinDiffers,
    &software_blank::SoftwareBlank,
    &software_across_makes::SoftwareAcrossMakes,
    &software_of_one_station::SoftwareOfOneStation,
    &rated_power_lowered::RatedPowerLowered,
    &power_below_model::PowerBelowModel,
    &readings_piled::ReadingsPiled,
    &tests_overlap::TestsOverlap,
    &outside_hours::OutsideHours,
    &passed_too_fast::PassedTooFast,
    &retests_rarely_fail::RetestsRarelyFail,
    &tests_rarely_fail::TestsRarelyFail,
    &weaker_method::WeakerMethod,
    &weaker_method_often::WeakerMethodOften,
    &line_uncalibrated::LineUncalibrated,
    &clock_ahead::ClockAhead,
    &plates_of_one_vin::PlatesOfOneVin,
    &repairs_alike::RepairsAlike,
    &repair_after_retest::RepairAfterRetest,
    &verdict_differs::VerdictDiffers,
    &at_change::SameNumberOtherReadings,
    &at_change::RepostedLower,
    &at_change::ShopKinOfStation,
];
