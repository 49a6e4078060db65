"""The port of a destination of sales documents, its errors, and the document itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Document:
    """What happened once, for other systems. It never changes: the same id has the same bytes.

    `at_us`: when it happened, in microseconds since 1970; `body`: its JSON, in UTF-8, without line ends.
    """

    document_id: str
    kind: str
    at_us: int
    body: bytes


class SalesOutError(Exception):
    """SalesOutError
    |-- NoDestinationError     the configuration cannot be used; permanent
    |-- DestinationLostError   not taken, or perhaps taken: the same documents are given again later
    `-- DocumentRefusedError   the destination does not want this document: a person decides
    """


class NoDestinationError(SalesOutError):
    """The configuration cannot be used; the text says what is wrong with it."""


class DestinationLostError(SalesOutError):
    """The text is the reason in a few words. `wait_s`: the destination asks to be left alone for so long; 0: no."""

    def __init__(self, why: str, wait_s: float = 0.0) -> None:
        super().__init__(why)
        self.wait_s = wait_s


class DocumentRefusedError(SalesOutError):
    """The text is the reason in a few words; it contains nothing that the destination said."""


class Destination(Protocol):
    """Takes documents. Used by one thread at a time.

    Promises, tested in `tests/contracts/test_sales_destinations.py`:
    - What `take` was given is kept by the destination when it returns, in the order in which it was given.
    - A document that is given again, after an error or a restart, is kept once.
    """

    batch: int
    """How many documents `take` is given at most."""

    def take(self, documents: Sequence[Document]) -> None:
        """Raises DestinationLostError, DocumentRefusedError (for the first document of those given)."""
        ...

    def close(self) -> None: ...
