# A check is a row of steps: each is announced, timed and run to its end; what failed is named once more at the close.
# Sourced after say.sh; POSIX sh.

failed=
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
        printf '   holds (%s s)\n' "$(($(now) - began))"
    else
        printf '   FAILED (%s s)\n' "$(($(now) - began))"
        failed="$failed${failed:+, }$name"
    fi
}

# Ends the script: 0 only where every step held.
close() {
    took=$(($(now) - started))
    if [ -n "$failed" ]; then
        printf '\n%s steps in %s min %02d s; FAILED: %s\n' "$steps" "$((took / 60))" "$((took % 60))" "$failed"
        exit 1
    fi
    printf '\n%s steps in %s min %02d s; everything holds\n' "$steps" "$((took / 60))" "$((took % 60))"
}
