"""Which store holds a state folder or a database: its computer, its process, and since when."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import US, now_us
from kiosk.store.errors import StoreError

_APPLICATION = "cheval"
_MAX_NAME_BYTES = 63
"""PostgreSQL keeps this much of an application's name (NAMEDATALEN - 1)."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that runs a store. `since_us`: when it took the lock, in microseconds UTC; 0 if not known."""

    host: str
    pid: int
    since_us: int

    @classmethod
    def of_this_process(cls) -> Holder:
        """This process, from now on."""
        return cls(socket.gethostname(), os.getpid(), now_us())

    @classmethod
    def from_json(cls, text: str) -> Holder | None:
        """The holder that wrote this text; None for any other text."""
        try:
            found = json.loads(text)
            return cls(str(found["host"]), int(found["pid"]), int(found["since_us"]))
        except (ValueError, TypeError, KeyError):
            return None

    @classmethod
    def from_application_name(cls, name: str) -> Holder | None:
        """The holder whose database connection has this name; None for another program's."""
        kind, _, rest = name.partition("/")
        pid, _, rest = rest.partition("/")
        since_us, _, host = rest.partition("/")
        if kind != _APPLICATION or not (pid.isdecimal() and since_us.isdecimal()):
            return None
        return cls(host, int(pid), int(since_us))

    def as_json(self) -> str:
        return json.dumps({"host": self.host, "pid": self.pid, "since_us": self.since_us})

    @property
    def application_name(self) -> str:
        """Name of a database connection that says who holds it; ASCII, as PostgreSQL shows it. Each holder has another
        one, also in one process."""
        plain = f"{_APPLICATION}/{self.pid}/{self.since_us}/{self.host}"
        return plain.encode("ascii", "replace").decode()[:_MAX_NAME_BYTES]

    def __str__(self) -> str:
        try:
            since = datetime.fromtimestamp(self.since_us // US, UTC).strftime("%Y-%m-%d %H:%M UTC")
        except (ValueError, OverflowError, OSError):
            since = "an unknown time"
        return f"the store on {self.host} (process {self.pid}, since {since})"


# both have a `code`, a text; that of SQLAlchemyError is only set by its constructor
class StoreHeldError(StoreError, SQLAlchemyError):  # type: ignore[misc]
    """Another store holds a state folder or a database. `place` is its path or address without a password.

    For a store that runs it is an outage of its database, so it is a SQLAlchemyError as well.
    """

    status = 503
    title = "Another store runs"

    def __init__(self, place: str, holder: Holder | None) -> None:
        self.place, self.holder = place, holder
        super().__init__(f"{place} is held by {holder or 'another store'}; two stores must not use it")
