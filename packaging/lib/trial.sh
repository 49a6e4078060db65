# Steps of packaging/deb/trial. Sourced after say.sh and root.sh, in the root of the tree; POSIX sh.
# Each step runs as a condition, where `set -e` has no effect: hence the && chains.
# Variables of the caller: release, whole, and place (the folder of the release's roots, trees and results).

building=

# watched TEXT COMMAND...: as `quietly`, and prints the steps of the command as they end
watched() {
    text=$1
    shift
    began=$(now)
    log=$(mktemp)
    say "  $text:"
    { "$@" 2>&1 </dev/null && echo "$PASSED" || :; } | tee "$log" | sed -un 's/^ *\(.* \.\.\. [0-9]* s\)$/    \1/p'
    if [ "$(tail -n 1 "$log")" = "$PASSED" ]; then
        say "    together $(($(now) - began)) s"
        rm -f "$log"
    else
        cat "$log" >&2
        rm -f "$log"
        fail "$text: failed; its output is above."
    fi
}
PASSED="-- passed --"

# begin NAME COMMAND...: runs it beside what follows, until `end NAME TEXT`
begin() {
    name=$1
    shift
    began_beside=$(now)
    { "$@" && echo "$PASSED"; } >"$place/$name.log" 2>&1 </dev/null &
    building=$!
}

end() {
    wait "$building" || :
    building=
    [ "$(tail -n 1 "$place/$1.log")" = "$PASSED" ] || {
        cat "$place/$1.log" >&2
        fail "$2: failed; its output is above."
    }
    say "  $2 ... $(($(now) - began_beside)) s"
}

# Ends a build that runs beside the trials. `unshare` ignores every signal but KILL; its root's processes end with it.
stop_builds() {
    [ -n "$building" ] || return 0
    # shellcheck disable=SC2046 # one word a process
    kill -KILL "$building" $(cat "/proc/$building/task/$building/children" 2>/dev/null) 2>/dev/null || :
}

# the last commit with the single package `cheval`
before() { echo "$(git log --diff-filter=A --format=%H -- packaging/deb/transition/control | tail -n 1)^"; }

# whether a release had that package: only Debian 12
upgrades() { [ "$1" = bookworm ]; }

# The root in which all is built. Its packages are kept in a folder of their own: apt locks it, and a build runs beside trials.
make_builder() {
    kept=$PWD/var/trial/archives-$release-build
    cp -aT "$place/empty" "$place/builder" && mkdir -p "$kept/partial" && echo "$kept" >"$place/builder/var/tmp/archives"
}

sums() { (cd "$place/$1/var/deb" && sha256sum ./*.deb); }

# build NAME: the tree as it is now, in a folder of that name
build() { copy_tree "$place/$1" && inside "$place/builder" "$place/$1" /src/packaging/deb/build; }

# What is built beside the trials: the single package of before, and the packages a second time.
other_builds() {
    if upgrades "$release"; then build_before || return 1; fi
    [ -z "$whole" ] || build_again
}

# The second time from the start, but for what the package index and the system's archive have delivered: those files are
# checked by their sums. Nothing that a build has made is there: no wheel, no environment, no compiled file.
build_again() {
    rm -rf "$place/again" && mkdir -p "$place/again/var/deb" &&
        cp -al "$place/tree/var/deb/downloads" "$place/again/var/deb/downloads" &&
        build again && sums tree >"$place/sums" && sums again >"$place/sums-again" &&
        diff "$place/sums" "$place/sums-again"
}

# Kept while the commit stays the same: it is built to be replaced.
build_before() {
    commit=$(git rev-parse "$(before)") && built=$place/before/var/deb || return 1
    [ "$(cat "$built/commit" 2>/dev/null || :)" != "$commit" ] || return 0
    copy_tree "$place/before" "$commit" || return 1
    # its set-up does not know every release, its package does
    sed -i 's/"debian 12") system=debian/"debian "*) system=debian/' "$place/before/packaging/lib/system.sh"
    inside "$place/builder" "$place/before" /src/packaging/deb/build && echo "$commit" >"$built/commit"
}

# in_new_root STEPS: a copy of the empty root, the packages in /src, and the function STEPS of trial-steps
in_new_root() {
    rm -rf "$place/root" && cp -a "$place/empty" "$place/root" && rm -rf "$place/debs" && mkdir -p "$place/debs" &&
        cp "$place"/tree/var/deb/*.deb "$place/tree/packaging/deb/trial-steps" "$place/debs" || return 1
    if [ "$1" = upgrade ]; then
        install -D -m 0644 -t "$place/debs/before" "$place"/before/var/deb/cheval_*.deb || return 1
    fi
    inside "$place/root" "$place/debs" sh /src/trial-steps "$1"
}

wheel() {
    inside "$place/builder" "$place/tree" sh -ec '
        cd /src && rm -rf /var/tmp/wheel && python3 -m venv /var/tmp/wheel
        sed "/--hash/d; s/ \\\\$//" packaging/lock/run.txt >/var/tmp/constraints.txt
        LIGHTFM_NO_CFLAGS=1 /var/tmp/wheel/bin/pip install -q -c /var/tmp/constraints.txt var/deb/wheels/tree/*.whl
        cd / && /var/tmp/wheel/bin/cheval --version && /var/tmp/wheel/bin/cheval schema store >/dev/null
        /var/tmp/wheel/bin/python -c "import kiosk.store.app, recommender.commands.train"'
}
