# Runs a check as a list of steps: each is announced and timed; failed steps are listed at the end.
# Sourced after say.sh; POSIX sh.

failed=
left_out=
steps=0
started=$(now)

# step NAME COMMAND...
step() {
    name=$1
    shift
    steps=$((steps + 1))
    printf '\n== %s\n' "$name"
    began=$(now)
    if "$@" </dev/null; then
        printf '   passed (%s s)\n' "$(($(now) - began))"
    else
        printf '   FAILED (%s s)\n' "$(($(now) - began))"
        failed="$failed${failed:+, }$name"
    fi
}

# beside NAME COMMAND...: begins a step that runs beside the following ones, until `joined`. One at a time.
beside() {
    beside_name=$1
    shift
    printf '\n== %s: runs beside the following steps\n' "$beside_name"
    beside_began=$(now)
    beside_log=$(mktemp)
    "$@" </dev/null >"$beside_log" 2>&1 &
    beside=$!
    trap 'end_tree "$beside"; rm -f "$beside_log"' EXIT
    trap 'exit 130' INT TERM
}

# Waits for the step beside; its output is printed and judged here.
joined() { step "$beside_name" waited; }

waited() {
    passed=0
    wait "$beside" || passed=$?
    trap - EXIT INT TERM
    cat "$beside_log"
    rm -f "$beside_log"
    printf '   %s s in all\n' "$(($(now) - beside_began))"
    return "$passed"
}

# A process and all below it; `unshare` ignores every other signal.
end_tree() {
    # shellcheck disable=SC2013 # words
    for below in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do end_tree "$below"; done
    kill -KILL "$1" 2>/dev/null || :
}

# not_run NAME REASON: says now and at the end that something was not checked on this computer.
not_run() {
    printf '\n== %s\n   NOT RUN: %s\n' "$1" "$2"
    left_out="$left_out${left_out:+, }$1"
}

# Ends the script with 0 if every step passed, else 1.
close() {
    took=$(($(now) - started))
    [ -z "$left_out" ] || printf '\nnot run on this computer: %s\n' "$left_out"
    if [ -n "$failed" ]; then
        printf '\n%s steps in %s min %02d s; FAILED: %s\n' "$steps" "$((took / 60))" "$((took % 60))" "$failed"
        exit 1
    fi
    printf '\n%s steps in %s min %02d s; everything passed\n' "$steps" "$((took / 60))" "$((took % 60))"
}
