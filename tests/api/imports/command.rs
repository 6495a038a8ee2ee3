//! `imfleet import` and `imfleet export`: the real binary on files.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use imfleet::platform::db::DatabaseUrl;

use super::{car, cars, counts, jobs};
use crate::harness::World;

/// The binary on the world's database.
fn imfleet(world: &World, arguments: &[&str]) -> Command {
    let url = match world.configs().0.database_url {
        DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        DatabaseUrl::Postgres(url) => url,
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_imfleet"));
    command.args(arguments).env("DATABASE_URL", url).env("IMFLEET_LOG", "warn");
    command
}

fn run(world: &World, arguments: &[&str]) -> Output {
    imfleet(world, arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn folder(world: &World) -> PathBuf {
    world.configs().1.keys.parent().unwrap().to_owned()
}

fn file(world: &World, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder(world).join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

on_both_engines! {
    fn a_file_is_imported_exported_and_imported_again(world: &World) {
        let path = file(world, "list.csv", encoding_rs::GB18030.encode(&cars(1..=1_500)).0);
        let dry = run(world, &["import", "vehicles", text(&path), "--dry-run"]);
        assert!(dry.status.success() && said(&dry).contains("1500 would be added"), "{dry:?}");
        assert_eq!((counts(world)[0], jobs(world)), (0, [0, 0]), "a dry run leaves nothing");

        let first = run(world, &["import", "vehicles", text(&path)]);
        assert!(first.status.success() && said(&first).contains("1500 are added"), "{first:?}");
        let again = run(world, &["import", "vehicles", text(&path)]);
        assert!(said(&again).contains("0 are added, 0 changed, 1500 unchanged"), "{again:?}");

        let exported = folder(world).join("export.csv");
        assert!(run(world, &["export", "vehicles", text(&exported), "--with-owners"]).status.success());
        let written = fs::read_to_string(&exported).unwrap();
        assert!(written.starts_with('\u{FEFF}') && written.contains("13800001234"));
        let back = run(world, &["import", "vehicles", text(&exported)]);
        assert!(said(&back).contains("1500 unchanged"), "{back:?}");
    }

    fn refused_rows_are_written_beside_the_file_and_can_be_imported_once_corrected(world: &World) {
        let broken = cars(1..=1_200).replace(&car(1_100), &car(1_100).replace("02", "小车"));
        let (path, errors) = (file(world, "list.csv", broken), folder(world).join("wrong.csv"));
        let output = run(world, &["import", "vehicles", text(&path), "--errors", text(&errors)]);
        assert!(!output.status.success() && said(&output).contains("1000 are added"), "{output:?}");
        assert!(said(&output).contains("200 refused") && counts(world)[0] == 1_000);
        let written = fs::read_to_string(&errors).unwrap();
        assert!(written.contains("号牌种类,unreadable") && written.lines().count() == 201);
        let corrected = file(world, "corrected.csv", written.replace(",小车,", ",小型汽车,"));
        let output = run(world, &["import", "vehicles", text(&corrected)]);
        assert!(output.status.success() && said(&output).contains("200 are added"), "{output:?}");
    }

    fn an_import_that_was_killed_goes_on_where_it_stopped(world: &World) {
        let path = file(world, "list.csv", cars(1..=6_000));
        let mut process =
            imfleet(world, &["import", "vehicles", text(&path)]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while counts(world)[0] < 1_000 {
            std::thread::yield_now();
        }
        process.kill().unwrap();
        process.wait().unwrap();
        let (stopped, chunks) = (counts(world)[0], jobs(world)[1]);
        assert_eq!(stopped, chunks * 1_000, "every chunk is there whole or not at all");

        let early = run(world, &["import", "vehicles", text(&path), "--resume"]);
        assert!(!early.status.success() || chunks == 6, "the other process may still be alive: {early:?}");
        release(world);
        let resumed = run(world, &["import", "vehicles", text(&path), "--resume"]);
        assert!(resumed.status.success() && said(&resumed).contains("6000 are added"), "{resumed:?}");
        assert_eq!((counts(world)[0], jobs(world)), (6_000, [1, 6]), "no chunk was taken twice");
    }

    fn a_file_that_is_not_there_or_no_table_is_told(world: &World) {
        assert!(!run(world, &["import", "vehicles", "nowhere.csv"]).status.success());
        let path = file(world, "letter.csv", "dear all");
        assert!(!run(world, &["import", "vehicles", text(&path)]).status.success());
        assert!(!run(world, &["import", "gates", text(&path)]).status.success());
        assert_eq!(counts(world)[0], 0);
    }
}

/// Lets the time pass after which a silent worker counts as gone: the binary has a clock of its own.
fn release(world: &World) {
    use diesel::{ExpressionMethods, RunQueryDsl};
    use imfleet::schema::imports;
    let long_ago = world.clock.now().minus(chrono::Duration::days(365));
    let pass = move |tx: &mut imfleet::platform::db::Tx<'_>| {
        Ok(diesel::update(imports::table).set(imports::leased_until.eq(long_ago)).execute(tx.conn())?)
    };
    world.write(pass).unwrap();
}
