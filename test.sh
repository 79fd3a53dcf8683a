#!/usr/bin/env bash
# Builds the solution once, with every analyzer on, and runs every test project. The last line says what came of it.
#
#   ./test.sh                            everything
#   ./test.sh -p Integration             only test projects whose name contains this
#   ./test.sh --filter When_a_step_fails only tests whose full name contains this (or an xunit query, if it begins with /)
#
# PostgreSQL and RabbitMQ are, in this order: the servers that SAGA_TEST_POSTGRES (Npgsql connection string) and
# SAGA_TEST_RABBITMQ (amqp:// URI, its management API beside it or in SAGA_TEST_RABBITMQ_MANAGEMENT) name; throwaway ones from
# the installed packages (on Debian, root gets missing packages installed); throwaway ones from docker-compose.yml.
# SAGA_TEST_TIMEOUT is how many seconds one test project may take (3600).
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
exec </dev/null

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1

say() {
    echo "-- $*"
}

# Something went wrong before or around the tests: that is a failure too, and must not look like a run without tests.
give_up() {
    echo "test.sh: $*"
    echo "0 passed, 1 failed"
    exit 1
}

only='' filter=()
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || give_up "'$1' is not an option, or lacks its value. Options: -p PROJECT, --filter TEXT."
    case $1 in
        -p | --project) only=$2 ;;
        --filter) if [[ $2 == /* ]]; then filter=(-filter "$2"); else filter=(-method "*$2*"); fi ;;
        *) give_up "'$1' is not an option. Options: -p PROJECT, --filter TEXT." ;;
    esac
    shift 2
done

command -v dotnet >/dev/null || give_up "the .NET 10 SDK is not installed (no 'dotnet' on the PATH)."

scratch=$(mktemp -d)
# The database and the broker run as users of their own and must reach their folders in it.
chmod 755 "$scratch"
# What a stopped or crashed test leaves behind in its temporary folder goes with the rest.
mkdir "$scratch/tmp"
export TMPDIR=$scratch/tmp SAGA_TEST_OWNER=$$
compose=() running='' starting=()

clean_up() {
    trap - EXIT INT TERM
    if [ -n "$running" ]; then kill "$running" 2>/dev/null || true; fi
    # A server that is still starting would otherwise miss its own end.
    if [ ${#starting[@]} -gt 0 ]; then wait "${starting[@]}" 2>/dev/null || true; fi
    for folder in "$scratch"/* "$scratch"/tmp/*; do
        tests/servers/stop "$folder" || true
    done
    if [ ${#compose[@]} -gt 0 ]; then "${compose[@]}" down --volumes >/dev/null 2>&1 || true; fi
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# --- What has to be installed ---------------------------------------------------------------------------------------------

has_postgres() { command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
has_rabbitmq() { command -v rabbitmq-server >/dev/null || [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]; }
has_docker() { command -v docker >/dev/null && docker compose version >/dev/null 2>&1 && docker info >/dev/null 2>&1; }

install() {
    say "installing with apt-get: $*"
    local policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then
        # Debian starts a server as soon as it is installed, open to the network. Only our own instances are wanted.
        printf '#!/bin/sh\nexit 101\n' >$policy
        chmod +x $policy
    else
        policy=''
    fi
    if {
        apt-get update -qq || apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
    } >"$scratch/apt.log" 2>&1; then
        rm -f $policy
    else
        rm -f $policy
        give_up "apt-get could not install $*: $(tail -n 20 "$scratch/apt.log")"
    fi
}

missing=()
if [ -z "${SAGA_TEST_POSTGRES:-}" ] && ! has_postgres; then missing+=(postgresql); fi
if [ -z "${SAGA_TEST_RABBITMQ:-}" ] && ! has_rabbitmq; then missing+=(rabbitmq-server); fi
if ! command -v node >/dev/null; then missing+=(nodejs); fi
if ! command -v npm >/dev/null; then missing+=(npm); fi
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    install "${missing[@]}"
fi
command -v npm >/dev/null || give_up "Node.js is not installed (no 'npm' on the PATH); the test of the plain JSON client needs it."

# --- Servers, which start while the solution builds -----------------------------------------------------------------------

if [ -z "${SAGA_TEST_POSTGRES:-}" ]; then
    if has_postgres; then
        tests/servers/start-postgres "$scratch/postgres" >"$scratch/postgres.uri" 2>"$scratch/postgres.error" &
        postgres=$!
        starting+=("$postgres")
    elif has_docker; then
        compose_services+=(postgres)
    else
        give_up "there is no PostgreSQL: install it, or Docker, or set SAGA_TEST_POSTGRES to an Npgsql connection string."
    fi
fi
if [ -z "${SAGA_TEST_RABBITMQ:-}" ]; then
    if has_rabbitmq; then
        tests/servers/start-rabbitmq "$scratch/rabbitmq" >"$scratch/rabbitmq.uri" 2>"$scratch/rabbitmq.error" &
        rabbitmq=$!
        starting+=("$rabbitmq")
    elif has_docker; then
        compose_services+=(rabbitmq)
    else
        give_up "there is no RabbitMQ: install it, or Docker, or set SAGA_TEST_RABBITMQ to an amqp:// URI."
    fi
fi
if [ -n "${compose_services:-}" ]; then
    # Port 0 lets Docker choose, so that neither a development stack nor another run is in the way.
    export SAGA_POSTGRES_PORT=0 SAGA_RABBITMQ_PORT=0 SAGA_RABBITMQ_MANAGEMENT_PORT=0
    export SAGA_POSTGRES_PASSWORD=saga-test SAGA_RABBITMQ_PASSWORD=saga-test
    compose=(docker compose --project-name "saga-test-$$")
    say "starting with docker compose: ${compose_services[*]}"
    "${compose[@]}" up --detach --wait "${compose_services[@]}" >"$scratch/compose.log" 2>&1 ||
        give_up "docker compose failed: $(tail -n 20 "$scratch/compose.log")"
    for service in "${compose_services[@]}"; do
        case $service in
            postgres)
                address=$("${compose[@]}" port postgres 5432)
                export SAGA_TEST_POSTGRES="Host=127.0.0.1;Port=${address##*:};Username=saga;Password=saga-test;Database=postgres"
                ;;
            rabbitmq)
                address=$("${compose[@]}" port rabbitmq 5672)
                export SAGA_TEST_RABBITMQ="amqp://saga:saga-test@127.0.0.1:${address##*:}"
                address=$("${compose[@]}" port rabbitmq 15672)
                export SAGA_TEST_RABBITMQ_MANAGEMENT="http://saga:saga-test@127.0.0.1:${address##*:}"
                ;;
        esac
    done
fi

# --- Build ----------------------------------------------------------------------------------------------------------------

say "building"
# A package feed may fail for a moment; the compiler does not.
dotnet restore Saga.sln -v quiet >"$scratch/restore.log" 2>&1 || dotnet restore Saga.sln -v quiet >"$scratch/restore.log" 2>&1 ||
    give_up "restore failed: $(tail -n 30 "$scratch/restore.log")"
# Build servers would stay behind and keep this script's output open.
if ! dotnet build Saga.sln --no-restore -c Release -v quiet -clp:NoSummary --disable-build-servers >"$scratch/build.log" 2>&1; then
    grep -E '(error|warning) [A-Z]+[0-9]+' "$scratch/build.log" | sort -u || tail -n 30 "$scratch/build.log"
    give_up "the build failed."
fi
client=tests/plain-json-client
if [ ! -d $client/node_modules ]; then
    (cd $client && npm ci --no-audit --no-fund) >"$scratch/npm.log" 2>&1 || give_up "npm ci failed in $client: $(tail -n 20 "$scratch/npm.log")"
fi

if [ -n "${postgres:-}" ]; then
    wait "$postgres" || give_up "$(cat "$scratch/postgres.error")"
    export SAGA_TEST_POSTGRES
    SAGA_TEST_POSTGRES=$(cat "$scratch/postgres.uri")
fi
if [ -n "${rabbitmq:-}" ]; then
    wait "$rabbitmq" || give_up "$(cat "$scratch/rabbitmq.error")"
    export SAGA_TEST_RABBITMQ SAGA_TEST_RABBITMQ_MANAGEMENT
    SAGA_TEST_RABBITMQ=$(cat "$scratch/rabbitmq.uri")
    SAGA_TEST_RABBITMQ_MANAGEMENT=$(cat "$scratch/rabbitmq/management-uri")
fi

# --- Tests ----------------------------------------------------------------------------------------------------------------

passed=0 failed=0 skipped=0 failures=''
limit=${SAGA_TEST_TIMEOUT:-3600}

# The runner's XML says on its <assembly> elements how many tests had which end.
sum() {
    grep -o '<assembly [^>]*>' "$2" | grep -oE " $1=\"[0-9]+\"" | tr -cd '0-9\n' | awk '{ total += $1 } END { print total + 0 }'
}

# "  <test>: <what went wrong, in a line, without its middle if that is long>" for each failed test of that XML.
name_failures() {
    awk 'BEGIN { RS = "<(test|error) " } NR > 1 && /<failure/ {
        match($0, /name="[^"]*"/)
        line = substr($0, RSTART + 6, RLENGTH - 7)
        if (match($0, /<message>.*<\/message>/)) line = line ": " substr($0, RSTART + 18, RLENGTH - 31)
        gsub(/&quot;/, "\"", line)
        gsub(/(\\r|\\n|[ \t\n])+/, " ", line)
        # A program that a test ran says last what was wrong.
        if (length(line) > 1600) line = substr(line, 1, 600) " […] " substr(line, length(line) - 999)
        print "  " line
    }' "$1"
}

run() {
    local name=$1 results=$scratch/$1.xml code=0 began=$SECONDS ok bad left problem=''
    # Its own process group, so that a project which hangs goes with all it started; the runner names tests that take long.
    timeout -k 15 "$limit" dotnet "tests/$name/bin/Release/net10.0/$name.dll" -noLogo -noColor -noAutoReporters -quiet \
        -longRunning 60 ${filter[@]+"${filter[@]}"} -xml "$results" &
    running=$!
    wait "$running" || code=$?
    running=''
    if [ -s "$results" ]; then
        ok=$(sum passed "$results") bad=$(($(sum failed "$results") + $(sum errors "$results"))) left=$(sum skipped "$results")
    else
        ok=0 bad=0 left=0
    fi
    if [ "$code" = 124 ] || [ "$code" = 137 ]; then
        problem="was stopped after $limit seconds (SAGA_TEST_TIMEOUT)"
    elif [ ! -s "$results" ]; then
        problem="crashed: the runner ended with code $code and no results"
    elif [ "$code" != 0 ] && [ "$bad" = 0 ]; then
        problem="reported no failed test, but the runner ended with code $code"
    elif [ $((ok + bad + left)) = 0 ] && [ ${#filter[@]} = 0 ]; then
        problem="ran no tests"
    fi
    if [ -n "$problem" ]; then
        echo "$name $problem."
        failures+="  $name $problem"$'\n'
        bad=$((bad + 1))
    fi
    if [ -s "$results" ]; then failures+=$(name_failures "$results")$'\n'; fi
    say "$name: $ok passed, $bad failed, $left skipped in $((SECONDS - began)) s"
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + left))
}

for project in tests/*/*.csproj; do
    name=$(basename "$project" .csproj)
    if [[ $name != *"$only"* ]]; then continue; fi
    if [ -z "$(find "$(dirname "$project")" \( -name bin -o -name obj \) -prune -o -name '*.cs' -print -quit)" ]; then
        say "$name: no test files yet"
        continue
    fi
    run "$name"
done

if [ $((passed + failed)) = 0 ]; then give_up "no test was run. Check -p and --filter."; fi
# Once more, where nobody has to look for them among what the tests printed.
if [ "$failed" != 0 ]; then
    say "failed:"
    grep . <<<"$failures" || true
fi
summary="$passed passed, $failed failed"
if [ "$skipped" -gt 0 ]; then summary+=", $skipped skipped"; fi
echo "$summary"
[ "$failed" = 0 ]
