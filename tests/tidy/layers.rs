//! Dependencies run one way: features → platform, statistics → domain; the domain is pure and exact.

use crate::allowed::FLOATS;
use crate::paths::{Named, paths};
use crate::tokens::tokens;
use crate::tree::{Findings, Source, assert_none, sources, violations};

/// What neither the law nor a figure may depend on.
const IMPURE: [&str; 6] = ["std::fs", "std::net", "std::env", "std::process", "tokio", "reqwest"];

/// Whether the path names HTTP, SQL, input or output, or the clock.
fn is_impure(named: &Named) -> bool {
    is_of(named, "actix")
        || is_of(named, "diesel")
        || IMPURE.iter().any(|module| named.is_in(module))
        || ["Utc::now", "Local::now", "SystemTime::now"].iter().any(|clock| named.path.ends_with(clock))
}

/// Whether the path is of that family of crates: `diesel`, `diesel_migrations`.
pub fn is_of(named: &Named, family: &str) -> bool {
    named.first() == family || named.first().strip_prefix(family).is_some_and(|rest| rest.starts_with('_'))
}

/// Reports what a file names outside the modules of ours that it may know, and what is impure.
fn outside(source: &Source, known: &[&str]) -> Findings {
    let found = paths(source).into_iter().filter(|named| {
        let ours = named.first() == "crate";
        is_impure(named) || (ours && !known.iter().any(|module| named.is_in(module)))
    });
    found.map(|named| (named.line, format!("names {}", named.path))).collect()
}

fn floats(source: &Source) -> Findings {
    if FLOATS.iter().any(|(file, _)| *file == source.path) {
        return vec![];
    }
    let is_float = |word: &str| {
        let number = word.starts_with(|first: char| first.is_ascii_digit());
        ["f32", "f64"].iter().any(|float| word == *float || (number && word.ends_with(float)))
    };
    let is_schema = |line: usize| source.text.lines().nth(line - 1).is_some_and(|text| text.contains("value_type"));
    let words = tokens(&source.text).into_iter().filter(|token| token.word().is_some_and(is_float));
    words.filter(|token| !is_schema(token.line)).map(|token| (token.line, "names a float".to_owned())).collect()
}

fn features(source: &Source) -> Findings {
    let found = paths(source).into_iter().filter(|named| named.is_in("crate::features"));
    found.map(|named| (named.line, format!("names {}", named.path))).collect()
}

#[test]
fn the_domain_knows_only_itself() {
    let found = violations(&sources(&["src/domain"], ".rs"), |file| outside(file, &["crate::domain"]));
    assert_none(&found, "pass it in as a value: the time, the facts and the figures come from the feature's action");
}

#[test]
fn the_domain_is_exact() {
    let found = violations(&sources(&["src/domain"], ".rs"), floats);
    assert_none(&found, "use domain::quantity::Amount; what needs a float belongs to src/statistics");
}

#[test]
fn statistics_know_only_themselves_and_the_domain() {
    let known = ["crate::statistics", "crate::domain"];
    let found = violations(&sources(&["src/statistics"], ".rs"), |file| outside(file, &known));
    assert_none(&found, "pass it in as a value: statistics know no clock, no HTTP, no SQL and no feature");
}

#[test]
fn the_platform_knows_no_feature() {
    let found = violations(&sources(&["src/platform"], ".rs"), features);
    assert_none(&found, "let the feature hand it over as a value, a closure or a trait, joined in src/app.rs");
}

#[test]
fn a_planted_dependency_is_caught() {
    let lines = [
        "use crate::platform::clock;",
        "use crate::{features::cases, domain::id};",
        "use super::super::statistics::mean;",
        "fn f() -> actix_web::HttpResponse {}",
        "#[derive(diesel::Queryable)] struct A;",
        "let at = chrono::Utc::now();",
        "let text = std::fs::read_to_string(path);",
        "#[serde(with = \"crate::platform::instant\")]",
    ];
    for line in lines {
        let found = outside(&Source::planted("src/domain/case.rs", line), &["crate::domain"]);
        assert_eq!(found.len(), 1, "{line}: {found:?}");
    }
    let pure = "//! Knows no crate::platform.\nuse crate::domain::id;\nuse super::time::Day;\nuse dieselish::a;";
    assert_eq!(outside(&Source::planted("src/domain/case.rs", pure), &["crate::domain"]), []);
    assert_eq!(features(&Source::planted("src/platform/db.rs", "use crate::features::cases;")).len(), 1);
}

#[test]
fn a_planted_float_is_caught_unless_a_schema_or_the_quantity_names_it() {
    let planted = |path: &str, text: &str| floats(&Source::planted(path, text)).len();
    assert_eq!(planted("src/domain/case.rs", "const A: f64 = 1.0;\nlet b = 1_f32; let c = \"f64\"; // f64"), 2);
    assert_eq!(planted("src/domain/case.rs", "#[schema(value_type = f64)]"), 0);
    assert_eq!(planted("src/domain/quantity.rs", "let nearest: f64 = 0.6;"), 0);
}
