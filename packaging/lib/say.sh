# How the scripts speak: few lines, each step with the seconds it took.
# Sourced; POSIX sh.

say() { printf '%s\n' "$*"; }

fail() {
    printf 'cheval: %s\n' "$*" >&2
    exit 1
}

now() { date +%s; }

# quietly WORDS COMMAND...: one line with the time; what the command says is shown only where it fails
quietly() {
    words=$1
    shift
    printf '  %s ... ' "$words"
    began=$(now)
    log=$(mktemp)
    if "$@" >"$log" 2>&1 </dev/null; then
        printf '%s s\n' "$(($(now) - began))"
        rm -f "$log"
    else
        printf 'failed\n'
        cat "$log" >&2
        rm -f "$log"
        fail "$words did not work; what it said stands above."
    fi
}
