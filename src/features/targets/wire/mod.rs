//! JSON of targets and of how they stand.

mod standings;
mod told;

pub use standings::{
    AreaTallyOut, CountedFrom, DeadlineOut, DefinitionsOut, MonthTallyOut, OperatorRankOut, OperatorsOut, ReadingOut,
    ReadingTallyOut, RemovalMonthOut, RemovalOut, StandingOut, StandingVehicleOut, TallyOut, TradeTallyOut, WayOut,
};
pub use told::{Part, StandingVehiclesQuery, StandingsQuery, TargetAmendmentIn, TargetOut, TargetsOut};
