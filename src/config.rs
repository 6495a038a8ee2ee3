//! Every setting of the process, read once from the command line and the environment.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};
use ipnet::IpNet;

use crate::{
    domain::{
        import::ImportKind,
        words::{UnknownWord, Word as _},
    },
    platform::{auth::Purpose, db::DatabaseUrl},
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
    /// Count the registers again from their facts, or verify the certificate of a repair.
    Verify(VerifyConfig),
    /// Add a signing key, used from the next start on.
    RotateKeys(RotateConfig),
    /// Check an export of the journal, without the service.
    Audit(AuditConfig),
    /// Keep a copy of the list beside a barrier, and answer from it when the line is down.
    Gate(GateConfig),
}

/// Where the database is.
#[derive(Debug, Clone, Args)]
pub struct StoreConfig {
    /// `sqlite:FILE` or `postgres://…`.
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite:imfleet.sqlite", hide_env_values = true)]
    pub database_url: DatabaseUrl,
    /// The folder of the check log; beside the file of the database when absent, else `imfleet-checks`.
    #[arg(long, env = "IMFLEET_CHECK_LOG")]
    pub check_log: Option<PathBuf>,
}

impl StoreConfig {
    /// The folder of the check log.
    #[must_use]
    pub fn check_log(&self) -> PathBuf {
        self.check_log.clone().unwrap_or_else(|| match &self.database_url {
            DatabaseUrl::Sqlite(file) => file.with_extension("checks"),
            DatabaseUrl::Postgres(_) => PathBuf::from("imfleet-checks"),
        })
    }
}

/// What to verify.
#[derive(Debug, Clone, Args)]
pub struct VerifyConfig {
    /// Which.
    #[command(subcommand)]
    pub what: Verified,
}

/// What can be verified.
#[derive(Debug, Clone, Subcommand)]
pub enum Verified {
    /// The rollups of the fleet register, against the movements that they are counted from.
    Rollups(StoreConfig),
    /// The certificate of a repair by its QR code, without a line and without the database.
    Certificate(CertificateConfig),
}

/// A certificate.
#[derive(Debug, Clone, Args)]
pub struct CertificateConfig {
    /// What the QR code says.
    pub code: String,
    /// The file of the public keys, once taken from `/portal/verify/keys`.
    #[arg(long, value_name = "FILE")]
    pub trusted: PathBuf,
}

/// Where the signing keys are.
#[derive(Debug, Clone, Args)]
pub struct KeysConfig {
    /// The folder of the signing keys; made when missing, readable by the service alone.
    #[arg(long, env = "IMFLEET_KEYS", default_value = "imfleet-keys")]
    pub keys: PathBuf,
}

/// Which key to add.
#[derive(Debug, Clone, Args)]
pub struct RotateConfig {
    /// The keys.
    #[command(flatten)]
    pub keys: KeysConfig,
    /// What it signs: access, jtt1132, snapshot, webhook or journal.
    #[arg(long, default_value = "access")]
    pub purpose: Purpose,
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
    /// Networks of one's own in which webhooks may be received, as `10.1.0.0/16`; public addresses always may.
    #[arg(long, env = "IMFLEET_WEBHOOK_NETWORKS", value_delimiter = ',')]
    pub webhook_networks: Vec<IpNet>,
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

/// A gate.
#[derive(Debug, Clone, Args)]
pub struct GateConfig {
    /// The folder of the copy, the trusted key and the passes; made when missing.
    #[arg(long, env = "IMFLEET_GATE_FOLDER", default_value = "imfleet-gate")]
    pub folder: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub command: GateCommand,
}

/// What a gate can do.
#[derive(Debug, Clone, Subcommand)]
pub enum GateCommand {
    /// Bring the copy up to date.
    Sync(LineConfig),
    /// Answer a plate from the copy.
    Check {
        /// The plate, as `陕E·12345`.
        plate: String,
        /// The kind of the plate, as `small_car`.
        kind: String,
    },
    /// Answer the barrier over HTTP on loopback, keep the copy up to date and send the passes.
    Serve(GateServeConfig),
    /// Tell how old the copy is and what waits to be sent.
    Status,
}

/// The line from a gate to the city's service.
#[derive(Debug, Clone, Args)]
pub struct LineConfig {
    /// The address of the service.
    #[arg(long, env = "IMFLEET_URL")]
    pub url: String,
    /// The id of the gate's client.
    #[arg(long, env = "IMFLEET_CLIENT_ID")]
    pub client_id: String,
    /// Its secret.
    #[arg(long, env = "IMFLEET_CLIENT_SECRET", hide_env_values = true)]
    pub client_secret: String,
    /// The key to trust at first, as `KID:X`; without it the key that the service publishes.
    #[arg(long, env = "IMFLEET_PIN")]
    pub pin: Option<String>,
}

/// How a gate serves.
#[derive(Debug, Clone, Args)]
pub struct GateServeConfig {
    /// The line.
    #[command(flatten)]
    pub line: LineConfig,
    /// Address and port on loopback; port 0 takes a free one.
    #[arg(long, env = "IMFLEET_GATE_BIND", default_value = "127.0.0.1:8090")]
    pub bind: SocketAddr,
    /// Seconds between two synchronisations.
    #[arg(long, env = "IMFLEET_GATE_EVERY_S", default_value_t = 30)]
    pub every_s: u64,
}

/// An audit.
#[derive(Debug, Clone, Args)]
pub struct AuditConfig {
    /// What to do.
    #[command(subcommand)]
    pub command: AuditCommand,
}

/// What an auditor can do.
#[derive(Debug, Clone, Subcommand)]
pub enum AuditCommand {
    /// Count the roots of an export again, and tell what was changed.
    Verify(VerifyExportConfig),
}

/// Which export to check, and by what.
#[derive(Debug, Clone, Args)]
pub struct VerifyExportConfig {
    /// The export.
    pub file: PathBuf,
    /// A key to trust, as `KID:X`; without one the keys in the file, which shows less.
    #[arg(long, value_name = "KID:X")]
    pub key: Vec<String>,
    /// A checkpoint that was kept from earlier: the document, or the answer in which it came.
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
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
