"""Lets the store speak with the card that lies on the mirror's reader; the mirror passes on what it cannot read.

No key is ever here. Where the card cannot be met (it was taken away, it is of another kind, the store will not), its
signed link is asked about instead.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from hardware.errors import HardwareError
from hardware.pcsc.errors import CardLostError
from hardware.ports import CardFact, CardKind, CardReader, CardSession, CardTap
from kiosk.core.domain.shopper import Shopper
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.core.visit.events import CardTapped
from kiosk.mirror.store_client import StoreClient, StoreRefusedError

log = logging.getLogger(__name__)
STEPS = 8
"""Commands that are passed on for one tap, at most; the store needs three."""
OpenCardSession = Callable[[CardTapped], CardSession]


class LastTapReader:
    """A card reader that knows which tap was its last, so that nobody speaks with the card after it in its stead."""

    def __init__(self, reader: CardReader) -> None:
        self._reader = reader
        self._laid: CardTap | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._reader.name

    def start(self, post: Callable[[CardFact], None]) -> None:
        """Begin to watch."""

        def noted(fact: CardFact) -> None:
            with self._lock:
                self._laid = fact if isinstance(fact, CardTap) else None
            post(fact)

        self._reader.start(noted)

    def close(self) -> None:
        """End; may be called twice."""
        self._reader.close()

    def session(self) -> CardSession:
        """Reach the card that lies there."""
        return self._reader.session()

    def session_for(self, tap: CardTapped) -> CardSession:
        """Reach the card of this very tap. Errors: HardwareError."""
        self._must_lie(tap)
        session = self._reader.session()
        try:
            # Again, since another card may have been laid in between; its coming was told before it could be reached.
            self._must_lie(tap)
        except BaseException:
            session.close()
            raise
        return session

    def _must_lie(self, tap: CardTapped) -> None:
        with self._lock:
            laid = self._laid
        if laid is None or (laid.uid, laid.link) != (tap.uid, tap.link):
            raise CardLostError("the card of this tap was taken away")


def identify_shopper(
    client: StoreClient, question: IdentifyShopper, open_session: OpenCardSession | None
) -> Shopper | None:
    """Whose card it is: met at the reader where it can be, else by what it showed. Errors: StoreError."""
    if open_session is not None and question.tap.kind == CardKind.NTAG424.value:
        try:
            return _met(client, question, open_session)
        except (HardwareError, StoreRefusedError) as trouble:
            log.info("the card is not met (%s), its link is asked about", type(trouble).__name__)
    shopper: Shopper | None = client.ask(question)
    return shopper


def _met(client: StoreClient, question: IdentifyShopper, open_session: OpenCardSession) -> Shopper | None:
    session = open_session(question.tap)
    try:
        session_id, command = client.begin_card_authentication(question)
        for _ in range(STEPS):
            step = client.continue_card_authentication(session_id, session.exchange(command))
            if not isinstance(step, bytes):
                return step
            command = step
    finally:
        session.close()
    raise StoreRefusedError("the meeting does not end")
