"""Paths of the published libraries used for comparison, and how to run them as processes."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

WHY_ABSENT = "the peers' environment (.venv-peers, from tests/peers/requirements.txt) was not made"
WHY_NO_NODE = "llrpjs is not there and could not be installed (node and npm with a registry are needed)"
INSTALL_S = 300
"""Longest installation of packages for Node, on a machine with much other work."""


def python() -> Path | None:
    """The interpreter of the peers' environment; None if it does not exist."""
    named = os.environ.get("CHEVAL_PEERS_PYTHON")
    path = Path(named) if named else ROOT / ".venv-peers" / "bin" / "python"
    return path if path.exists() else None


def run(script: str, *arguments: str, timeout_s: float = 100) -> Any:
    """Runs one script of this folder with the peers' interpreter; its last line is JSON."""
    interpreter = python()
    assert interpreter is not None, WHY_ABSENT
    done = subprocess.run(
        [str(interpreter), "-W", "ignore", str(HERE / script), *arguments],
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def has_atheris() -> bool:
    """Whether the fuzzer was installed into the peers' environment (tests/peers/requirements-fuzz.txt)."""
    interpreter = python()
    packages = interpreter.parent.parent.glob("lib/python*/site-packages/atheris") if interpreter else ()
    return any(packages)


@cache
def node_modules(
    peer: str = "llrpjs", package: str = "llrpjs", home_name: str = ".venv-peers-node"
) -> Path | None:
    """The folder with a package for Node; installs it from the peer's lock file on the first call."""
    home = ROOT / home_name
    modules = home / "node_modules"
    if not is_whole(modules, package):
        if shutil.which("npm") is None or shutil.which("node") is None:
            return None
        home.mkdir(exist_ok=True)
        with (home / "lock").open("w") as lock:
            # one of several test processes installs it; the others wait
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not is_whole(modules, package):
                _install(peer, home)
    return modules if is_whole(modules, package) else None


def is_whole(modules: Path, package: str) -> bool:
    """Whether npm has ended its work: last of all it writes a list of what is installed."""
    return (modules / package).is_dir() and (modules / ".package-lock.json").is_file()


def _install(peer: str, home: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / peer / name, home)
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=optional"],
            cwd=home,
            capture_output=True,
            timeout=INSTALL_S,
            check=False,
        )


def adyen_modules() -> Path | None:
    """The folder with Adyen's own library for Node (35 MB)."""
    return node_modules("adyen", "@adyen/api-library", ".venv-peers-adyen")


def vendure_modules() -> Path | None:
    """The folder with Vendure, a shop system (160 MB)."""
    return node_modules("vendure", "@vendure/core", ".venv-peers-vendure")


def axe_source() -> str | None:
    """The script of axe-core, which examines a page for accessibility; None if it could not be installed."""
    modules = node_modules("axe", "axe-core", ".venv-peers-axe")
    return None if modules is None else (modules / "axe-core" / "axe.min.js").read_text("utf-8")


class PeerReader:
    """A reader with another codec, in a process of its own; its commands are silent, restart, quit."""

    def __init__(self, peer: str, **options: Any) -> None:
        self._command = _command(peer, json.dumps(options))
        self._environment = {**os.environ, "NODE_PATH": str(node_modules() or "")}

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=self._environment,
        )
        assert self._process.stdout is not None
        self.port: int = json.loads(self._process.stdout.readline())["port"]
        return self

    def order(self, word: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self.order("quit")
        deadline = time.monotonic() + 5
        while self._process.poll() is None and time.monotonic() < deadline:
            self._process.wait(deadline - time.monotonic())
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()


def _command(peer: str, options: str) -> list[str]:
    if peer == "llrpjs":
        return ["node", str(HERE / "llrpjs" / "reader.js"), options]
    return [str(python()), "-W", "ignore", str(HERE / "pyllrp_reader.py"), options]
