//! GB 18285-2018: what double idle and the driving-mode methods measure.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Item, field::Field};
use crate::domain::quantity::Amount;

/// The idle phase of double idle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IdleReadings {
    /// Carbon monoxide, % vol.
    pub co_percent: Option<Amount>,
    /// Hydrocarbons, 10⁻⁶ vol, as n-hexane.
    pub hc_ppm: Option<Amount>,
}

/// The high idle phase of double idle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HighIdleReadings {
    /// Carbon monoxide, % vol.
    pub co_percent: Option<Amount>,
    /// Hydrocarbons, 10⁻⁶ vol, as n-hexane.
    pub hc_ppm: Option<Amount>,
    /// Excess air coefficient λ; needed where it is judged.
    pub lambda: Option<Amount>,
}

/// One speed of the steady-state method, corrected values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AsmReadings {
    /// Carbon monoxide, % vol.
    pub co_percent: Option<Amount>,
    /// Hydrocarbons, 10⁻⁶ vol, as n-hexane.
    pub hc_ppm: Option<Amount>,
    /// Nitric oxide, 10⁻⁶ vol.
    pub no_ppm: Option<Amount>,
}

pub(super) fn double_idle(idle: IdleReadings, high: HighIdleReadings) -> Vec<Field> {
    vec![
        Field::needed("/readings/idle/co_percent", Item::IdleCo, idle.co_percent),
        Field::needed("/readings/idle/hc_ppm", Item::IdleHc, idle.hc_ppm),
        Field::needed("/readings/high_idle/co_percent", Item::HighIdleCo, high.co_percent),
        Field::needed("/readings/high_idle/hc_ppm", Item::HighIdleHc, high.hc_ppm),
        Field::optional("/readings/high_idle/lambda", Item::Lambda, high.lambda),
    ]
}

/// The test may end after ASM5025; when ASM2540 was run, all of it is needed.
pub(super) fn asm(first: AsmReadings, second: Option<AsmReadings>) -> Vec<Field> {
    let field = if second.is_some() { Field::needed } else { Field::optional };
    let second = second.unwrap_or_default();
    vec![
        Field::needed("/readings/asm5025/co_percent", Item::Asm5025Co, first.co_percent),
        Field::needed("/readings/asm5025/hc_ppm", Item::Asm5025Hc, first.hc_ppm),
        Field::needed("/readings/asm5025/no_ppm", Item::Asm5025No, first.no_ppm),
        field("/readings/asm2540/co_percent", Item::Asm2540Co, second.co_percent),
        field("/readings/asm2540/hc_ppm", Item::Asm2540Hc, second.hc_ppm),
        field("/readings/asm2540/no_ppm", Item::Asm2540No, second.no_ppm),
    ]
}
