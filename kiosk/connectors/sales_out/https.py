"""Gives documents to a program of the retailer by HTTPS: JSON by POST, one each, signed, on one lasting connection.

Each has its id as `Idempotency-Key`: a receiver that has it already answers 409, or 200 once more. Address, certificate
and signature are those of web hooks (`connectors.web_hooks`): no redirect is followed, and the connection is made to an
address that was checked.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from hardware.threads.supervised import TimeLimit
from kiosk.connectors.ca_files import ca_file_mistake, trusting
from kiosk.connectors.sales_out.port import (
    DestinationLostError,
    Document,
    DocumentRefusedError,
    NoDestinationError,
)
from kiosk.connectors.sales_out.template import Template
from kiosk.connectors.web_hooks.checked_call import CheckedConnection, reason_of
from kiosk.connectors.web_hooks.https_hook import (
    MESSAGE_ID,
    SIGNATURE,
    HookPlace,
    NoHookDriverError,
    hook_address,
    hook_keys,
    signed,
)

IDEMPOTENCY_KEY: Final = "Idempotency-Key"
MAX_ANSWER_BYTES: Final = 65_536
"""Of an answer; with more than these the connection is closed, not read."""
_PASSING: Final = (408, 425, 429)
_CALL_ERRORS: Final = (http.client.HTTPException, OSError, ValueError)


class HttpsDestination:
    """A program of the retailer. `place.timeout_s` holds for each document; `template`: a file that says how bodies are
    written; by default they are the documents as they are."""

    batch = 1

    def __init__(
        self, place: HookPlace, now_s: Callable[[], float] = time.time, template: Path | None = None
    ) -> None:
        """Connects to nothing. Raises NoDestinationError."""
        self._place, self._now = place, now_s
        try:
            self._parts = hook_address(place)
            hook_keys(place)
        except NoHookDriverError as error:
            raise NoDestinationError(str(error)) from None
        if what := ca_file_mistake(place.ca_file):
            raise NoDestinationError(what)
        self._template = Template(template) if template is not None else None
        self._context = trusting(place.ca_file)
        path = self._parts.path or "/"
        self._target = f"{path}?{self._parts.query}" if self._parts.query else path
        self._open: CheckedConnection | None = None

    def take(self, documents: Sequence[Document]) -> None:
        for document in documents:
            self._take(document)

    def close(self) -> None:
        """Ends the connection; the next document opens one again."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _take(self, document: Document) -> None:
        body = document.body if self._template is None else self._template.body(document)
        if body is None:
            return
        reused = self._open is not None
        try:
            status, wait_s = self._call(document.document_id, body)
        except _CALL_ERRORS as error:
            if not reused or isinstance(error, TimeoutError):
                raise self._lost(error) from None
            # the receiver may have closed the connection because nothing was sent for a while
            try:
                status, wait_s = self._call(document.document_id, body)
            except _CALL_ERRORS as again:
                raise self._lost(again) from None
        _judge(status, wait_s)

    def _lost(self, error: Exception) -> DestinationLostError:
        return DestinationLostError(reason_of(error, "receiver", self._place.section))

    def _call(self, document_id: str, body: bytes) -> tuple[int, float]:
        """Status, and the seconds for which the receiver wants to be left alone."""
        try:
            keys = hook_keys(self._place)
        except NoHookDriverError as error:
            raise DestinationLostError(str(error)) from None
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "cheval",
            IDEMPOTENCY_KEY: document_id,
            MESSAGE_ID: document_id,
            SIGNATURE: signed(keys, int(self._now()), body),
        }
        connection = self._connection()
        limit = TimeLimit("sales out", self._place.timeout_s, connection.cut)
        kept = False
        try:
            connection.request("POST", self._target, body, headers)
            answer = connection.getresponse()
            wait_s = _asked_s(answer.getheader("Retry-After"), self._now())
            kept = len(answer.read(MAX_ANSWER_BYTES + 1)) <= MAX_ANSWER_BYTES and not answer.will_close
            return answer.status, wait_s
        except _CALL_ERRORS as error:
            if connection.was_cut:  # it ends as if the receiver had closed the connection
                raise TimeoutError from error
            raise
        finally:
            limit.cancel()
            if not kept:
                self.close()

    def _connection(self) -> CheckedConnection:
        if self._open is None:
            self._open = CheckedConnection(
                self._parts, self._place.network, self._place.timeout_s, self._context
            )
        else:
            self._open.renew(self._place.timeout_s)
        return self._open


def _asked_s(header: str | None, now_s: float) -> float:
    """The seconds of a `Retry-After`: a number, or a date (RFC 9110, 10.2.3); 0 for none, or one that is no such."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return 0.0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.fromtimestamp(now_s, UTC)).total_seconds())


def _judge(status: int, wait_s: float) -> None:
    """Returns for a document that is taken: 2xx, or 409, which says that it was taken before."""
    if 200 <= status < 300 or status == http.HTTPStatus.CONFLICT:
        return
    what = f"the receiver answers {status}"
    if status >= 500 or status in _PASSING:
        raise DestinationLostError(what, wait_s)
    raise DocumentRefusedError(what)
