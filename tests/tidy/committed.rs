//! What is committed is small and says nothing of the machine it was made on.

use std::fs;

use crate::tokens::is_of_word;
use crate::tree::{Findings, Source, absolute, assert_none, files, violations};

const LARGEST: usize = 1 << 20;

/// The homes of one machine; cut in two, so that this file does not hold them.
const MACHINE: [&str; 3] = [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/wo", "rk/")];

/// The hosts of package registries.
const REGISTRIES: [&str; 8] = [
    concat!("crates", ".io"),
    concat!("pypi", ".org"),
    concat!("python", "hosted.org"),
    concat!("npm", "js.org"),
    concat!("npm", "js.com"),
    concat!("deb.deb", "ian.org"),
    concat!("security.deb", "ian.org"),
    concat!("proxy.go", "lang.org"),
];

fn machine_paths(source: &Source) -> Findings {
    lines_with(source, &MACHINE, |before| !is_of_word(before) && !"./-~$}>*".contains(before))
}

fn registries(source: &Source) -> Findings {
    if source.path == "Cargo.lock" { vec![] } else { lines_with(source, &REGISTRIES, |before| !is_of_word(before)) }
}

/// The lines that hold one of these, after a letter that may stand before it.
fn lines_with(source: &Source, banned: &[&str], may_precede: impl Fn(char) -> bool) -> Findings {
    let mut found = Vec::new();
    for (at, line) in source.text.lines().enumerate() {
        let holds = |text: &&&str| {
            line.match_indices(**text).any(|(at, _)| line[..at].chars().next_back().is_none_or(&may_precede))
        };
        found.extend(banned.iter().filter(holds).map(|text| (at + 1, format!("has {text}"))));
    }
    found
}

/// Every committed file, whatever it holds.
fn all() -> Vec<Source> {
    let read = |path: String| {
        let bytes = fs::read(absolute(&path)).ok()?;
        Some(Source { path, text: String::from_utf8_lossy(&bytes).into_owned() })
    };
    files().into_iter().filter_map(read).collect()
}

fn too_large(path: &str, bytes: usize) -> Option<String> {
    (bytes > LARGEST).then(|| format!("{path}: {bytes} bytes"))
}

#[test]
fn no_committed_file_is_large() {
    let size = |path: &str| fs::metadata(absolute(path)).map_or(0, |facts| usize::try_from(facts.len()).unwrap_or(0));
    let found: Vec<_> = files().iter().filter_map(|path| too_large(path, size(path))).collect();
    assert_none(&found, "make it when it is needed, or cut it down to 1 MiB");
}

#[test]
fn no_committed_file_names_the_machine_it_was_made_on() {
    assert_none(&violations(&all(), machine_paths), "name the place from the repository's root, or by a variable");
}

#[test]
fn no_committed_file_names_the_host_of_a_registry() {
    assert_none(&violations(&all(), registries), "name the package; its client knows where to get it");
}

#[test]
fn a_planted_large_file_is_caught() {
    assert!(too_large("a.csv", LARGEST + 1).is_some());
    assert!(too_large("a.csv", LARGEST).is_none());
}

#[test]
fn a_planted_machine_path_is_caught_and_a_path_of_an_address_is_not() {
    for machine in MACHINE {
        let planted = |before: &str| machine_paths(&Source::planted("a.md", &format!("\n{before}{machine}x"))).len();
        assert_eq!((planted(""), planted("open \""), planted("="), planted("file:")), (1, 1, 1, 1));
        assert_eq!((planted("https://example.cn"), planted("./docs"), planted("{id}")), (0, 0, 0));
    }
}

#[test]
fn a_planted_registry_is_caught_but_in_the_lock_file() {
    for registry in REGISTRIES {
        let text = format!("https://{registry}/a");
        assert_eq!(registries(&Source::planted("docs/a.md", &text)).len(), 1);
        assert_eq!(registries(&Source::planted("Cargo.lock", &text)), []);
    }
}
