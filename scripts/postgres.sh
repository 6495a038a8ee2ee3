#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL: scripts/postgres.sh COMMAND [ARGUMENT…]
#
# The command finds the server's address in IMFLEET_TEST_POSTGRES. The server listens on loopback alone, at a free
# port, and is stopped and removed when the command ends, whatever its end; its exit code is handed on.
# IMFLEET_POSTGRES_SYNCS=on makes it sync its writes, as benches need; tests are faster without.
# Needs PostgreSQL's server programs; as root on Debian it installs them when they are missing.
set -euo pipefail

main() {
    (($#)) || fail "usage: scripts/postgres.sh COMMAND [ARGUMENT…]"

    programs=$(find_programs)
    if [[ -z $programs ]]; then
        install_server
        programs=$(find_programs)
    fi
    [[ -n $programs ]] || fail "PostgreSQL's server programs are still missing after the installation"

    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    # Job control gives every job a process group of its own, so that a job ends together with all it started.
    set -m

    make_cluster
    start_server
    run "$@"
}

fail() {
    printf 'postgres.sh: %s\n' "$1" >&2
    exit 1
}

# The folder of the newest server's programs, or nothing. Never by PATH, where wrappers may stand.
find_programs() {
    local server
    for server in $(printf '%s\n' /usr/lib/postgresql/*/bin/postgres | sort --version-sort --reverse); do
        if [[ -x $server && -x ${server%/*}/initdb && -x ${server%/*}/pg_isready ]]; then
            printf '%s\n' "${server%/*}"
            return
        fi
    done
}

install_server() {
    command -v apt-get >/dev/null || fail "needs PostgreSQL's server programs (initdb, postgres)"
    ((EUID == 0)) || fail "needs PostgreSQL's server programs: apt-get install postgresql"
    printf "postgres.sh: installing Debian's postgresql\n"

    # Debian's package would start a server of its own on the standard port.
    local quiet=/etc/postgresql-common/createcluster.d/imfleet.conf
    mkdir -p "${quiet%/*}"
    printf 'create_main_cluster = false\n' >"$quiet"

    export DEBIAN_FRONTEND=noninteractive
    local apt=(apt-get -qq -o DPkg::Lock::Timeout=300)
    { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends postgresql; } >/dev/null ||
        fail "Debian's postgresql could not be installed"
    rm -f "$quiet"
}

make_cluster() {
    home=$(mktemp -d "${TMPDIR:-/tmp}/imfleet-postgres.XXXXXX")
    # The server ends with this script, even when the script is killed outright; and it refuses to run as root.
    as_owner=(setpriv --pdeathsig QUIT)
    if ((EUID == 0)); then
        local owner=nobody
        ! id postgres &>/dev/null || owner=postgres
        as_owner+=(--reuid "$owner" --regid "$(id -g "$owner")" --init-groups)
        chown "$owner" "$home"
    fi

    init_database --locale=C.UTF-8 || init_database --no-locale || fail "initdb failed: $(cat "$home/log")"
}

init_database() {
    (cd "$home" && "${as_owner[@]}" "$programs/initdb" --pgdata=data --username=postgres --auth=trust \
        --encoding=UTF8 --no-sync "$1") &>"$home/log" && return
    rm -rf "$home/data"
    return 1
}

# Another program may take the port between the asking and the starting: then another port is asked for.
start_server() {
    local try syncs=${IMFLEET_POSTGRES_SYNCS:-off}
    for try in 1 2 3 4 5; do
        port=$(free_port)
        (cd "$home" && exec "${as_owner[@]}" "$programs/postgres" -D data -p "$port" -k "$home" \
            -c listen_addresses=127.0.0.1 -c timezone=UTC -c log_timezone=UTC -c max_connections=200 \
            -c fsync="$syncs" -c synchronous_commit="$syncs" -c full_page_writes="$syncs") &>"$home/log" &
        server=$!
        ! answers || return 0
        stop_server
        printf 'postgres.sh: no server at port %s (try %s)\n' "$port" "$try" >&2
    done
    fail "PostgreSQL does not start: $(cat "$home/log")"
}

free_port() {
    perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'
}

# Waits until the server answers, at most half a minute. Asked by its socket, where no other server can answer.
answers() {
    local tick
    for ((tick = 0; tick < 300; tick++)); do
        "$programs/pg_isready" --quiet --host="$home" --port="$port" && return 0
        kill -0 "$server" 2>/dev/null || return 1
        sleep 0.1
    done
    return 1
}

run() {
    export IMFLEET_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
    "$@" </dev/null &
    command=$!
    wait "$command"
}

clean_up() {
    if [[ -n ${command:-} ]]; then
        kill -TERM -- "-$command" 2>/dev/null || true
        wait "$command" 2>/dev/null || true
    fi
    stop_server
    [[ -z ${home:-} ]] || rm -rf "$home"
}

# SIGQUIT is PostgreSQL's immediate stop: nothing here is worth a checkpoint.
stop_server() {
    [[ -n ${server:-} ]] || return 0
    kill -QUIT "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
}

main "$@"
