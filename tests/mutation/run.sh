#!/usr/bin/env bash
# Puts one fault after the other into the code, and says which of them no test notices. The faults are in the *.mutations files beside this script.
#
#   tests/mutation/run.sh                    every mutation: about ten seconds each
#   tests/mutation/run.sh --check            only finds out whether the text of each is still there, once
#   tests/mutation/run.sh --list             only names them
#   tests/mutation/run.sh --only TEXT        those of this list, or whose name, file or tests contain this; may be given again
#   tests/mutation/run.sh --resume           without those that were killed the last time
#
# It works on a copy of this tree, with what is not committed yet, in SAGA_MUTATION_FOLDER (saga-mutation in TMPDIR, or else in /tmp). Each mutation becomes
#
#   killed            one of its tests failed, as it should
#   survived          its tests pass all the same: a test is missing
#   does not compile  the mutation has to be written in another way
#   not found         its text is not there, or more than once: the code has changed, and the mutation has to follow
#
# The exit code is 0 when all were killed. Tests that need PostgreSQL or RabbitMQ start their own, unless SAGA_TEST_POSTGRES and SAGA_TEST_RABBITMQ name some.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
exec </dev/null

# A compiler that stays is faster than one that is started for each mutation, unless somebody wants none to stay.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en UseSharedCompilation=${UseSharedCompilation:-true}
# In seconds: tests that take so long without a fault are too many for a mutation, and with a fault they hang, which is noticed, too. So does one test that
# waits so long for something.
patience=1200 patience_with_a_fault=120 patience_for_one_thing=30

fail() {
    echo "run.sh: $*" >&2
    exit 2
}

task=run only=() resume=''
while [ $# -gt 0 ]; do
    case $1 in
        --check | --list) task=${1#--} ;;
        --resume) resume=1 ;;
        --only)
            [ $# -ge 2 ] || fail "--only lacks its value, a part of a name, a file or a test class."
            only+=("$2")
            shift
            ;;
        *) fail "'$1' is not an option. Options: --check, --list, --only TEXT, --resume." ;;
    esac
    shift
done

folder=${SAGA_MUTATION_FOLDER:-${TMPDIR:-/tmp}/saga-mutation}
copy=$folder/tree results=$folder/results logs=$folder/logs

# --- The mutations --------------------------------------------------------------------------------------------------------

names=()
declare -A list file text replacement tests why

