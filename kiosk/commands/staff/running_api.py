"""Asks the running store over its API, as a command of this computer; without one, the database under its lock."""

from __future__ import annotations

import json
import os
import pwd
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request

from kiosk.pairing.store_tls import opener_of
from kiosk.store.db.database import Database
from kiosk.store.db.store_hold import StoreHold
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.local_access import RunningStore, running_store

T = TypeVar("T")
_TIMEOUT_S = 30.0
_MAX_BYTES = 1 << 20


def user() -> str:
    """The name of this process's user, for the log."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


class RunningApi:
    """The routes below one path, for instance `/api/v1/staff`."""

    def __init__(self, store: RunningStore, below: str) -> None:
        # never through a proxy of the environment: it is this computer's own address
        self._store, self._below, self._opener = store, below, opener_of(store.root)

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """The answer, parsed. A change names this process's user, for the store's log.

        Raises ConnectionError if the store does not answer, NotFoundError or RefusedError for what it refuses.
        """
        by = f"?by={quote(user(), safe='')}" if method != "GET" else ""
        asked = Request(  # noqa: S310 the address is from the store's own file
            f"{self._store.url}{self._below}{path}{by}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self._store.token}", "Content-Type": "application/json"},
            method=method,
        )
        try:
            with self._opener.open(asked, timeout=_TIMEOUT_S) as answer:
                return json.loads(answer.read(_MAX_BYTES) or b"null")
        except HTTPError as error:
            with error:
                raise _refusal(error) from None
        except (URLError, HTTPException, OSError, ValueError) as error:
            raise ConnectionError(f"the store at {self._store.url} does not answer") from error


def _refusal(error: HTTPError) -> Exception:
    if error.code == HTTPStatus.UNAUTHORIZED:
        return ConnectionError("another store answers there")
    try:
        detail = str(json.loads(error.read(_MAX_BYTES))["detail"])
    except (ValueError, KeyError, TypeError):
        detail = f"the store answers {error.code}"
    return NotFoundError(detail) if error.code == HTTPStatus.NOT_FOUND else RefusedError(detail)


@contextmanager
def store_or_alone(
    settings: StoreSettings,
    running: Callable[[RunningStore], T],
    asks: Callable[[T], object],
    alone: Callable[[Database], T],
) -> Iterator[T]:
    """What `running` makes of the running store, else what `alone` makes of the database under the store's lock.

    `asks` asks the store for anything, to see whether it answers. Raises StoreHeldError, OSError, SQLAlchemyError.
    """
    found = running_store(settings.state)
    if found is not None:
        over_api = running(found)
        try:
            asks(over_api)
        except ConnectionError:
            found = None  # the file of a store that was killed
        else:
            yield over_api
    if found is None:
        with ExitStack() as opened:
            hold = StoreHold(settings.state, settings.database_url)
            opened.callback(hold.close)
            database = Database(settings.database_url, hold)
            opened.callback(database.close)
            yield alone(database)
