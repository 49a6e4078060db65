"""The running store's side of `cheval terminals`: asks it over its API."""

from __future__ import annotations

import json
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request

from kiosk.pairing.store_tls import opener_of
from kiosk.store.staff.local_access import running_store

_TIMEOUT_S = 30.0
_MAX_BYTES = 1 << 20


class CommandError(Exception):
    """What the caller must do differently, in one sentence."""


class RunningTerminals:
    """The terminals of the running store. The constructor raises CommandError where none runs."""

    def __init__(self, state: Path) -> None:
        try:
            found = running_store(state)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}; run this as the store's user") from None
        if found is None:
            raise CommandError("no store runs; start it with `cheval store`, or as a service")
        self._store = found
        # never through a proxy of the environment: it is this computer's own address
        self._opener = opener_of(found.root)

    def probe(self, name: str) -> dict[str, Any]:
        """What a terminal answers to a probe. Raises CommandError."""
        return self._ask("POST", f"/{quote(name, safe='')}/probe", "probe")

    def begin(self, name: str) -> dict[str, Any]:
        """Begins a test purchase. Raises CommandError."""
        return self._ask("POST", f"/{quote(name, safe='')}/test", "test")

    def test(self, order_id: str) -> dict[str, Any]:
        """A test purchase. Raises CommandError."""
        return self._ask("GET", f"/tests/{quote(order_id, safe='')}", "test")

    def stop(self, order_id: str) -> dict[str, Any]:
        """Asks the terminal to stop waiting. Raises CommandError."""
        return self._ask("DELETE", f"/tests/{quote(order_id, safe='')}", "test")

    def _ask(self, method: str, path: str, name: str) -> dict[str, Any]:
        asked = Request(  # noqa: S310 the address is from the store's own file
            f"{self._store.url}/api/v1/terminals{path}",
            headers={"Authorization": f"Bearer {self._store.token}"},
            method=method,
        )
        try:
            with self._opener.open(asked, timeout=_TIMEOUT_S) as answer:
                found = json.loads(answer.read(_MAX_BYTES))[name]
        except HTTPError as error:
            with error:
                raise CommandError(_refusal(error)) from None
        except (URLError, HTTPException, OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"the store at {self._store.url} does not answer; is it running?") from error
        if not isinstance(found, dict):
            raise CommandError("the store runs another version of the program; start it again")
        return found


def _refusal(error: HTTPError) -> str:
    try:
        return str(json.loads(error.read(_MAX_BYTES))["detail"])
    except (ValueError, KeyError, TypeError):
        return f"the store answers {error.code}"
