# Output of the scripts: one line for each step, with its time in seconds.
# Sourced; POSIX sh.

say() { printf '%s\n' "$*"; }

fail() {
    printf 'cheval: %s\n' "$*" >&2
    exit 1
}

now() { date +%s; }

# quietly TEXT COMMAND...: prints one line with the time; the command's output is shown only if it fails
quietly() {
    text=$1
    shift
    printf '  %s ... ' "$text"
    began=$(now)
    log=$(mktemp)
    if "$@" >"$log" 2>&1 </dev/null; then
        printf '%s s\n' "$(($(now) - began))"
        rm -f "$log"
    else
        printf 'failed\n'
        cat "$log" >&2
        rm -f "$log"
        fail "$text failed; its output is above."
    fi
}
