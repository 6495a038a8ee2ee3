//! Reads the golden tables of `tests/rules/tables`, and tells what is missing in them.

use std::{fmt::Debug, path::Path};

use serde::de::DeserializeOwned;

/// Every row of a golden table; a row that does not read, or a table without rows, fails the test.
pub fn rows<Row: DeserializeOwned>(table: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/tables").join(table);
    let rows: Vec<Row> = csv::Reader::from_path(path).unwrap().into_deserialize().map(Result::unwrap).collect();
    assert!(!rows.is_empty(), "{table} has no rows");
    rows
}

/// Fails unless every state stands beside every step in one row, and in one only.
pub fn assert_every_pair<State, Step>(rows: &[(State, Step)], states: &[State], steps: &[Step])
where
    State: PartialEq + Debug + Copy,
    Step: PartialEq + Debug + Copy,
{
    for state in states {
        for step in steps {
            let count = rows.iter().filter(|row| **row == (*state, *step)).count();
            assert_eq!(count, 1, "rows for {state:?} × {step:?}");
        }
    }
}

/// Fails unless every step of a life cycle is tried by a row: a step is a public function that consumes the state
/// before it, and the words that begin with its name try it.
pub fn assert_every_step_is_tried(source: &str, tried: &[String]) {
    let is_step = |arguments: &str| arguments.starts_with("self") || arguments.starts_with("mut self");
    let functions = source.split("pub fn ").skip(1).filter_map(|text| text.split_once('('));
    let steps = functions.filter(|(_, arguments)| is_step(arguments.trim_start())).map(|(name, _)| name);
    let steps: Vec<&str> = steps.collect();
    assert!(!steps.is_empty(), "the source has no steps");
    for step in steps {
        assert!(tried.iter().any(|word| word.starts_with(step)), "no row tries `{step}`");
    }
}

/// Declares the words of a column: an enum that reads them, and the list of them all.
macro_rules! column {
    ($(#[$doc:meta])* $name:ident { $($word:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum $name {
            $($word),+
        }

        impl $name {
            const ALL: &[Self] = &[$(Self::$word),+];
        }
    };
}
pub(crate) use column;
