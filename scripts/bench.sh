#!/usr/bin/env bash
# Prints every figure of speed with its ratios, in one run of some five minutes after the build.
# `cargo bench --bench checks -- full` takes the latencies of checks for three times 60 s.
#
# Needs what scripts/check.sh needs, and a machine of two cores that does nothing else. Loopback alone; the PostgreSQL
# is a throw-away one that syncs its writes as in earnest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

main() {
    trap end_bench EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    # Job control gives every bench a process group of its own, so that it ends together with all it started.
    set -m

    run cargo bench --locked --no-run
    printf '\n%s, %s cores, load %s\n\n' "$(rustc --version)" "$(nproc)" "$(cut -d ' ' -f 1 /proc/loadavg)"
    run cargo bench --locked --quiet --bench judging
    run cargo bench --locked --quiet --bench offline
    run cargo bench --locked --quiet --bench deciding
    run cargo bench --locked --quiet --bench findings
    run cargo bench --locked --quiet --bench intake
    run taskset -c 0 cargo bench --locked --quiet --bench checks
    run cargo bench --locked --quiet --bench fleet
    export IMFLEET_POSTGRES_SYNCS=on
    run bash scripts/postgres.sh cargo bench --locked --quiet --bench importing
    run bash scripts/postgres.sh taskset -c 0 cargo bench --locked --quiet --bench http
}

run() {
    "$@" </dev/null &
    running=$!
    wait "$running"
    running=
}

# Ends the bench that is running, and waits until it has cleaned up after itself.
end_bench() {
    [[ -n ${running:-} ]] || return 0
    kill -TERM -- "-$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || true
}

main "$@"
