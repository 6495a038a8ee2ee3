//! The binary: one subcommand for each thing an operator does.

use std::process::ExitCode;

use clap::Parser;
use imfleet::{
    app, commands,
    config::{AccountConfig, Command, CommandLine, ServeConfig, StoreConfig, Verified},
    demo,
    domain::time::Instant,
    features, gate,
    platform::{auth::KeyRing, clock::Clock, db, problem::Problem, telemetry},
};

#[actix_web::main]
async fn main() -> ExitCode {
    let line = CommandLine::parse();
    telemetry::start_logs(&line.log);
    match run(line.command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            tracing::error!(%problem, "stopped");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), Problem> {
    match command {
        Command::Serve(config) => serve(config).await,
        Command::Migrate(store) => migrate(&store),
        Command::Openapi => write_contract(),
        Command::Account(config) => make_account(config).await,
        Command::Verify(config) => verify(config.what).await,
        Command::RotateKeys(rotate) => KeyRing::rotate(&rotate.keys.keys, rotate.purpose, now()),
        Command::Demo(config) => demo::run(config).await,
        Command::Audit(config) => commands::audit(&config),
        Command::Gate(config) => gate::run(config).await,
        Command::Import(config) => commands::import(config).await,
        Command::Export(config) => commands::export(config).await,
    }
}

async fn serve(config: ServeConfig) -> Result<(), Problem> {
    let state = app::open(&config.store, &config.keys, Clock::system()).await?;
    state.courier.open_networks(config.webhook_networks);
    let service = app::build(state, config.bind, config.workers)?;
    tracing::info!(address = %service.address, "serving");
    service.run().await
}

fn migrate(store: &StoreConfig) -> Result<(), Problem> {
    let steps = db::migrate(&store.database_url)?;
    tracing::info!(steps, "migrated");
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the contract goes to standard output")]
fn write_contract() -> Result<(), Problem> {
    let contract = app::contract_text().map_err(|error| Problem::internal(&error))?;
    println!("{contract}");
    Ok(())
}

async fn make_account(config: AccountConfig) -> Result<(), Problem> {
    let mut password = String::new();
    std::io::stdin().read_line(&mut password).map_err(|error| Problem::internal(&error))?;
    features::first_administrator(&config.store.database_url, config.login, password.trim_end().to_owned()).await
}

async fn verify(what: Verified) -> Result<(), Problem> {
    match what {
        Verified::Rollups(store) => features::verify_rollups(&store.database_url, Clock::system()).await,
        Verified::Certificate(certificate) => commands::verify_certificate(&certificate),
    }
}

fn now() -> Instant {
    Clock::system().now()
}
