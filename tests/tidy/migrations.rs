//! Both engines take the same steps.

use std::collections::BTreeSet;

use crate::tree::{assert_none, files};

const ENGINES: [&str; 2] = ["sqlite", "postgres"];

/// The step folders of an engine: `migrations/sqlite/0001_vehicles/up.sql` is of the step `0001_vehicles`.
fn steps<'a>(files: &'a [String], engine: &str) -> BTreeSet<&'a str> {
    let home = format!("migrations/{engine}/");
    files.iter().filter_map(|path| path.strip_prefix(&home)?.split_once('/').map(|(step, _)| step)).collect()
}

fn missing(files: &[String]) -> Vec<String> {
    let [sqlite, postgres] = ENGINES.map(|engine| steps(files, engine));
    let only = |engine: &str, step: &&str| format!("migrations/{engine}/{step}: the other engine has no such step");
    let mut missing: Vec<_> = sqlite.difference(&postgres).map(|step| only("sqlite", step)).collect();
    missing.extend(postgres.difference(&sqlite).map(|step| only("postgres", step)));
    missing
}

#[test]
fn both_engines_have_the_same_migrations() {
    assert_none(&missing(&files()), "add the step for the other engine too, under the same name");
}

#[test]
fn a_planted_step_of_one_engine_is_caught() {
    let missing = |paths: &[&str]| missing(&paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>()).len();
    assert_eq!(missing(&["migrations/README.md", "migrations/sqlite/README.md"]), 0);
    assert_eq!(missing(&["migrations/sqlite/1_a/up.sql", "migrations/postgres/1_a/up.sql"]), 0);
    assert_eq!(missing(&["migrations/sqlite/1_a/up.sql", "migrations/postgres/1_b/up.sql"]), 2);
}
