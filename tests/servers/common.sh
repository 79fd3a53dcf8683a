# Sourced by the scripts beside it; expects `set -euo pipefail`.

fail() {
    echo "$*" >&2
    exit 1
}

# Told apart from a failure by its exit code, so that tests which need a server of their own can be skipped without one.
unavailable() {
    echo "$*" >&2
    exit 69
}

# Server packages refuse to run as root, and bring a user of their own.
as_user() {
    local user=$1
    shift
    if [ "$(id -u)" = 0 ]; then runuser -u "$user" -- "$@"; else "$@"; fi
}

# Gives the folder to the server's own user.
own() {
    chmod 755 "$2"
    if [ "$(id -u)" = 0 ]; then chown -R "$1" "$2"; fi
    as_user "$1" test -w "$2" || fail "User '$1' cannot reach $2. Every folder above it must let others through (chmod o+x)."
}

port_is_open() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Below the range from which the kernel gives ports to outgoing connections, so that none of those can take it meanwhile.
free_port() {
    local port
    for _ in {1..50}; do
        port=$((RANDOM % 20000 + 12000))
        if ! port_is_open "$port"; then
            echo "$port"
            return
        fi
    done
    fail "No free port was found on 127.0.0.1 between 12000 and 32000."
}

# Ids of the server processes that run in the folder. Nothing else that may be there, such as someone's shell, is one of ours;
# and an id read from a file may have gone to another process since.
server_processes() {
    local dir=$1 process cwd
    for process in /proc/[0-9]*; do
        cwd=$(readlink "$process/cwd" 2>/dev/null) || continue
        if [ "$cwd" != "$dir" ] && [ "$cwd" != "$dir/data" ]; then continue; fi
        case $(cat "$process/comm" 2>/dev/null) in
            postgres | beam.smp | epmd | erl_child_setup | inet_gethost) echo "${process#/proc/}" ;;
        esac
    done
}

# Waits up to SECONDS for a command to succeed.
wait_until() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        if [ "$SECONDS" -ge "$deadline" ]; then return 1; fi
        sleep 0.1
    done
}

# Servers must not outlive the run that wanted them, even if that is killed and can clean nothing up.
stop_when_owner_ends() {
    local dir=$1 stop
    if [ -z "${SAGA_TEST_OWNER:-}" ]; then return; fi
    stop=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/stop
    setsid bash -c 'tail --pid="$1" -f /dev/null; "$2" "$3"' watch "$SAGA_TEST_OWNER" "$stop" "$dir" </dev/null >/dev/null 2>&1 &
}

absolute_dir() {
    [ $# = 1 ] || fail "usage: $(basename "$0") FOLDER"
    mkdir -p "$1"
    readlink -f "$1"
}
