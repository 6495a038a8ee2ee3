//! The paths that a source names: `use` groups spelled out, `super` and `self` resolved.

use crate::tokens::{Kind, Token, tokens};
use crate::tree::Source;

/// A path of two or more steps, such as `crate::features::cases`, and its line.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    /// Counted from 1.
    pub line: usize,
    /// `crate::…` for what is ours, otherwise as it is written.
    pub path: String,
}

impl Named {
    /// Whether it is this module or something in it.
    pub fn is_in(&self, module: &str) -> bool {
        self.path.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    }

    /// The crate it comes from, or the module it starts at.
    pub fn first(&self) -> &str {
        self.path.split("::").next().unwrap_or_default()
    }
}

/// Every path that a file names, in texts too (`#[serde(with = "crate::…")]`).
pub fn paths(source: &Source) -> Vec<Named> {
    let tokens = tokens(&source.text);
    let mut found = Vec::new();
    let mut rest = tokens.as_slice();
    while let [token, after @ ..] = rest {
        rest = match &token.kind {
            Kind::Word(word) if word == "use" => tree(after, &[], &mut found),
            Kind::Word(_) => single(rest, &mut found),
            Kind::Text(text) if text.starts_with("crate::") || text.starts_with("super::") => {
                found.push(Named { line: token.line, path: text.clone() });
                after
            }
            _ => after,
        };
    }
    let home = module(&source.path);
    found.retain(|named| named.path.contains("::"));
    for named in &mut found {
        named.path = resolve(&home, &named.path);
    }
    found
}

/// Reads `a::b::c` and gives what follows.
fn single<'a>(mut rest: &'a [Token], found: &mut Vec<Named>) -> &'a [Token] {
    let mut steps = Vec::new();
    let line = rest.first().map_or(0, |token| token.line);
    while let [token, after @ ..] = rest {
        let Some(word) = token.word() else { break };
        steps.push(word);
        rest = after;
        match rest {
            [joint, next, ..] if joint.is("::") && next.word().is_some() => rest = &rest[1..],
            _ => break,
        }
    }
    found.push(Named { line, path: steps.join("::") });
    rest
}

/// Reads one branch of a `use`, such as `a::{b, c::d as e}`, and gives what follows.
fn tree<'a>(mut rest: &'a [Token], before: &[&str], found: &mut Vec<Named>) -> &'a [Token] {
    let mut steps = before.to_vec();
    let line = rest.first().map_or(0, |token| token.line);
    while let [token, after @ ..] = rest {
        match token.word() {
            Some("as") => rest = after.get(1..).unwrap_or_default(),
            Some(word) => {
                steps.push(word);
                rest = after;
            }
            None if token.is("::") => rest = after,
            None if token.is("*") => {
                steps.push("*");
                rest = after;
            }
            None if token.is("{") => return group(after, &steps, found),
            None => break,
        }
    }
    found.push(Named { line, path: steps.join("::") });
    rest
}

fn group<'a>(mut rest: &'a [Token], before: &[&str], found: &mut Vec<Named>) -> &'a [Token] {
    while let [token, after @ ..] = rest {
        if token.is("}") {
            return after;
        }
        rest = if token.word().is_some() || token.is("*") { tree(rest, before, found) } else { after };
    }
    rest
}

/// The module of a file: `src/features/cases/store.rs` is `features::cases::store`.
fn module(path: &str) -> Vec<&str> {
    let inner = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
    inner.split('/').filter(|step| !["mod", "lib", "main"].contains(step)).collect()
}

fn resolve(home: &[&str], path: &str) -> String {
    let steps: Vec<&str> = path.split("::").collect();
    let ups = steps.iter().take_while(|step| ["super", "self"].contains(*step)).count();
    if ups == 0 {
        return path.to_owned();
    }
    let levels = steps[..ups].iter().filter(|step| **step == "super").count();
    let kept = &home[..home.len().saturating_sub(levels)];
    [&["crate"], kept, &steps[ups..]].concat().join("::")
}

#[test]
fn use_groups_are_spelled_out_and_relative_paths_resolved() {
    let text = "use crate::{a::{self, b as c}, d::*};\nuse super::super::vehicles::find;\nfn f() { super::store::g(diesel::dsl::now); }\n#[serde(with = \"crate::h\")]\npub(crate) struct I;";
    let named = paths(&Source::planted("src/features/cases/actions.rs", text));
    let named: Vec<_> = named.iter().map(|named| format!("{} {}", named.line, named.path)).collect();
    let expected = [
        "1 crate::a::self",
        "1 crate::a::b",
        "1 crate::d::*",
        "2 crate::features::vehicles::find",
        "3 crate::features::cases::store::g",
        "3 diesel::dsl::now",
        "4 crate::h",
    ];
    assert_eq!(named, expected);
}

#[test]
fn a_module_file_stands_for_its_folder() {
    assert_eq!(module("src/features/cases/mod.rs"), ["features", "cases"]);
    assert_eq!(module("src/lib.rs"), [""; 0]);
    assert_eq!(resolve(&["features", "cases"], "super::vehicles"), "crate::features::vehicles");
    assert_eq!(resolve(&["features", "cases"], "self::wire"), "crate::features::cases::wire");
}

#[test]
fn a_longer_name_is_another_module() {
    let named = Named { line: 1, path: "crate::platforms::db".to_owned() };
    assert!(!named.is_in("crate::platform") && named.is_in("crate::platforms"));
    assert_eq!(named.first(), "crate");
}
