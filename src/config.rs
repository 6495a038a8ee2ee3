//! Every setting of the process, read once from the command line and the environment.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

use crate::{
    domain::{
        import::ImportKind,
        words::{UnknownWord, Word as _},
    },
    platform::db::DatabaseUrl,
};

/// imfleet: a city's registry of vehicle emission inspection and maintenance.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct CommandLine {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Which log lines to write, in the form of `RUST_LOG`.
    #[arg(long, env = "IMFLEET_LOG", default_value = "info", global = true)]
    pub log: String,
}

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a small demo city and serve it on loopback.
    Demo(DemoConfig),
    /// Serve.
    Serve(ServeConfig),
    /// Bring the database to the present shape and deliver the law that it lacks.
    Migrate(StoreConfig),
    /// Write the contract (OpenAPI 3.1) to standard output.
    Openapi,
    /// Register the first administrator, whose password is read from standard input.
    Account(AccountConfig),
    /// Import a file of rows: CSV in UTF-8 or GB18030, or XLSX.
    Import(ImportConfig),
    /// Export what an import can read, as CSV in UTF-8.
    Export(ExportConfig),
    /// Count the registers again from their facts, and report every difference.
    Verify(VerifyConfig),
    /// Add a signing key, used from the next start on.
    RotateKeys(KeysConfig),
}

/// Where the database is.
#[derive(Debug, Clone, Args)]
pub struct StoreConfig {
    /// `sqlite:FILE` or `postgres://…`.
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite:imfleet.sqlite", hide_env_values = true)]
    pub database_url: DatabaseUrl,
}

/// What to verify.
#[derive(Debug, Clone, Args)]
pub struct VerifyConfig {
    /// Which figures.
    #[arg(value_enum)]
    pub figures: Figures,
    /// The database.
    #[command(flatten)]
    pub store: StoreConfig,
}

/// Figures that are kept beside the facts that they are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Figures {
    /// The rollups of the fleet register.
    Rollups,
}

/// Where the signing keys are.
#[derive(Debug, Clone, Args)]
pub struct KeysConfig {
    /// The folder of the signing keys; made when missing, readable by the service alone.
    #[arg(long, env = "IMFLEET_KEYS", default_value = "imfleet-keys")]
    pub keys: PathBuf,
}

/// How to serve.
#[derive(Debug, Clone, Args)]
pub struct ServeConfig {
    /// The database.
    #[command(flatten)]
    pub store: StoreConfig,
    /// The keys.
    #[command(flatten)]
    pub keys: KeysConfig,
    /// Address and port; port 0 takes a free one.
    #[arg(long, env = "IMFLEET_BIND", default_value = "127.0.0.1:8080")]
    pub bind: SocketAddr,
    /// Worker threads; as many as cores when absent.
    #[arg(long, env = "IMFLEET_WORKERS")]
    pub workers: Option<usize>,
}

/// The demo.
#[derive(Debug, Clone, Args)]
pub struct DemoConfig {
    /// The demo's own database; one that the demo did not make is refused.
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite:imfleet-demo.sqlite", hide_env_values = true)]
    pub database_url: DatabaseUrl,
    /// The port on loopback; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// How many vehicles the city has.
    #[arg(long, default_value_t = 2_000)]
    pub vehicles: u32,
}

/// The first administrator.
#[derive(Debug, Clone, Args)]
pub struct AccountConfig {
    /// The database.
    #[command(flatten)]
    pub store: StoreConfig,
    /// The name to sign in with.
    pub login: String,
}

/// An import.
#[derive(Debug, Clone, Args)]
pub struct ImportConfig {
    /// The database.
    #[command(flatten)]
    pub store: StoreConfig,
    /// What the rows are: vehicles, memberships, movements or scrappages.
    #[arg(value_parser = import_kind)]
    pub kind: ImportKind,
    /// The file.
    pub file: PathBuf,
    /// Only tell what would change.
    #[arg(long)]
    pub dry_run: bool,
    /// A column that the dictionary does not know, as `列=field`; `列=-` leaves it out.
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    /// Where to write the rows that are refused; beside the file when absent.
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,
    /// Go on where an import of the same file stopped.
    #[arg(long, conflicts_with = "dry_run")]
    pub resume: bool,
}

/// An export.
#[derive(Debug, Clone, Args)]
pub struct ExportConfig {
    /// The database.
    #[command(flatten)]
    pub store: StoreConfig,
    /// What the rows are: vehicles, memberships, movements or scrappages.
    #[arg(value_parser = import_kind)]
    pub kind: ImportKind,
    /// The file; standard output when absent.
    pub file: Option<PathBuf>,
    /// With whom vehicles belong to: personal data.
    #[arg(long)]
    pub with_owners: bool,
}

fn import_kind(word: &str) -> Result<ImportKind, UnknownWord> {
    ImportKind::parse(word)
}
