//! `imfleet import`: a file becomes rows of the register; what is refused is written to a file of its own.

use std::{fs::File, io::BufWriter, path::Path, sync::Arc};

use indicatif::{ProgressBar, ProgressStyle};
use uuid::Uuid;

use crate::{
    config::ImportConfig,
    domain::{
        import::Tally,
        role::{Position, Role},
        words::Word as _,
    },
    features::{
        access,
        imports::{self, By, Job, Order, Progress},
        rules,
    },
    import::{Table, explicit_map},
    platform::{
        auth::Caller,
        clock::Clock,
        db::{self, AnyConnection, Db, Tx},
        journal::Actor,
        problem::{Kind, Problem},
        state::Ground,
    },
};

/// Imports a file.
///
/// # Errors
/// The file or its columns cannot be read, rows were refused, or the database fails.
pub async fn import(config: ImportConfig) -> Result<(), Problem> {
    let table = open(&config.file)?;
    db::migrate(&config.store.database_url)?;
    let db = Db::open(&config.store.database_url, Clock::system())?;
    let map = explicit_map(&config.map.join(","))?;
    let order = Order { kind: config.kind, dry_run: config.dry_run, map, resume: config.resume };
    let sha256 = table.inspected.sha256.clone();
    let opening = move |tx: &mut Tx<'_>| imports::open_or_resume(tx, &order, &sha256);
    let job = db.write("import_file", Actor::service(), opening).await?;

    let bar = bar(&table)?;
    let by = By { actor: Actor::service(), ground: ground(&db).await? };
    let outcome = imports::start(&db, &by, &job, table, |progress| show(&bar, progress)).await;
    bar.finish_and_clear();
    let outcome = match outcome {
        Ok(progress) => conclude(&db, &config, &job, progress.tally).await,
        Err(problem) => Err(problem),
    };
    if job.dry_run {
        let id = job.id;
        db.write("forget_import", Actor::service(), move |tx| imports::forget(tx, id)).await?;
    }
    outcome
}

/// The operator of this installation, who belongs to no organisation.
async fn ground(db: &Db) -> Result<Ground, Problem> {
    let read = |conn: &mut AnyConnection| Ok((access::read_directory(conn)?, rules::read_lawbook(conn)?));
    let (directory, lawbook) = db.read(read).await?;
    let caller = Caller {
        id: Uuid::nil(),
        organisation: Uuid::nil(),
        role: Role::Administrator,
        position: Position::Manager,
        lines: Vec::new(),
        trace_id: None,
        sandbox: false,
    };
    Ok(Ground { caller, lawbook: Arc::new(lawbook), directory: Arc::new(directory), controls: Arc::default() })
}

/// Tells what was done, or would be, and writes the refused rows.
async fn conclude(db: &Db, config: &ImportConfig, job: &Job, tally: Tally) -> Result<(), Problem> {
    print(config, tally);
    if tally.refused == 0 {
        return Ok(());
    }
    let errors = config.errors.clone().unwrap_or_else(|| config.file.with_extension("errors.csv"));
    let out = BufWriter::new(File::create(&errors).map_err(|error| unreachable_file(&errors, &error))?);
    let (table, job) = (open(&config.file)?, job.clone());
    let rows = db.read(move |conn| imports::write_refused(conn, &job, table, out)).await?;
    let errors = errors.display();
    Err(Problem::new(Kind::Invalid).because(
        format!(
            "{rows} rows were not taken; they stand in {errors} with what is wrong: correct and import that file"
        ),
        format!("{rows} 行未导入，已连同错误说明写入 {errors}，更正后可直接导入该文件"),
    ))
}

#[expect(clippy::print_stdout, reason = "the outcome is for the operator")]
fn print(config: &ImportConfig, tally: Tally) {
    let Tally { added, changed, unchanged, refused } = tally;
    let word = if config.dry_run { "would be" } else { "are" };
    println!(
        "{} ({}): {added} {word} added, {changed} changed, {unchanged} unchanged, {refused} refused",
        config.kind,
        config.kind.zh()
    );
}

fn open(path: &Path) -> Result<Table, Problem> {
    Table::open(Box::new(File::open(path).map_err(|error| unreachable_file(path, &error))?))
}

fn unreachable_file(path: &Path, error: &std::io::Error) -> Problem {
    let path = path.display();
    Problem::new(Kind::NotFound).because(format!("{path}: {error}"), format!("{path}：{error}"))
}

fn bar(table: &Table) -> Result<ProgressBar, Problem> {
    let style = ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} rows {per_sec} {eta} {msg}");
    let style = style.map_err(|error| Problem::internal(&error))?;
    Ok(ProgressBar::new(table.inspected.lines).with_style(style))
}

fn show(bar: &ProgressBar, progress: Progress) {
    bar.set_position(progress.last_row.unsigned_abs());
    if progress.tally.refused > 0 {
        bar.set_message(format!("{} refused", progress.tally.refused));
    }
}
