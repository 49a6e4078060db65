"""The two ways in which `cheval import` imports: the running store does it, or this process with the store's lock."""

from __future__ import annotations

import json
import os
import pwd
import sys
import time
from collections.abc import Sequence
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import Request

from pydantic import BaseModel, ValidationError

from kiosk.clock import now_us
from kiosk.pairing.store_tls import opener_of
from kiosk.store.api.feed_answers import FeedAnswer, FeedJob, FeedLoss, FeedResult, result_answer
from kiosk.store.feed_import import Yes
from kiosk.store.resources import open_resources
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.local_access import RunningStore

Answer = TypeVar("Answer", bound=BaseModel)
_TIMEOUT_S = 30.0
_POLL_S = 0.3
_MAX_BYTES = 1 << 24
_PASSING = "passing"
_WAIT_S = 600.0
"""How long to wait for an import that another command or a manager has started."""


class CommandError(Exception):
    """What the caller must do differently, in one sentence."""


class Importer(Protocol):
    """Imports feeds."""

    def run(
        self, folder: Path | None, *, dry_run: bool = False, accepted: Sequence[FeedLoss] = ()
    ) -> FeedResult:
        """Imports a folder (None: the configured feed), after a yes to what is `accepted`.

        Raises CommandError, StoreError (also for what does not wait any more), OSError or SQLAlchemyError.
        """
        ...


class Progress:
    """Progress on the error output: a line that is written again on a terminal, else one line for each file."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._shown = ""

    def show(self, kind: str, done_bytes: int, all_bytes: int) -> None:
        if not kind:
            return
        words = f"reading {kind}"
        if self._terminal:
            words += f" {100 * done_bytes // all_bytes if all_bytes else 100} %"
        if words != self._shown:
            self._shown = words
            print(
                f"\r{words}\x1b[K" if self._terminal else words,
                end="" if self._terminal else "\n",
                file=sys.stderr,
            )
            sys.stderr.flush()

    def end(self) -> None:
        if self._terminal and self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        self._shown = ""


class AloneImporter:
    """Imports in this process. The constructor raises StoreHeldError while a store runs, SQLAlchemyError, OSError."""

    def __init__(self, settings: StoreSettings) -> None:
        self._settings = settings
        self._resources = open_resources(settings)
        self._progress = Progress()

    def run(
        self, folder: Path | None, *, dry_run: bool = False, accepted: Sequence[FeedLoss] = ()
    ) -> FeedResult:
        place = folder or self._settings.feeds
        if place is None:
            raise CommandError("no feed is configured (catalogue.feed); name a folder")
        who = f"command line, {user()}"
        try:
            report = self._resources.importer.run(
                place,
                now_us(),
                dry_run=dry_run,
                alone=True,
                accepted=[Yes(loss.kind, loss.digest, who) for loss in accepted],
                progress=self._progress.show,
            )
        finally:
            self._progress.end()
        return result_answer(report)

    def close(self) -> None:
        self._resources.close()


class StoreImporter:
    """Asks the running store."""

    def __init__(self, store: RunningStore) -> None:
        self._store = store
        # never through a proxy of the environment: it is this computer's own address
        self._opener = opener_of(store.root)
        self._progress = Progress()

    def answers(self) -> bool:
        """Whether this store answers; the file of a store that was killed names it still.

        Raises OtherVersionError.
        """
        try:
            self.state()
        except NotThisStoreError:
            return False
        except OtherVersionError:
            raise
        except CommandError:
            return True
        return True

    def run(
        self, folder: Path | None, *, dry_run: bool = False, accepted: Sequence[FeedLoss] = ()
    ) -> FeedResult:
        body = {
            "folder": str(folder) if folder is not None else "",
            "dry_run": dry_run,
            "accept": [{"kind": loss.kind, "digest": loss.digest} for loss in accepted],
            "by": user(),
        }
        number = self._begin(body).number
        try:
            while (job := self._job(number)).running:
                self._progress.show(job.kind, job.done_bytes, job.all_bytes)
                time.sleep(_POLL_S)
        finally:
            self._progress.end()
        if job.result is None:
            raise CommandError(job.failure)
        return job.result

    def state(self) -> FeedAnswer:
        """What is known of the feed. Raises CommandError."""
        return self._parsed(FeedAnswer, self._ask("GET", ""))

    def _job(self, number: int) -> FeedJob:
        found = self._ask("GET", f"/import?number={number}")
        if found is None:
            raise CommandError(
                "the store has been asked for other imports meanwhile; run the command once more"
            )
        return self._parsed(FeedJob, found)

    def _begin(self, body: dict[str, object]) -> FeedJob:
        """Starts an import, when others that were asked for have ended."""
        end = time.monotonic() + _WAIT_S
        while True:
            try:
                return self._parsed(FeedJob, self._ask("POST", "/import", body))
            except StoreBusyError:
                if time.monotonic() >= end:
                    raise
            time.sleep(_POLL_S)

    def _parsed(self, form: type[Answer], answer: object) -> Answer:
        """Raises OtherVersionError: a store that runs since before an update answers in its own form."""
        try:
            return form.model_validate(answer)
        except ValidationError:
            raise OtherVersionError(
                f"the store at {self._store.url} runs another version of the program; start it again"
            ) from None

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        asked = Request(  # noqa: S310 the address is from the store's own file
            f"{self._store.url}/api/v1/feed{path}",
            data,
            {"Authorization": f"Bearer {self._store.token}", "Content-Type": "application/json"},
            method=method,
        )
        try:
            with self._opener.open(asked, timeout=_TIMEOUT_S) as answer:
                return json.loads(answer.read(_MAX_BYTES))
        except HTTPError as error:
            with error:
                raise _refusal(error.code, error.read(_MAX_BYTES)) from None
        except (URLError, HTTPException, OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise NotThisStoreError(f"the store at {self._store.url} does not answer: {reason}") from None


class NotThisStoreError(CommandError):
    """Nothing answers at the store's address, or a store that does not know this token."""


class OtherVersionError(CommandError):
    """The store's answers have another form."""


class StoreBusyError(CommandError):
    """The store works on another import; the same request may succeed in a moment."""


def user() -> str:
    """The user who called the command, also through sudo."""
    if name := os.environ.get("SUDO_USER"):
        return name
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"


def _refusal(status: int, body: bytes) -> CommandError:
    try:
        problem = json.loads(body)
        detail, code = str(problem["detail"]), str(problem.get("code", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        detail, code = f"the store answers {status}", ""
    if status == HTTPStatus.UNAUTHORIZED:
        return NotThisStoreError("the store was started again meanwhile; run the command once more")
    return StoreBusyError(detail) if code == _PASSING else CommandError(detail)
