"""`cheval store` as a process that is killed and started again many times.

Most of a start is the import of libraries (1.0 of 1.5 s). A server process imports them once, and every store is a fork
of it: a process of its own, with its own files, sockets and locks, that needs about 0.3 s until it answers.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import select
import sys
import time
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from threading import Condition
from typing import Any

from tests.kiosk.store.sample_shop import PREFIX, write_feed

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    [
        "alembic.autogenerate",
        "alembic.command",
        "alembic.runtime.migration",
        "kiosk.__main__",
        "kiosk.commands.store",
        "kiosk.connectors.payments.nexo.driver",
        "kiosk.connectors.payments.stripe_terminal.driver",
        "kiosk.store.serving",
        "stripe",
        "tests.faults.kills.running_store",
        "tests.kiosk.store.backup.backed_up",
    ]
)
READY_S = 60.0
"""Longest start, on a machine with much other work."""


class NotStartedError(Exception):
    """A store has ended before it was ready; with the end of its log."""


class OverError(Exception):
    """No store will answer any more."""


def _serve(config: str, said: Connection, log: str, fault: Callable[[], None] | None) -> None:
    """The store's process."""
    from kiosk.__main__ import main

    os.dup2(said.fileno(), 1)
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
    if fault is not None:
        fault()
    sys.exit(main(["store", "--config", config, "--json"]))


class RunningStore:
    """A store of the sample shop with one room for each terminal; rooms are named as their terminals."""

    def __init__(
        self, folder: Path, terminals: Mapping[str, Mapping[str, str]], *,
        database: str = "", fault: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        """`terminals`: the keys of each terminal in the configuration. `database`: a PostgreSQL that holds the ledger
        too. `fault` is called in each store's process before the store starts."""
        self.state, self.log = folder / "state", folder / "store.log"
        self.config = folder / "store.yaml"
        self._fault, self._url = fault, ""
        self._changed, self._ended = Condition(), False
        self.answers = 0
        """Requests that were answered since the last start."""
        payments: dict[str, Any] = {"terminals": [{"name": name, **keys} for name, keys in terminals.items()]}
        settings: dict[str, Any] = {
            "shop": {"name": "Ostrevane", "time_zone": "Europe/Vienna", "tax_percent": 20},
            "listen": {"port": 0},
            "state": str(self.state),
            "rooms": {name: {"title": f"Room {name}", "terminal": name} for name in terminals},
            "catalogue": {"feed": str(write_feed(folder / "feed")), "company_prefixes": [PREFIX]},
            "payments": payments,
        }
        if database:
            settings["database"], payments["ledger"] = database, "database"
        self.config.write_text(json.dumps(settings), encoding="utf-8")
        self._process: ForkServerProcess | None = None
        self._said: Connection | None = None

    def launch(self) -> None:
        """Starts it and does not wait."""
        self.answers = 0
        reading, writing = CONTEXT.Pipe(duplex=False)
        self._process = CONTEXT.Process(
            target=_serve, args=(str(self.config), writing, str(self.log), self._fault), daemon=True
        )
        self._process.start()
        writing.close()
        self._said = reading

    def wait_ready(self, longest_s: float = READY_S) -> bool:
        """Waits until it answers; False after `longest_s`. Raises NotStartedError if it has ended."""
        assert self._said is not None
        end_s, line = time.monotonic() + longest_s, b""
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([self._said], [], [], max(0.0, end_s - time.monotonic()))
            if not ready:
                return False
            more = os.read(self._said.fileno(), 4096)
            if not more:
                raise NotStartedError(f"the store did not start: {self.log.read_text()[-2000:]}")
            line += more
        with self._changed:
            self._url = json.loads(line)["url"]
            self._changed.notify_all()
        return True

    def kill(self) -> None:
        """SIGKILL."""
        self._away()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._forget()

    def stop(self) -> int | None:
        """SIGTERM; its exit code."""
        self._away()
        assert self._process is not None
        self._process.terminate()
        self._process.join(30)
        code = self._process.exitcode
        self._process.kill()
        self._process.join()
        self._forget()
        return code

    def end(self) -> None:
        """Whoever waits for the store waits no longer."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def url(self) -> str:
        """Its address, as soon as it runs. Raises OverError."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._url or self._ended, 2 * READY_S) or self._ended:
                raise OverError
            return self._url

    def answered(self) -> None:
        with self._changed:
            self.answers += 1

    def _away(self) -> None:
        with self._changed:
            self._url = ""

    def _forget(self) -> None:
        if self._process is not None:
            self._process.close()
        if self._said is not None:
            self._said.close()
        self._process, self._said = None, None
