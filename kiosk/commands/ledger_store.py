"""How `cheval ledger` reaches the ledger: asks the running store over its API, or takes the store's lock."""

from __future__ import annotations

import json
import os
import time
from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from shutil import disk_usage
from typing import Any, Generic, Protocol, TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import Request

from sqlalchemy.exc import SQLAlchemyError

from kiosk.pairing.store_tls import opener_of
from kiosk.store.api.administration.ledger_answers import AuditAnswer, AuditResultAnswer
from kiosk.store.db.database import Database
from kiosk.store.db.store_hold import StoreHold
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.heads import HeadStore
from kiosk.store.resources import head_store
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.local_access import RunningStore
from kiosk.store.staff.tokens import store_key

_TIMEOUT_S = 30.0
_POLL_S = 0.2
_MAX_BYTES = 1 << 20
_MAX_REFUSAL = 1 << 12
_LITTLE_SPACE = 1 << 20
"""Bytes. SQLite needs some of them also to read, and reports their lack under several names."""


class CommandError(Exception):
    """What the caller must do differently, in one sentence."""


def reason_of(error: Exception) -> str:
    """An error as text; of a file, its path and the reason instead of the number of the error."""
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror.lower()}"
    return str(error)


class StoreClient:
    """Asks the running store's API, as a command of this computer; below `/api/v1/` and `part`."""

    part = "ledger"

    def __init__(self, store: RunningStore) -> None:
        self._store = store
        # never through a proxy of the environment: it is this computer's own address
        self._opener = opener_of(store.root)

    def ask(self, method: str, path: str, body: object = None, max_bytes: int = _MAX_BYTES) -> Any:
        """The parsed answer of `path`. Raises CommandError, ConnectionError."""
        asked = Request(  # noqa: S310 the address is from the store's own file
            f"{self._store.url}/api/v1/{self.part}/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self._store.token}", "Content-Type": "application/json"},
            method=method,
        )
        try:
            with self._opener.open(asked, timeout=_TIMEOUT_S) as answer:
                return json.loads(answer.read(max_bytes))
        except HTTPError as error:
            with error:
                if error.code == HTTPStatus.UNAUTHORIZED:
                    raise ConnectionError("another store answers there") from None
                raise CommandError(_refusal(error)) from None
        except (URLError, HTTPException, OSError, ValueError) as error:
            raise ConnectionError(f"the store at {self._store.url} does not answer") from error


def _refusal(error: HTTPError) -> str:
    """Why the store refused, in its own words if it gives some (RFC 9457, `detail`)."""
    try:
        said = json.loads(error.read(_MAX_REFUSAL)).get("detail")
    except (HTTPException, OSError, ValueError, AttributeError):
        said = None
    return said if isinstance(said, str) and said else f"the store answers {error.code}"


class JobAnswer(Protocol):
    """What the store says of a job: whether it runs, how far it is, and why it failed."""

    @property
    def running(self) -> bool: ...
    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int: ...
    @property
    def failure(self) -> str: ...


Job = TypeVar("Job", bound=JobAnswer)
Progress = Callable[[int, int], None]
"""Is called with what is done and the total."""


class StoreJob(StoreClient, Generic[Job]):
    """A job of the running store: POST begins it, GET tells how far it is."""

    path: str

    @abstractmethod
    def parsed(self, found: Any) -> Job:
        """The store's answer. Raises ValueError."""

    def answers(self) -> bool:
        """Whether this store answers; the file of a store that was killed names it still."""
        try:
            self._now("GET")
        except ConnectionError:
            return False
        return True

    def ended(self, progress: Progress) -> Job:
        """Has the store do the job, and waits for its end. Raises CommandError, ConnectionError."""
        now = self._now("POST")
        while now is not None and now.running:
            progress(now.done, now.total)
            time.sleep(_POLL_S)
            now = self._now("GET")
        if now is None:
            raise CommandError("the store was started again; run the command once more")
        return now

    def _now(self, method: str) -> Job | None:
        found = self.ask(method, self.path)
        return None if found is None else self.parsed(found)


class RunningLedger(StoreJob[AuditAnswer]):
    """The ledger of the running store."""

    path = "audit"

    def parsed(self, found: Any) -> AuditAnswer:
        """The answer about an audit."""
        return AuditAnswer.model_validate(found)

    def audit(self, progress: Progress) -> AuditResultAnswer:
        """Has the store audit its ledger, and waits for the result. Raises CommandError, ConnectionError."""
        end = self.ended(progress)
        if end.result is None:
            raise CommandError(end.failure)
        return end.result


def said_of(error: Exception, state: Path) -> str:
    """An error of a disk or database in words: never a statement or its values; with advice if the disk is full."""
    words = reason_of(error)
    if isinstance(error, SQLAlchemyError):
        words = f"the store's database fails with {type(error).__name__}"
    try:
        free = disk_usage(state).free
    except OSError:
        return words
    if free >= _LITTLE_SPACE:
        return words
    return (
        f"{words}; only {free // 1024} KiB are free on the disk of {state}: make space, then run this again"
    )


def require_owner(state: Path, command: str = "ledger") -> None:
    """Files made by another user would be inaccessible to the store. Raises CommandError, OSError."""
    try:
        owner = state.stat().st_uid
    except FileNotFoundError:
        what = f"no store has run with state directory {state}; start `cheval store` once"
        raise CommandError(what) from None
    if os.geteuid() != owner:
        raise CommandError(
            f"run this as the store's user, the owner of {state} (uid {owner}); the package's store:"
            f" sudo -u cheval-store cheval {command} ..."
        )


@dataclass(frozen=True, slots=True)
class Alone:
    """This process has the store's lock."""

    settings: StoreSettings
    key: ChainKey
    kept: HeadStore
    database: Database


@contextmanager
def alone(settings: StoreSettings) -> Iterator[Alone]:
    """Takes the store's lock. Raises StoreHeldError while a store runs."""
    with ExitStack() as opened:
        hold = StoreHold(settings.state, settings.database_url)
        opened.callback(hold.close)
        database = Database(settings.database_url, hold)
        opened.callback(database.close)
        yield Alone(settings, ChainKey(store_key(settings.state)), head_store(settings, database), database)
