#!/usr/bin/env bash
# The gate: everything a change must pass. CI runs this same script.
#
# Needs Rust (rustup's, with rustfmt and clippy), a C compiler and the registries of crates and of Debian; PostgreSQL
# and chromium are installed when they are missing (scripts/postgres.sh, scripts/browser.sh); axe-core comes by npm
# (scripts/axe.sh). Uses cargo-nextest where it is installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

main() {
    if [[ -n ${CI:-} ]]; then
        # A fresh clone is built once: incremental builds would only fill the disk.
        export CARGO_TERM_COLOR=never CARGO_INCREMENTAL=0
    fi
    choose_runner

    trap end_step EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    # Job control gives every step a process group of its own, so that a step ends together with all it started.
    set -m

    step 'The code is formatted' cargo fmt --check
    step 'Clippy is content' cargo clippy --locked --all-targets -- -D warnings
    step 'A browser and axe-core are at hand' bash scripts/browser.sh
    step 'The tests build' cargo test --locked --tests --no-run
    # The programs tidy, rules, portal (in a browser) and api; api runs on SQLite and, at the address given here, on
    # PostgreSQL. One of its tests compares openapi/v1.json with the routes.
    step 'The tests pass on SQLite and PostgreSQL' bash scripts/postgres.sh "${runner[@]}"
    printf '\nAll is well after %d s.\n' "$SECONDS"
}

choose_runner() {
    runner=(cargo test --locked --tests --no-fail-fast)
    if cargo nextest --version &>/dev/null; then
        runner=(cargo nextest run --locked --no-fail-fast)
    fi
}

# Announces a step, runs it and tells how long it took; the first that fails ends the gate.
step() {
    local caption=$1 began=$SECONDS code=0
    shift
    printf '\n== %s: %s\n' "$caption" "$*"
    "$@" </dev/null &
    running=$!
    wait "$running" || code=$?
    if ((code)); then
        printf '== %s: NO, exit code %d after %d s\n' "$caption" "$code" "$((SECONDS - began))"
        exit "$code"
    fi
    running=
    printf '== %s: yes, %d s\n' "$caption" "$((SECONDS - began))"
}

# Ends the step that is running, and waits until it has cleaned up after itself.
end_step() {
    [[ -n ${running:-} ]] || return 0
    kill -TERM -- "-$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || true
}

main "$@"