read_mutations() {
    local path line name='' number
    for path in tests/mutation/*.mutations; do
        number=0
        while IFS= read -r line || [ -n "$line" ]; do
            number=$((number + 1))
            case $line in
                '' | '#'*) ;;
                '== '*)
                    name=${line#== }
                    [ -z "${file[$name]+known}" ] || fail "$path:$number: there are two mutations $name. Give one of them another name."
                    names+=("$name")
                    list[$name]=$(basename "$path" .mutations)
                    file[$name]='' text[$name]='' replacement[$name]='' tests[$name]='' why[$name]=''
                    ;;
                'file: '*) file[$name]=${line#file: } ;;
                'text: '*) text[$name]=${line#text: } ;;
                'with:'*) line=${line#with:} replacement[$name]=${line# } ;;
                'tests: '*) tests[$name]+=${line#tests: }$'\n' ;;
                'why: '*) why[$name]=${line#why: } ;;
                *) fail "$path:$number: '$line' is no part of a mutation. The parts are: == name, why:, file:, text:, with:, tests:." ;;
            esac
        done <"$path"
    done
    for name in "${names[@]}"; do
        if [ -z "${file[$name]}" ] || [ -z "${text[$name]}" ] || [ -z "${tests[$name]}" ] || [ -z "${why[$name]}" ]; then
            fail "The mutation $name lacks one of why:, file:, text: and tests:."
        fi
    done
}

is_wanted() {
    local part
    [ ${#only[@]} = 0 ] && return 0
    for part in "${only[@]}"; do
        if [[ $1 == *"$part"* || ${list[$1]} == "$part" || ${file[$1]} == *"$part"* || ${tests[$1]} == *"$part"* ]]; then return 0; fi
    done
    return 1
}

# How many times the text of a mutation is in its file.
count() {
    [ -f "$1/${file[$2]}" ] || { echo 0; return; }
    TEXT=${text[$2]} awk '{ while ((at = index($0, ENVIRON["TEXT"])) > 0) { found++; $0 = substr($0, at + length(ENVIRON["TEXT"])) } } END { print found + 0 }' "$1/${file[$2]}"
}

mutate() {
    cp "$copy/${file[$1]}" "$folder/original"
    TEXT=${text[$1]} WITH=${replacement[$1]} awk '
        (at = index($0, ENVIRON["TEXT"])) > 0 { $0 = substr($0, 1, at - 1) ENVIRON["WITH"] substr($0, at + length(ENVIRON["TEXT"])) }
        { print }' "$folder/original" >"$copy/${file[$1]}"
}

# Not with the time it had: the build would take the mutated output for newer, and keep it.
restore() {
    local assembly
    cp "$folder/original" "$copy/${file[$1]}"
    for assembly in ${mutated[@]+"${mutated[@]}"}; do mv "$assembly.original" "$assembly"; done
}

# --- The copy -------------------------------------------------------------------------------------------------------------

# Keeps the times of files, so that a second run builds only what has changed since.
update_copy() {
    mkdir -p "$copy" "$logs"
    git ls-files --cached --others --exclude-standard | while IFS= read -r path; do [ ! -f "$path" ] || echo "$path"; done | LC_ALL=C sort >"$folder/files"
    (cd "$copy" && find . \( -name bin -o -name obj \) -prune -o -type f -print | sed 's|^\./||' | LC_ALL=C sort) >"$folder/copied"
    LC_ALL=C comm -13 "$folder/files" "$folder/copied" | while IFS= read -r path; do rm "$copy/$path"; done
    while IFS= read -r path; do
        if ! cmp -s "$path" "$copy/$path"; then
            mkdir -p "$copy/$(dirname "$path")"
            cp "$path" "$copy/$path"
        fi
    done <"$folder/files"
}

build() {
    (cd "$copy" && nice dotnet build "$1" -c Release -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false -v quiet -nologo "${@:2}") >"$log" 2>&1
}

# Runs test classes of a project, for at most so many seconds; fails when a test does.
run_tests() {
    local limit=$1 project=$2 class filter=()
    shift 2
    for class in "$@"; do filter+=(-class "*.$class"); done
    (cd "$copy" && nice timeout -k 15 "$limit" dotnet "tests/$project/bin/Release/net10.0/$project.dll" -noLogo -noColor -quiet -stopOnFail "${filter[@]}") >"$log" 2>&1
}

# Builds the project that the mutation is in, and puts its assembly where it is used. What refers to it is not built again, as a test that compares with a
# literal need not be.
build_mutated() {
    local project assembly built place
    project=$(cut -d / -f 2 <<<"${file[$1]}")
    assembly=$(sed -n 's|.*<AssemblyName>\(.*\)</AssemblyName>.*|\1|p' "$copy/src/$project/$project.csproj")
    assembly=${assembly:-$project}.dll
    built=$copy/src/$project/bin/Release/net10.0/$assembly
    build "src/$project/$project.csproj" --no-restore --no-dependencies || return 1
    while IFS= read -r place; do
        mutated+=("$place")
        cp "$place" "$place.original"
        cp "$built" "$place"
    done < <(find "$copy" -path "*/bin/Release/net10.0/$assembly" ! -path "$built")
}

# What becomes of a mutation that is in the copy.
judge() {
    local name=$1 project named
    verdict='does not compile'
    build_mutated "$name" || return 0
    verdict=survived
    while read -r project named; do
        [ -n "$project" ] || continue
        # shellcheck disable=SC2086 # Several classes.
        SAGA_TEST_PATIENCE=$patience_for_one_thing run_tests $patience_with_a_fault "$project" $named || { verdict=killed && return 0; }
    done <<<"${tests[$name]}"
}

