#!/usr/bin/env bash
# Lays axe-core, which looks for faults of accessibility, under target/axe for the browser tests. Needs npm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=4.14.1
home=target/axe
[[ ! -f $home/node_modules/axe-core/axe.min.js ]] || exit 0
mkdir -p "$home"
npm install --prefix "$home" --no-audit --no-fund --no-save --ignore-scripts "axe-core@$version" >/dev/null ||
    { printf 'axe.sh: axe-core could not be fetched by npm\n' >&2; exit 1; }
