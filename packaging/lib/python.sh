# The Python environment .venv: made once, filled from the lock files by hash, stamped so that the next start is quick.
# Sourced after say.sh, in the root of the tree; POSIX sh.

lock=packaging/lock

# fits PYTHON: it runs, it is 3.11 or 3.12, and it can make an environment
fits() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' >/dev/null 2>&1
}

# Sets `python`. The system's own comes first, since the header files of python3-dev belong to it.
find_python() {
    if [ -n "${CHEVAL_PYTHON:-}" ]; then
        fits "$CHEVAL_PYTHON" || fail "CHEVAL_PYTHON=$CHEVAL_PYTHON is not a Python 3.11 or 3.12 that can make environments."
        python=$CHEVAL_PYTHON
        return 0
    fi
    for python in /usr/bin/python3 python3 python3.12 python3.11; do
        if fits "$python"; then return 0; fi
    done
    fail "no Python 3.11 or 3.12 was found; put the path of one into CHEVAL_PYTHON."
}

version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || :; }

# An environment that does not start, was moved with its tree (its commands name their place), or is of another version
# than the one asked for, is made anew.
make_environment() {
    here=$(version_of .venv/bin/python)
    case $here in
        3.11 | 3.12) [ -z "${CHEVAL_PYTHON:-}" ] || [ "$here" = "$(version_of "$CHEVAL_PYTHON")" ] || here= ;;
        *) here= ;;
    esac
    head -n 3 .venv/bin/pip 2>/dev/null | grep -qF "$PWD/.venv/bin/" || here=
    [ -n "$here" ] && return 0
    find_python
    rm -rf .venv
    quietly "environment .venv of Python $(version_of "$python")" "$python" -m venv .venv
}

# pip_install ENVIRONMENT ARGUMENTS...
# LIGHTFM_NO_CFLAGS: no instructions of this very processor, so that an environment may move and results agree.
pip_install() {
    place=$1
    shift
    # a build finds its tools (swig) beside the interpreter
    env PATH="$PWD/$place/bin:$PATH" PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 PIP_DISABLE_PIP_VERSION_CHECK=1 LIGHTFM_NO_CFLAGS=1 \
        "$place/bin/python" -m pip install --no-input -q -q --progress-bar off "$@"
}

# install_lock ENVIRONMENT LOCK...: nothing but what the files name, nothing without its hash
install_lock() {
    place=$1
    shift
    for file in "$@"; do
        pip_install "$place" --no-deps --no-build-isolation --require-hashes -r "$lock/$file.txt" || return 1
    done
}

# stamp_of FILES...: changes whenever one of the files or the environment's Python changes
stamp_of() { { .venv/bin/python -VV && cat "$@"; } | sha256sum | cut -d ' ' -f 1; }

# stamped NAME STAMP: whether the environment was already brought to this state
stamped() { [ "$(cat ".venv/stamp-$1" 2>/dev/null || :)" = "$2" ]; }

fill_environment() {
    case $1 in check) files="build check" ;; *) files="build run" ;; esac
    stamp=$(stamp_of $lock/build.txt $lock/run.txt $lock/check.txt)
    if ! stamped "$1" "$stamp"; then
        # shellcheck disable=SC2086
        quietly "Python packages of $lock" install_lock .venv $files
        echo "$stamp" >".venv/stamp-$1"
        # what the checks install is more than what the demo needs
        if [ "$1" = check ]; then echo "$stamp" >.venv/stamp-demo; fi
    fi
    stamp=$(stamp_of pyproject.toml)
    if ! stamped tree "$stamp"; then
        quietly "this tree" pip_install .venv --no-deps --no-build-isolation --editable .
        echo "$stamp" >.venv/stamp-tree
    fi
}

# Published libraries to measure ours against live apart, since some of them want old versions of others.
make_peers() {
    stamp=$(stamp_of $lock/peers.txt)
    [ "$(cat .venv-peers/stamp 2>/dev/null || :)" = "$stamp" ] && return 0
    rm -rf .venv-peers
    quietly "peers for the benches in .venv-peers" peers
    # one of them is written for node; where there is no node, its tests say so and stand back
    if command -v npm >/dev/null 2>&1; then node_peers || say "  the peer written for node could not be fetched"; fi
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
