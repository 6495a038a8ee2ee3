//! `imfleet export`: the register as a file that an import can read.

use std::{
    fs::File,
    io::{BufWriter, Write, stdout},
};

use indicatif::ProgressBar;

use crate::{
    config::ExportConfig,
    domain::event::Event,
    features::imports,
    platform::{clock::Clock, db::Db, journal::Actor, problem::Problem},
};

/// Exports the register to a file, or to standard output.
///
/// # Errors
/// The database fails, or the file cannot be written.
pub async fn export(config: ExportConfig) -> Result<(), Problem> {
    let db = Db::open(&config.store.database_url, Clock::system())?;
    let (kind, with_owners) = (config.kind, config.with_owners);
    let note = move |tx: &mut crate::platform::db::Tx<'_>| {
        tx.record(tx.mint::<()>(), Event::RegisterExported { kind, with_owners });
        Ok(())
    };
    db.write("export_register", Actor::service(), note).await?;
    let out: Box<dyn Write> = match &config.file {
        Some(path) => Box::new(File::create(path).map_err(|error| Problem::internal(&error))?),
        None => Box::new(stdout()),
    };
    let bar = ProgressBar::new_spinner();
    imports::write_export(&db, kind, with_owners, BufWriter::new(out), |bytes| bar.inc(bytes)).await?;
    bar.finish_and_clear();
    Ok(())
}
