"""Debian's PostgreSQL, started for the tests in a folder of its own and ended with them."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg


def binaries() -> Path | None:
    """The folder of the newest installed server; None if there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


class Server:
    """A server on a loopback port; `url` is that of its maintenance database."""

    def __init__(self, control: list[object], start: list[object], url: str) -> None:
        self._control, self._start, self.url = control, start, url

    def start(self) -> None:
        _run(*self._control, *self._start, "start")

    def stop(self) -> None:
        """Stops it immediately, as a power cut would."""
        _run(*self._control, "-m", "immediate", "-w", "stop")


@contextmanager
def server() -> Iterator[Server]:
    """A server that runs until the end of the block."""
    home = binaries()
    assert home is not None
    folder = Path(tempfile.mkdtemp(prefix="cheval-pg-"))
    as_owner = _as_postgres(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    data, log = folder / "db", folder / "log"
    try:
        _run(
            as_owner, home / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"
        )
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        found = Server([as_owner, home / "pg_ctl", "-D", data], ["-w", "-l", log, "-o", options], url)
        found.start()
        try:
            yield found
        finally:
            found.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh_database(maintenance: str) -> str:
    """The URL of an empty database: one per server, emptied each time, because creating one takes long."""
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return maintenance


def _as_postgres(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root, so it runs as Debian's `postgres` user."""
    if os.geteuid() != 0:
        return []
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


def _run(as_owner: Any, *words: object) -> None:
    done = subprocess.run(
        [*as_owner, *map(str, words)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, check=False, timeout=60, cwd="/",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
