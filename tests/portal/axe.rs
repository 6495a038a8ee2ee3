//! Accessibility by axe-core, which `scripts/check.sh` lays under `target/`; without it these tests fail and say so.

use std::{fs, path::PathBuf};

use serde_json::Value;

use crate::browser::Browser;

/// Finds no violation of WCAG 2.1 A and AA on the page at hand.
#[track_caller]
pub fn must_be_clean(browser: &Browser, place: &str) {
    browser.run(&format!("{}; return true", script()), vec![]);
    let found = browser.run_async(
        "const done = arguments[arguments.length - 1];
         axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })
            .then((found) => done(found.violations.map((one) => one.id + ': ' + one.help + ' — '
                + one.nodes.slice(0, 3).map((node) => node.html + ' ' + (node.failureSummary || '')).join(' | '))),
                  (error) => done([String(error)]))",
        vec![],
    );
    assert_eq!(found, Value::Array(vec![]), "axe on {place}: {found:#}");
}

fn script() -> String {
    let place = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/axe/node_modules/axe-core/axe.min.js");
    fs::read_to_string(&place).expect("axe-core is missing under target/axe: bash scripts/axe.sh lays it there")
}
