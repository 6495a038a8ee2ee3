//! Every feature has the same files, each with its own kind of code, and only one face.

use crate::allowed::EXTRA_FILES;
use crate::layers::is_of;
use crate::paths::{Named, paths};
use crate::tokens::tokens;
use crate::tree::{Findings, Source, assert_none, files, sources, violations};

/// The private parts of a feature.
const PARTS: [&str; 4] = ["endpoints", "wire", "actions", "store"];

/// The area and the part that a file belongs to: `src/features/cases/store/find.rs` is of `cases` and `store`.
pub fn place(path: &str) -> Option<(&str, &str)> {
    let (area, rest) = path.strip_prefix("src/features/")?.split_once('/')?;
    let part = rest.split('/').next()?;
    Some((area, part.strip_suffix(".rs").unwrap_or(part)))
}

fn misplaced(files: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for path in files.iter().filter(|path| path.starts_with("src/features/") && *path != "src/features/mod.rs") {
        let Some((area, part)) = place(path) else {
            found.push(format!("{path}: an area is a folder"));
            continue;
        };
        let extra = EXTRA_FILES.iter().any(|(of, name, _)| *of == area && *name == part);
        if part != "mod" && !PARTS.contains(&part) && !extra {
            found.push(format!("{path}: {part} is no part of a feature"));
        }
        let face = format!("src/features/{area}/mod.rs");
        if !files.contains(&face) {
            found.push(format!("{path}: there is no {face}"));
        }
    }
    found
}

fn foreign(source: &Source) -> Findings {
    let Some((area, part)) = place(&source.path) else { return vec![] };
    let home = format!("crate::features::{area}");
    let is_part = |named: &Named, part: &str| named.is_in(&format!("{home}::{part}"));
    let found = paths(source).into_iter().filter(|named| match part {
        "endpoints" | "wire" => is_of(named, "diesel"),
        "actions" => is_of(named, "diesel") || is_of(named, "actix") || is_part(named, "endpoints"),
        "store" => {
            let other = named.is_in("crate::features") && !named.is_in(&home);
            is_of(named, "actix") || other || is_part(named, "endpoints") || is_part(named, "actions")
        }
        _ => false,
    });
    found.map(|named| (named.line, format!("{part} names {}", named.path))).collect()
}

fn opened(source: &Source) -> Findings {
    let tokens = tokens(&source.text);
    let found = tokens.windows(3).filter(|three| {
        let open = three[0].word() == Some("pub") || three[0].is(")");
        open && three[1].word() == Some("mod") && three[2].word().is_some_and(|name| PARTS.contains(&name))
    });
    found.map(|three| (three[1].line, format!("{} is not private", three[2].word().unwrap_or_default()))).collect()
}

#[test]
fn every_feature_has_the_same_files() {
    let mend =
        "move it into mod, endpoints, wire, actions or store, or add a row to EXTRA_FILES in tests/tidy/allowed.rs";
    assert_none(&misplaced(&files()), mend);
}

#[test]
fn every_part_of_a_feature_keeps_to_its_kind_of_code() {
    let mend = "HTTP belongs to endpoints, decisions to actions, SQL to store; what others may call is in mod.rs, \
                and the store calls nobody";
    assert_none(&violations(&sources(&["src/features"], ".rs"), foreign), mend);
}

#[test]
fn the_parts_of_a_feature_are_private() {
    let faces: Vec<_> = sources(&["src/features"], "/mod.rs");
    assert_none(&violations(&faces, opened), "write `mod x;` and re-export from mod.rs what others may call");
}

#[test]
fn a_planted_file_is_caught() {
    let files = |paths: &[&str]| misplaced(&paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>());
    assert_eq!(
        files(&["src/features/mod.rs", "src/features/cases/mod.rs", "src/features/cases/store/find.rs"]),
        [""; 0]
    );
    assert_eq!(files(&["src/features/cases/mod.rs", "src/features/cases/helper.rs"]).len(), 1);
    assert_eq!(files(&["src/features/cases/store.rs"]).len(), 1);
    assert_eq!(files(&["src/features/cases.rs"]).len(), 1);
}

#[test]
fn a_planted_line_of_the_wrong_kind_is_caught() {
    let rows = [
        ("endpoints.rs", "use diesel::prelude::*;", 1),
        ("endpoints/record.rs", "fn f(c: &mut diesel::PgConnection) {}", 1),
        ("endpoints.rs", "use actix_web::web::Json; // no diesel::sql", 0),
        ("wire.rs", "#[derive(diesel::Queryable)] struct A;", 1),
        ("actions.rs", "use actix_web::HttpResponse;", 1),
        ("actions.rs", "use diesel_migrations::a;", 1),
        ("actions.rs", "use super::{endpoints, store};", 1),
        ("store.rs", "use crate::{features::vehicles, schema::cases};", 1),
        ("store.rs", "use super::super::vehicles::find;", 1),
        ("store.rs", "use super::actions;\nuse actix_web::a;", 2),
        ("store.rs", "use diesel::prelude::*;\nuse super::wire::CaseQuery;", 0),
        ("mod.rs", "use actix_web::web;\nuse diesel::a;", 0),
    ];
    for (part, text, expected) in rows {
        let found = foreign(&Source::planted(&format!("src/features/cases/{part}"), text));
        assert_eq!(found.len(), expected, "{part}: {text}: {found:?}");
    }
}

#[test]
fn a_planted_public_part_is_caught() {
    let text = "pub mod wire;\npub(crate) mod store;\nmod actions;\npub mod sheets;\npub use wire::CaseOut;";
    let lines: Vec<_> = opened(&Source::planted("src/features/cases/mod.rs", text)).iter().map(|(l, _)| *l).collect();
    assert_eq!(lines, [1, 2]);
}
