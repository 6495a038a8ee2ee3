//! The line that stays of an answer in the check log: who asked for what, when, where and why, and what was answered.

use serde::Serialize;
use uuid::Uuid;

use super::CheckIn;
use crate::domain::{
    blacklist::{Asked, ListStatus},
    check::CheckPurpose,
    role::Role,
    time::Instant,
    vehicle::{
        plate::{PlateColour, PlateKind},
        vin::Vin,
    },
};

/// The longest text that is kept of what cannot be read.
const LONGEST: usize = 64;

/// What the lines of one request have in common.
#[derive(Debug, Serialize)]
pub struct LineHead<'a> {
    pub at: Instant,
    pub client: Uuid,
    pub organisation: Uuid,
    pub role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<CheckPurpose>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_number: Option<&'a str>,
    pub with_owner: bool,
    pub sandbox: bool,
    pub sequence: i64,
}

/// A line.
#[derive(Debug, Serialize)]
pub struct LineOut<'a> {
    #[serde(flatten)]
    head: &'a LineHead<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plate: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plate_kind: Option<PlateKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plate_colour: Option<PlateColour>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vin: Option<&'a str>,
    status: ListStatus,
}

impl<'a> LineOut<'a> {
    /// Of a question and its answer: what was read, or what could not be.
    pub fn new(head: &'a LineHead<'a>, told: &'a CheckIn, asked: Option<&'a Asked>, status: ListStatus) -> Self {
        let read_plate = asked.and_then(|asked| asked.plate.as_ref()).map(|(plate, _)| plate.as_str());
        let read_vin = asked.and_then(|asked| asked.vin.as_ref()).map(Vin::as_str);
        Self {
            head,
            plate: read_plate.or_else(|| told.plate.as_deref().map(cut)),
            plate_kind: told.plate_kind,
            plate_colour: told.plate_colour,
            vin: read_vin.or_else(|| told.vin.as_deref().map(cut)),
            status,
        }
    }
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}
