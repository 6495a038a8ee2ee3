//! The files of the repository, and how a broken rule is reported.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The repository's root.
pub const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A text file of the repository.
pub struct Source {
    /// Its path from the root, with `/`.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl Source {
    /// A file that exists only in a test.
    pub fn planted(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Whether its name ends with a dot and these letters.
    pub fn is_a(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }

    /// Whether this file is of that folder, or is that file.
    pub fn is_in(&self, place: &str) -> bool {
        self.path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The files with this ending, in these folders.
pub fn sources(folders: &[&str], ending: &str) -> Vec<Source> {
    let files = files().into_iter().filter(|path| path.ends_with(ending));
    let sources = files.filter_map(|path| fs::read_to_string(absolute(&path)).ok().map(|text| Source { path, text }));
    sources.filter(|source| folders.iter().any(|folder| source.is_in(folder))).collect()
}

/// Every file that is committed or is about to be; outside a git work tree, every file that no build made.
pub fn files() -> Vec<String> {
    let git = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(ROOT)
        .output();
    let mut files: Vec<String> = match git {
        Ok(output) if output.status.success() && !output.stdout.is_empty() => {
            String::from_utf8_lossy(&output.stdout).split_terminator('\0').map(str::to_owned).collect()
        }
        _ => walk(Path::new(ROOT)),
    };
    files.retain(|path| absolute(path).is_file());
    files.sort();
    files.dedup();
    files
}

/// The place of a file on this machine.
pub fn absolute(path: &str) -> std::path::PathBuf {
    Path::new(ROOT).join(path)
}

fn walk(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let kept = entries.filter(|path| !["target", ".git", "node_modules"].iter().any(|name| path.ends_with(name)));
    kept.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![from_root(&path)] }).collect()
}

fn from_root(path: &Path) -> String {
    path.strip_prefix(ROOT).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// What a rule finds in one file: the lines and what is wrong there.
pub type Findings = Vec<(usize, String)>;

/// Asks the rule of every file: `file:line: what is wrong`.
pub fn violations(sources: &[Source], rule: impl Fn(&Source) -> Findings) -> Vec<String> {
    let findings = sources.iter().flat_map(|source| {
        rule(source).into_iter().map(move |(line, what)| format!("{}:{line}: {what}", source.path))
    });
    findings.collect()
}

/// Fails, listing what is wrong and how to mend it.
#[track_caller]
pub fn assert_none(violations: &[String], mend: &str) {
    assert!(violations.is_empty(), "\n  {}\nTo mend: {mend}\n", violations.join("\n  "));
}

#[test]
fn this_very_file_is_among_the_files_and_no_build_product_is() {
    for files in [files(), walk(Path::new(ROOT))] {
        assert!(files.iter().any(|path| path == "tests/tidy/tree.rs"), "{files:?}");
        assert!(!files.iter().any(|path| path.starts_with("target/") || path.starts_with(".git/")));
    }
}

#[test]
fn a_violation_names_its_file_and_line() {
    let files = [Source::planted("src/a.rs", ""), Source::planted("src/ab/c.rs", "")];
    let found = violations(&files, |file| if file.is_in("src/a") { vec![] } else { vec![(7, "no".to_owned())] });
    assert_eq!(found, ["src/a.rs:7: no", "src/ab/c.rs:7: no"]);
}
