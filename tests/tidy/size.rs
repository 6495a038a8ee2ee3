//! Files are short and say in their first line what they are.

use crate::tree::{Findings, Source, assert_none, sources, violations};

const LONGEST: usize = 400;
const MEDIAN: usize = 150;

fn too_long(source: &Source) -> Findings {
    let lines = source.text.lines().count();
    if lines > LONGEST { vec![(lines, format!("longer than {LONGEST} lines"))] } else { vec![] }
}

fn no_caption(source: &Source) -> Findings {
    let first = source.text.lines().next().unwrap_or_default();
    let caption = first.strip_prefix("//! ").is_some_and(|caption| !caption.trim().is_empty());
    if caption { vec![] } else { vec![(1, "does not begin with a caption".to_owned())] }
}

fn median(mut lengths: Vec<usize>) -> usize {
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or_default()
}

#[test]
fn no_file_is_too_long() {
    let found = violations(&sources(&["src", "tests", "benches"], ".rs"), too_long);
    assert_none(&found, "make the file a folder of the same name, one file per operation or concept");
}

#[test]
fn most_files_are_short() {
    let median = median(sources(&["src", "tests"], ".rs").iter().map(|file| file.text.lines().count()).collect());
    assert!(median < MEDIAN, "half of the files have {median} lines or more, {MEDIAN} are too many: split some");
}

#[test]
fn every_file_begins_with_a_caption() {
    let found = violations(&sources(&["src", "tests", "benches"], ".rs"), no_caption);
    assert_none(&found, "begin the file with `//! ` and one sentence that could be its caption");
}

#[test]
fn a_file_of_401_lines_is_caught_and_one_of_400_is_not() {
    assert_eq!(too_long(&Source::planted("a.rs", &"x\n".repeat(401))).len(), 1);
    assert_eq!(too_long(&Source::planted("a.rs", &"x\n".repeat(400))), []);
}

#[test]
fn a_missing_or_empty_caption_is_caught() {
    assert_eq!(no_caption(&Source::planted("a.rs", "//! Cases.\n")), []);
    for text in ["", "fn main() {}", "//!\n", "// Cases.", "\n//! Cases."] {
        assert_eq!(no_caption(&Source::planted("a.rs", text)).len(), 1, "{text:?}");
    }
}

#[test]
fn the_median_is_the_middle_length() {
    assert_eq!(median(vec![400, 1, 90]), 90);
}
