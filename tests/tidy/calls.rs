//! Features call one another only as listed, and never in a circle.

use crate::allowed::CALLS;
use crate::features::place;
use crate::paths::paths;
use crate::tree::{Findings, Source, assert_none, sources, violations};

type Row<'a> = (&'a str, &'a str, &'a str);

/// The other features that a file names, with the lines.
fn calls(source: &Source) -> Vec<(usize, String)> {
    let Some((area, _)) = place(&source.path) else { return vec![] };
    let called = paths(source).into_iter().filter_map(|named| {
        let other = named.path.strip_prefix("crate::features::")?.split("::").next()?.to_owned();
        (other != area).then_some((named.line, other))
    });
    called.collect()
}

fn unlisted(source: &Source, rows: &[Row]) -> Findings {
    let area = place(&source.path).map_or("", |(area, _)| area);
    let unlisted =
        calls(source).into_iter().filter(|(_, other)| !rows.iter().any(|row| (row.0, row.1) == (area, other)));
    unlisted.map(|(line, other)| (line, format!("the row (\"{area}\", \"{other}\", \"<why>\") is missing"))).collect()
}

fn unused(files: &[Source], rows: &[Row]) -> Vec<String> {
    let is_used = |row: &Row| {
        let callers = files.iter().filter(|file| place(&file.path).is_some_and(|(area, _)| area == row.0));
        callers.flat_map(calls).any(|(_, other)| other == row.1)
    };
    rows.iter().filter(|row| !is_used(row)).map(|row| format!("no file calls {} → {}", row.0, row.1)).collect()
}

/// The rows whose called feature comes back to the caller.
fn circles(rows: &[Row]) -> Vec<String> {
    let circular = rows.iter().filter(|row| {
        let mut reached = vec![row.1];
        let mut at = 0;
        while let Some(from) = reached.get(at).copied() {
            at += 1;
            for next in rows.iter().filter(|next| next.0 == from) {
                if !reached.contains(&next.1) {
                    reached.push(next.1);
                }
            }
        }
        reached.contains(&row.0)
    });
    circular.map(|row| format!("{} → {} is part of a circle", row.0, row.1)).collect()
}

#[test]
fn every_call_between_features_is_listed() {
    let files = sources(&["src/features"], ".rs");
    let mend = "do without the call, or add the row to CALLS in tests/tidy/allowed.rs and say why";
    assert_none(&violations(&files, |file| unlisted(file, CALLS)), mend);
    assert_none(&unused(&files, CALLS), "remove the row from CALLS in tests/tidy/allowed.rs");
}

#[test]
fn features_do_not_call_in_circles() {
    assert_none(
        &circles(CALLS),
        "move what both need into the domain or the platform, or let the callee take a value",
    );
}

#[test]
fn a_planted_call_is_caught() {
    let file = Source::planted("src/features/cases/actions.rs", "use crate::features::{cases::a, vehicles::b};\n");
    let missing = "the row (\"cases\", \"vehicles\", \"<why>\") is missing".to_owned();
    assert_eq!(unlisted(&file, &[]), [(1, missing)]);
    assert_eq!(unlisted(&file, &[("cases", "vehicles", "")]), []);
    assert_eq!(
        unused(&[file], &[("cases", "vehicles", ""), ("cases", "repairs", "")]),
        ["no file calls cases → repairs"]
    );
}

#[test]
fn a_planted_circle_is_caught() {
    let rows = [("a", "b", ""), ("b", "c", ""), ("c", "a", ""), ("a", "d", "")];
    assert_eq!(circles(&rows).len(), 3);
    assert_eq!(circles(&[rows[0], rows[1], rows[3]]), [""; 0]);
}
