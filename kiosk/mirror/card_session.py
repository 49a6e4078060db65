"""Identifies the owner of a tapped card; an NTAG 424 is authenticated by the store, and the mirror only forwards.

The mirror has no key: it carries the store's commands to the card on its reader, and the answers back. Where this is
not possible (card removed, card of another kind, refused by the store), the store is asked to identify the tap by its
link or UID instead. A card that answers with a wrong key is not asked again: it has no owner.
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
MAX_COMMANDS = 8
"""Commands that are forwarded for one tap; the store needs three."""
OpenCardSession = Callable[[CardTapped], CardSession]


class LastTapReader:
    """A card reader with its last tap, so that commands for one card never reach the next one."""

    def __init__(self, reader: CardReader) -> None:
        self._reader = reader
        self._last: CardTap | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._reader.name

    def start(self, post: Callable[[CardFact], None]) -> None:
        """Start to report taps to `post`, on the reader's thread."""

        def remember(fact: CardFact) -> None:
            with self._lock:
                self._last = fact if isinstance(fact, CardTap) else None
            post(fact)

        self._reader.start(remember)

    def close(self) -> None:
        """Stop; may be called twice."""
        self._reader.close()

    def session(self) -> CardSession:
        """Connect to the card on the reader. Raises HardwareError."""
        return self._reader.session()

    def session_for(self, tap: CardTapped) -> CardSession:
        """Connect to the card of this tap. Raises HardwareError, also if another card is on the reader now."""
        self._check_last(tap)
        session = self._reader.session()
        try:
            # Checked again: another card may have come in between. Its tap is reported before it can be connected.
            self._check_last(tap)
        except BaseException:
            session.close()
            raise
        return session

    def _check_last(self, tap: CardTapped) -> None:
        with self._lock:
            last = self._last
        if last is None or (last.uid, last.link) != (tap.uid, tap.link):
            raise CardLostError("the card of this tap was removed")


def identify_shopper(
    client: StoreClient, question: IdentifyShopper, open_session: OpenCardSession | None
) -> Shopper | None:
    """The owner of a tapped card: authenticated at the reader if possible, else by link. Raises StoreClientError."""
    if open_session is not None and question.tap.kind == CardKind.NTAG424.value:
        try:
            return _authenticated(client, question, open_session)
        except (HardwareError, StoreRefusedError) as error:
            log.info("card authentication failed (%s), its link is used", type(error).__name__)
    shopper: Shopper | None = client.ask(question)
    return shopper


def _authenticated(
    client: StoreClient, question: IdentifyShopper, open_session: OpenCardSession
) -> Shopper | None:
    session = open_session(question.tap)
    try:
        session_id, command = client.begin_card_authentication(question)
        for _ in range(MAX_COMMANDS):
            step = client.continue_card_authentication(session_id, session.exchange(command))
            if not isinstance(step, bytes):
                return step
            command = step
    finally:
        session.close()
    raise StoreRefusedError(f"authentication did not end within {MAX_COMMANDS} commands")
