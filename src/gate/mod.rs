//! The gate: a small program beside the barrier that keeps a signed copy of the list, answers from it when the line is
//! down, and keeps the passes until they can be told.
//!
//! It trusts a key, never a connection: whatever comes must be signed by the pinned key or by one that it introduced,
//! must not be older than what is here, must not have expired, and must hash to what its head says.

mod answer;
mod decide;
mod fault;
mod folder;
mod line;
mod passes;
mod serve;
mod sync;
mod witness;

pub use answer::{Answered, Standing, check};
pub use decide::{Decided, Decision, Ledger, Way, decide};
pub use fault::{Fault, Refusal};
pub use folder::{Folder, Kept, read_pin};
pub use line::Line;
pub use passes::Passes;
pub use serve::{Gate, build};
pub use sync::{Synced, apply, sync};

use serde_json::json;

use crate::{
    config::{GateCommand, GateConfig, LineConfig},
    domain::{
        vehicle::plate::{Plate, PlateKind},
        words::Word,
    },
    platform::{
        clock::Clock,
        problem::{Kind, Problem},
    },
};

/// Does what the command line says and prints the answer as JSON.
///
/// # Errors
/// What kept it from being done.
pub async fn run(config: GateConfig) -> Result<(), Problem> {
    let folder = Folder::open(&config.folder).map_err(failed)?;
    let clock = Clock::system();
    match config.command {
        GateCommand::Sync(line) => {
            let synced = sync(&folder, &reach(&line)?, clock.now()).await.map_err(failed)?;
            print(&json!(synced));
        }
        GateCommand::Check { plate, kind } => {
            let (plate, kind) = read(&plate, &kind)?;
            let kept = folder.read().map_err(failed)?;
            print(&json!(check(kept.as_ref(), &plate, kind, clock.now())));
        }
        GateCommand::Status => print(&status(&folder, &clock).map_err(failed)?),
        GateCommand::Serve(config) => {
            let gate = Gate::open(folder, reach(&config.line)?, clock).map_err(failed)?;
            let (server, address) = build(&gate, config.bind)?;
            tracing::info!(%address, "serving");
            serve::run(gate, server, config.every_s).await?;
        }
    }
    Ok(())
}

fn reach(config: &LineConfig) -> Result<Line, Problem> {
    let pin = config.pin.as_deref().map(folder::read_pin).transpose().map_err(failed)?;
    Line::new(&config.url, &config.client_id, &config.client_secret, pin).map_err(failed)
}

fn status(folder: &Folder, clock: &Clock) -> Result<serde_json::Value, Fault> {
    let (kept, pin) = (folder.read()?, folder.pin()?);
    let passes = Passes::open(folder)?;
    let head = kept.as_ref().map(|kept| &kept.head);
    Ok(json!({
        "head": head,
        "fresh": head.is_some_and(|head| head.is_fresh(clock.now())),
        "pin": pin,
        "passes_waiting": passes.waiting()?,
    }))
}

/// Reads a plate and the word of its kind.
fn read(plate: &str, kind: &str) -> Result<(Plate, PlateKind), Problem> {
    let plate = Plate::read(plate)
        .map_err(|error| Problem::invalid("/plate", "unreadable", error.to_string(), "无法识别的号牌"))?;
    let kind = PlateKind::parse(kind)
        .map_err(|error| Problem::invalid("/plate_kind", "unknown", error.to_string(), "未知的号牌种类"))?;
    Ok((plate, kind))
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
fn failed(fault: Fault) -> Problem {
    let kind = if matches!(fault, Fault::Refused(_)) { Kind::WrongState } else { Kind::Unavailable };
    Problem::new(kind).because(fault.to_string(), fault.to_string())
}

#[expect(clippy::print_stdout, reason = "the answer is for whoever called the program")]
fn print(answer: &serde_json::Value) {
    println!("{answer}");
}
