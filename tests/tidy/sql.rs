//! SQL takes its values from Rust and locks only where the lock is looked for.

use crate::features::place;
use crate::tokens::{Kind, is_of_word, tokens};
use crate::tree::{Findings, Source, assert_none, sources, violations};

/// What a database makes up by itself, and differently on each engine or node.
const MADE_UP: [&str; 10] = [
    "now()",
    "'now'",
    "current_timestamp",
    "current_date",
    "::date",
    "date_trunc",
    "random()",
    "gen_random_uuid",
    "nextval",
    "skip locked",
];

/// The same in diesel's words.
const MADE_UP_WORDS: [&str; 4] = ["date_trunc", "gen_random_uuid", "nextval", "skip_locked"];

/// Whether a text holds the phrase, not as a part of longer names.
fn holds(text: &str, phrase: &str) -> bool {
    let text = text.to_lowercase();
    text.match_indices(phrase).any(|(at, _)| {
        let joins =
            |inner: Option<char>, outer: Option<char>| inner.is_some_and(is_of_word) && outer.is_some_and(is_of_word);
        let before = joins(phrase.chars().next(), text[..at].chars().next_back());
        let after = joins(phrase.chars().next_back(), text[at + phrase.len()..].chars().next());
        !before && !after
    })
}

fn made_up(source: &Source) -> Findings {
    let mut found = Vec::new();
    for (line, text) in statements(source) {
        found.extend(
            MADE_UP.iter().filter(|phrase| holds(&text, phrase)).map(|phrase| (line, format!("has {phrase}"))),
        );
    }
    if source.is_a("rs") {
        let tokens = tokens(&source.text);
        let words = tokens.iter().filter_map(|token| Some((token.line, token.word()?)));
        let banned = words.filter(|(_, word)| MADE_UP_WORDS.contains(word));
        found.extend(banned.map(|(line, word)| (line, format!("has {word}"))));
        let paths = crate::paths::paths(source).into_iter().filter(|named| named.path.ends_with("dsl::now"));
        found.extend(paths.map(|named| (named.line, format!("has {}", named.path))));
    }
    found
}

/// The lines that may be SQL: of Rust the texts, of SQL all but the comments.
fn statements(source: &Source) -> Vec<(usize, String)> {
    let lines = |first: usize, text: &str| -> Vec<_> {
        text.lines().enumerate().map(|(at, line)| (first + at, line.to_owned())).collect()
    };
    if source.is_a("sql") {
        let all = lines(1, &source.text).into_iter();
        return all.map(|(at, line)| (at, line.split("--").next().unwrap_or_default().to_owned())).collect();
    }
    let texts = tokens(&source.text).into_iter().filter_map(|token| match token.kind {
        Kind::Text(text) => Some(lines(token.line, &text)),
        _ => None,
    });
    texts.flatten().collect()
}

/// Locks taken outside `store::lock` and the write door.
fn stray_locks(source: &Source) -> Findings {
    if source.is_in("src/platform/db") || source.path == "src/platform/db.rs" {
        return vec![];
    }
    if source.is_a("sql") {
        let lines = statements(source).into_iter().filter(|(_, text)| holds(text, "for update"));
        return lines.map(|(line, _)| (line, "locks rows".to_owned())).collect();
    }
    let in_store = place(&source.path).is_some_and(|(_, part)| part == "store");
    let (mut found, mut function, mut after_fn) = (Vec::new(), String::new(), false);
    for token in tokens(&source.text) {
        let locks = match &token.kind {
            Kind::Word(word) => ["for_update", "for_no_key_update"].contains(&word.as_str()),
            Kind::Text(text) => is_locking(text),
            Kind::Sign(_) => false,
        };
        if let Some(name) = token.word().filter(|_| after_fn) {
            name.clone_into(&mut function);
        }
        after_fn = token.word() == Some("fn");
        let may_lock = in_store && (function == "lock" || function.starts_with("lock_"));
        if locks && !may_lock {
            found.push((token.line, "locks rows".to_owned()));
        }
    }
    found
}

/// Whether a text is a locking statement or its end, and not mere prose.
fn is_locking(text: &str) -> bool {
    let statement = holds(text, "select") || text.trim_start().to_lowercase().starts_with("for ");
    statement && (holds(text, "for update") || holds(text, "for no key update"))
}

fn all() -> Vec<Source> {
    let mut all = sources(&["src"], ".rs");
    all.extend(sources(&["src", "migrations"], ".sql"));
    all
}

#[test]
fn sql_takes_time_ids_and_days_from_rust() {
    let mend =
        "bind the value: time and ids come from platform::clock, days from domain::time, numbers from the journal";
    assert_none(&violations(&all(), made_up), mend);
}

#[test]
fn rows_are_locked_only_by_the_lock_of_a_store() {
    let mend = "lock the row in the feature's `store::lock` (or `lock_…` for many), by its vehicle and its id";
    assert_none(&violations(&all(), stray_locks), mend);
}

#[test]
fn planted_sql_is_caught() {
    let rows = [
        ("a.sql", "at timestamptz default NOW(), -- now()", 1),
        ("a.sql", "-- date_trunc would use the worker's time zone\nselect unknown(), update_date", 0),
        ("a.sql", "x default current_timestamp,\ny date default (DATE('now'))", 2),
        ("a.rs", "sql_query(\"SELECT at::date,\n random()\")", 2),
        ("a.rs", "let at = clock.now(); let b = rand::random(); // nextval", 0),
        ("a.rs", "table.skip_locked(); let at = diesel::dsl::now;", 2),
        ("a.rs", "sql(\"select nextval('a')\"); sql(r\"… SKIP LOCKED\"); sql(\"gen_random_uuid()\")", 3),
    ];
    for (path, text, expected) in rows {
        let found = made_up(&Source::planted(path, text));
        assert_eq!(found.len(), expected, "{text}: {found:?}");
    }
}

#[test]
fn a_planted_lock_is_caught() {
    let find = "fn find() { cases.for_update(); }";
    let lock = "pub fn lock(id: Id) { cases.for_update(); sql(\"select 1 for update\") }";
    let prose = "fn find() { \"nothing is left for update\" }";
    let text = "fn find() { sql(\"SELECT 1 FOR UPDATE\"); sql(\" FOR UPDATE\") }";
    let rows = [
        ("src/features/cases/store.rs", find, 1),
        ("src/features/cases/store.rs", lock, 0),
        ("src/features/cases/store/lock.rs", "fn lock_all() { cases.for_no_key_update() }", 0),
        ("src/features/cases/store.rs", prose, 0),
        ("src/features/cases/store.rs", text, 2),
        ("src/features/cases/actions.rs", lock, 2),
        ("src/platform/db/write.rs", find, 0),
        ("src/platform/journal.rs", lock, 2),
        ("migrations/postgres/1/up.sql", "select 1 for update", 1),
    ];
    for (path, text, expected) in rows {
        assert_eq!(stray_locks(&Source::planted(path, text)).len(), expected, "{path}: {text}");
    }
}
