"""Attempts to read a tapped card: repeated while it is there."""

from __future__ import annotations

from hardware.pcsc.errors import CardLostError
from hardware.pcsc.read_attempts import read_tapped_card
from hardware.pcsc.transport import CardConnection, CardPresence
from hardware.ports import CardKind, CardReadFailure
from hardware.sim.cards.basic_cards import UidCard, VirtualCard
from hardware.sim.cards.payment import PaymentCard
from tests.hardware.pcsc.card_reader_rigs import DirectConnection

UID = bytes.fromhex("04A1B2C3D4E580")
TAPPED = CardPresence(present=True, serial=3)
REMOVED = CardPresence(present=False, serial=3)


class SlotWithFaults:
    """A slot whose card cannot be powered for the first `faults` times; `presence` is what `wait` returns."""

    def __init__(self, card: VirtualCard, faults: int = 0, presence: CardPresence = TAPPED) -> None:
        self._card, self._faults, self._presence = card, faults, presence
        self.attempts = 0

    def wait(self, _known: CardPresence, _seconds: float) -> CardPresence:
        return self._presence

    def connect(self) -> CardConnection:
        self.attempts += 1
        if self.attempts <= self._faults:
            raise CardLostError("no contact")
        return DirectConnection(self._card)

    def close(self) -> None:
        """Does nothing."""


def test_a_card_that_answers_at_the_third_attempt_is_read() -> None:
    slot = SlotWithFaults(UidCard(UID), faults=2)
    contents = read_tapped_card(slot, TAPPED)
    assert not isinstance(contents, CardReadFailure)
    assert (contents.kind, contents.uid, slot.attempts) == (CardKind.UID, UID.hex().upper(), 3)


def test_a_card_that_was_removed_was_there_too_short() -> None:
    assert read_tapped_card(SlotWithFaults(UidCard(UID), 9, REMOVED), TAPPED) is CardReadFailure.TOO_SHORT


def test_another_tap_meanwhile_ends_the_attempts() -> None:
    slot = SlotWithFaults(UidCard(UID), 9, CardPresence(present=True, serial=4))
    assert read_tapped_card(slot, TAPPED) is CardReadFailure.TOO_SHORT
    assert slot.attempts == 1


def test_a_card_that_never_answers_is_unreadable_within_the_retry_time() -> None:
    slot = SlotWithFaults(UidCard(UID), 10**9)
    assert read_tapped_card(slot, TAPPED) is CardReadFailure.UNREADABLE
    assert slot.attempts > 1


def test_a_payment_card_is_not_tried_again() -> None:
    slot = SlotWithFaults(PaymentCard(UID))
    assert read_tapped_card(slot, TAPPED) is CardReadFailure.PAYMENT_CARD
    assert slot.attempts == 1
