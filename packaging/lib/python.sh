# The Python environment .venv: created once, filled from the lock files with hashes; a stamp makes later starts fast.
# Sourced after say.sh, in the root of the tree; POSIX sh.

lock=packaging/lock

# fits PYTHON: true if it runs, is 3.11, 3.12 or 3.13, and can create environments
fits() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12), (3, 13)))' >/dev/null 2>&1
}

# Sets `python`. The system's Python comes first, since python3-dev has its header files.
find_python() {
    if [ -n "${CHEVAL_PYTHON:-}" ]; then
        fits "$CHEVAL_PYTHON" || fail "CHEVAL_PYTHON=$CHEVAL_PYTHON is not a Python 3.11, 3.12 or 3.13 that can create environments."
        python=$CHEVAL_PYTHON
        return 0
    fi
    for python in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
        if fits "$python"; then return 0; fi
    done
    fail "no Python 3.11, 3.12 or 3.13 found; set CHEVAL_PYTHON to the path of one."
}

version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || :; }

# An environment that does not start, was moved (its commands contain their path), or has another Python version than
# requested is created again.
make_environment() {
    here=$(version_of .venv/bin/python)
    case $here in
        3.11 | 3.12 | 3.13) [ -z "${CHEVAL_PYTHON:-}" ] || [ "$here" = "$(version_of "$CHEVAL_PYTHON")" ] || here= ;;
        *) here= ;;
    esac
    head -n 3 .venv/bin/pip 2>/dev/null | grep -qF "$PWD/.venv/bin/" || here=
    [ -n "$here" ] && return 0
    find_python
    rm -rf .venv
    quietly "environment .venv of Python $(version_of "$python")" "$python" -m venv .venv
}

# pip_install ENVIRONMENT ARGUMENTS...
# LIGHTFM_NO_CFLAGS: no processor-specific instructions, so that results agree between machines.
pip_install() {
    place=$1
    shift
    # builds find their tools (swig) beside the interpreter
    env PATH="$PWD/$place/bin:$PATH" PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 PIP_DISABLE_PIP_VERSION_CHECK=1 LIGHTFM_NO_CFLAGS=1 \
        "$place/bin/python" -m pip install --no-input -q -q --progress-bar off "$@"
}

# install_lock ENVIRONMENT LOCK...: installs exactly what the files name, with hashes
install_lock() {
    place=$1
    shift
    for file in "$@"; do
        pip_install "$place" --no-deps --no-build-isolation --require-hashes -r "$lock/$file.txt" || return 1
    done
}

# stamp_of FILES...: changes if one of the files or the environment's Python changes
stamp_of() { { .venv/bin/python -VV && cat "$@"; } | sha256sum | cut -d ' ' -f 1; }

# stamped NAME STAMP: true if the environment already has this state
stamped() { [ "$(cat ".venv/stamp-$1" 2>/dev/null || :)" = "$2" ]; }

fill_environment() {
    case $1 in check) files="build check" ;; deb) files=build ;; *) files="build run" ;; esac
    stamp=$(stamp_of $lock/build.txt $lock/run.txt $lock/check.txt)
    if ! stamped "$1" "$stamp"; then
        # shellcheck disable=SC2086
        quietly "Python packages of $lock" install_lock .venv $files
        echo "$stamp" >".venv/stamp-$1"
        # the check's packages include the demo's
        if [ "$1" = check ]; then printf '%s\n' "$stamp" | tee .venv/stamp-demo >.venv/stamp-deb; fi
    fi
    # a package is built from the tree, which need not run here
    [ "$1" != deb ] || return 0
    stamp=$(stamp_of pyproject.toml)
    if ! stamped tree "$stamp"; then
        quietly "this tree" pip_install .venv --no-deps --no-build-isolation --editable .
        echo "$stamp" >.venv/stamp-tree
    fi
}

# Published libraries for comparison have an environment of their own: some need old versions of other libraries.
make_peers() {
    stamp=$(stamp_of $lock/peers.txt)
    [ "$(cat .venv-peers/stamp 2>/dev/null || :)" = "$stamp" ] && return 0
    rm -rf .venv-peers
    quietly "peers for the benches in .venv-peers" peers
    # one of them needs Node.js; without it, its tests are skipped with a message
    if command -v npm >/dev/null 2>&1; then node_peers || say "  the peer for Node.js could not be installed"; fi
    echo "$stamp" >.venv-peers/stamp
}

node_peers() {
    mkdir -p .venv-peers-node
    cp tests/peers/llrpjs/package.json tests/peers/llrpjs/package-lock.json .venv-peers-node/
    (cd .venv-peers-node && npm ci --silent --no-audit --no-fund --ignore-scripts) >/dev/null 2>&1 </dev/null
}

peers() {
    .venv/bin/python -m venv .venv-peers && install_lock .venv-peers build peers
}
