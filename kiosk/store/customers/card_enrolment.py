"""Enrols cards at a desk's card reader: waits for a card, personalises it, and stores it in the card book.

Keys and reader are on one computer here. The personalisation itself is `hardware.pcsc.personalise`.
"""

from __future__ import annotations

import queue
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from hardware.errors import ConnectionLostError, HardwareError
from hardware.pcsc.errors import CardLostError, ForgedProofError
from hardware.pcsc.ev2 import RemoteDialogue
from hardware.pcsc.keys import UID_BYTES, ShopKeys
from hardware.pcsc.pass_through import run_dialogue
from hardware.pcsc.personalise import personalise
from hardware.ports import (
    CardFact,
    CardKind,
    CardReader,
    CardReadFailure,
    CardRefused,
    CardTap,
    ReaderDown,
    ReaderStillDown,
    ReaderUp,
)
from kiosk.store.customers.card_book import CardBook, StoredCard, check_assignable
from kiosk.store.customers.card_import import CardSource
from kiosk.store.errors import RefusedError, StoreError

REMINDER_S = 10.0
"""Interval of the messages while a card is awaited."""
ShowMessage = Callable[[str], None]
_FAILURE_MESSAGES = {
    CardReadFailure.TOO_SHORT: "that was too short; leave it on the reader",
    CardReadFailure.PAYMENT_CARD: "that is a bank card, nothing was read from it; lay the shop's card",
    CardReadFailure.UNREADABLE: "that could not be read; lift it and lay it again",
}


class NoCardError(StoreError):
    """No card was laid on the reader in time."""

    title = "No card"


class EnrolmentReader:
    """A card reader that runs inside `with`. `show` displays a message to the person at the reader."""

    def __init__(self, reader: CardReader, show: ShowMessage, wait_s: float) -> None:
        self._reader, self._show, self._wait_s = reader, show, wait_s
        self._facts: queue.SimpleQueue[CardFact] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        self._reader.start(self._facts.put)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None
    ) -> None:
        self._reader.close()

    def wait_for_card(self) -> CardTap:
        """The next card on the reader. Raises NoCardError if none comes within the configured time."""
        until = time.monotonic() + self._wait_s
        why = ""
        self._show(f"lay the card on the reader ({self._wait_s:.0f} s)")
        while (left := until - time.monotonic()) > 0:
            try:
                fact = self._facts.get(timeout=min(left, REMINDER_S))
            except queue.Empty:
                self._show(f"still waiting, {max(0.0, until - time.monotonic()):.0f} s left")
                continue
            if isinstance(fact, CardTap):
                return fact
            why = self._report(fact, why)
        raise NoCardError(f"no card was placed within {self._wait_s:.0f} s{f' ({why})' if why else ''}")

    def _report(self, fact: CardFact, why: str) -> str:
        """Shows a message for this fact; returns why the reader is not connected, empty if it is."""
        match fact:
            case CardRefused(failure=failure):
                self._show(_FAILURE_MESSAGES[failure])
            case ReaderDown(why=away) | ReaderStillDown(why=away):
                self._show(f"the reader is not connected: {away}")
                return f"the reader is not connected: {away}"
            case ReaderUp():
                return ""
        return why

    def personalise_card(self, tap: CardTap, keys: ShopKeys, link_base: str) -> int | None:
        """Personalises the card: the counter of its first signed link, or None if it was removed too soon.

        Raises RefusedError.
        """
        self._show("writing, leave it there")
        try:
            session = self._reader.session()
            try:
                relay = RemoteDialogue(personalise(tap.uid, keys, link_base, secrets.token_bytes(16)))
                return run_dialogue(session, relay).counter
            finally:
                session.close()
        except (CardLostError, ConnectionLostError):
            self._show("it was removed too soon; lay it down again, the work continues where it stopped")
            return None
        except ForgedProofError:
            raise RefusedError("this card has the keys of another shop or of another master key") from None
        except HardwareError as error:
            raise RefusedError(str(error)) from None

    def show(self, message: str) -> None:
        self._show(message)


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """What to enrol: the shopper, `card` or `ring`, and the base of the link that the card shows."""

    shopper_id: str
    kind: str
    link_base: str


def enrol(reader: EnrolmentReader, book: CardBook, keys: ShopKeys, request: EnrolmentRequest) -> StoredCard:
    """Waits for a card, personalises it and assigns it to the shopper. An interrupted card is continued.

    Raises NoCardError or RefusedError.
    """
    if not book.has_shopper(request.shopper_id):
        raise RefusedError(f"there is no shopper {request.shopper_id}")
    while True:
        tap = reader.wait_for_card()
        if tap.kind is not CardKind.NTAG424 or len(tap.uid) != 2 * UID_BYTES:
            reader.show("this card cannot prove itself; an NTAG 424 DNA is needed")
            continue
        known = book.card(tap.uid)
        check_assignable(known, request.shopper_id)
        if known is not None and known.source is CardSource.ENROLLED and known.shopper_id:
            reader.show("this card is enrolled for this shopper already")
            return known
        counter = reader.personalise_card(tap, keys, request.link_base)
        if counter is not None:
            return book.enrol(tap.uid, request.shopper_id, request.kind, counter)
