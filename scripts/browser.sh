#!/usr/bin/env bash
# Sees that what the browser tests need is here: chromium, chromedriver, a Chinese font, and axe-core (scripts/axe.sh).
#
# As root on Debian it installs what is missing; elsewhere it says what to install.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

main() {
    local missing=()
    command -v chromium >/dev/null || missing+=(chromium)
    command -v chromedriver >/dev/null || missing+=(chromium-driver)
    has_font || missing+=(fonts-noto-cjk)
    command -v npm >/dev/null || missing+=(npm)
    ((${#missing[@]} == 0)) || install "${missing[@]}"
    bash scripts/axe.sh
}

has_font() {
    local fonts=(/usr/share/fonts/opentype/noto/NotoSansCJK-*.ttc /usr/share/fonts/truetype/wqy/*.ttc)
    [[ -e ${fonts[0]} || -e ${fonts[1]:-} ]]
}

install() {
    command -v apt-get >/dev/null || fail "needs: $*"
    ((EUID == 0)) || fail "needs: apt-get install $*"
    printf "browser.sh: installing Debian's %s\n" "$*"
    export DEBIAN_FRONTEND=noninteractive
    local apt=(apt-get -qq -o DPkg::Lock::Timeout=300)
    { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "$@"; } >/dev/null ||
        fail "Debian's $* could not be installed"
}

fail() {
    printf 'browser.sh: %s\n' "$1" >&2
    exit 1
}

main "$@"