# --- What to do -----------------------------------------------------------------------------------------------------------

# Read whole before it begins, so that this file may be changed meanwhile.
main() {
    read_mutations
    wanted=()
    for name in "${names[@]}"; do
        if is_wanted "$name"; then wanted+=("$name"); fi
    done
    [ ${#wanted[@]} -gt 0 ] || fail "no mutation has ${only[*]} in its name, file or tests. --list names them."

    if [ $task = list ]; then
        for name in "${wanted[@]}"; do printf '%-44s %s\n' "$name" "${why[$name]}"; done
        exit
    fi

    if [ $task = check ]; then
        wrong=0
        for name in "${wanted[@]}"; do
            found=$(count . "$name")
            [ "$found" = 1 ] || { wrong=$((wrong + 1)) && echo "$name: its text is in ${file[$name]} $found times. It must be there once: ${text[$name]}"; }
        done
        echo "${#wanted[@]} mutations, $wrong of them not found"
        [ $wrong = 0 ]
        exit
    fi

    update_copy
    touch "$results"
    [ -n "$resume" ] || : >"$results"
    was_killed() { [ "$(awk -F '\t' -v name="$1" '$1 == name { last = $2 } END { print last }' "$results")" = killed ]; }

    left=()
    for name in "${wanted[@]}"; do
        if ! was_killed "$name"; then left+=("$name"); fi
    done
    echo "${#left[@]} of ${#wanted[@]} mutations, in $copy"

    # Tests that fail without a fault, or are not there, would prove nothing with one.
    declare -A classes
    for name in ${left[@]+"${left[@]}"}; do
        while read -r project named; do
            if [ -n "$project" ]; then classes[$project]+=" $named"; fi
        done <<<"${tests[$name]}"
    done
    for project in "${!classes[@]}"; do
        log=$logs/$project.log
        echo "$project, without a fault"
        build "tests/$project/$project.csproj" || fail "$project does not build: $(tail -n 20 "$log")"
        known=$(dotnet "$copy/tests/$project/bin/Release/net10.0/$project.dll" -list classes)
        read -ra named <<<"$(tr ' ' '\n' <<<"${classes[$project]}" | sort -u | tr '\n' ' ')"
        for class in "${named[@]}"; do
            grep -q "\.$class\$" <<<"$known" || fail "$project has no test class $class. Correct the mutations that name it."
        done
        run_tests $patience "$project" "${named[@]}" || fail "$project fails without a fault: $(tail -n 40 "$log")"
    done

    number=0
    for name in ${left[@]+"${left[@]}"}; do
        number=$((number + 1)) began=$SECONDS log=$logs/$name.log verdict='not found'
        if [ "$(count "$copy" "$name")" = 1 ]; then
            mutated=()
            mutate "$name"
            judge "$name"
            restore "$name"
        fi
        printf '%s\t%s\t%s\n' "$name" "$verdict" $((SECONDS - began)) >>"$results"
        printf '%3d  %-44s %-16s %3d s\n' $number "$name" "$verdict" $((SECONDS - began))
    done

    # --- The summary ----------------------------------------------------------------------------------------------------------

    declare -A total=([killed]=0 [survived]=0 ['does not compile']=0 ['not found']=0)
    for name in "${wanted[@]}"; do
        verdict=$(awk -F '\t' -v name="$name" '$1 == name { last = $2 } END { print last }' "$results")
        total[$verdict]=$((total[$verdict] + 1))
        if [ "$verdict" != killed ]; then
            printf '\n%s: %s\n    %s\n    %s\n    - %s\n    + %s\n' "$name" "$verdict" "${why[$name]}" "${file[$name]}" "${text[$name]}" "${replacement[$name]}"
        fi
    done
    echo
    for verdict in killed survived 'does not compile' 'not found'; do printf '%-16s %4d\n' "$verdict" "${total[$verdict]}"; done
    [ "${total[killed]}" = ${#wanted[@]} ]
}

main
exit
