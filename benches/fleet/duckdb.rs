//! Asks `DuckDB` (from `PyPI`, in a virtual environment that stays between runs) the same question of a copy of the raw rows.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Milliseconds over the rows as they come, and in order of date; or why it was not asked. What it counts must be what
/// was counted here.
pub fn ask(file: &Path, folder: &Path, counted: i64) -> Result<(f64, f64), String> {
    let python = python()?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/fleet/duckdb_copy.py");
    let told = run(Command::new(python).arg(script).arg(file).arg(folder).arg(counted.to_string()))?;
    let mut numbers = told.split_whitespace().map(str::parse::<f64>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(as_they_come)), Some(Ok(in_order))) => Ok((as_they_come, in_order)),
        _ => Err(told),
    }
}

/// A Python that has `DuckDB`.
fn python() -> Result<PathBuf, String> {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("duckdb-python");
    let python = home.join("bin/python");
    if run(Command::new(&python).args(["-c", "import duckdb"])).is_ok() {
        return Ok(python);
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "duckdb"]))?;
    Ok(python)
}

/// What a command says, or the last line of its complaint.
fn run(command: &mut Command) -> Result<String, String> {
    let done = command.output().map_err(|error| error.to_string())?;
    if done.status.success() {
        return Ok(String::from_utf8_lossy(&done.stdout).trim().to_owned());
    }
    let complaint = String::from_utf8_lossy(&done.stderr).trim().to_owned();
    Err(complaint.lines().last().unwrap_or("it failed").to_owned())
}
