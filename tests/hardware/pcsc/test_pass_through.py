"""Sessions with the tapped card: only for the card that is still there, only with allowed commands."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from hardware.pcsc.card_reading import SELECT_PPSE
from hardware.pcsc.errors import CardLostError, CommandNotAllowedError
from hardware.pcsc.pass_through import open_session
from hardware.pcsc.transport import CardConnection, CardPresence
from hardware.sim.cards.basic_cards import UidCard

TAPPED = CardPresence(present=True, serial=3)
GET_VERSION = bytes.fromhex("9060000000")


@dataclass
class RecordingSlot:
    """A slot with one card that records what is closed; `presence` is what `wait` returns."""

    presence: CardPresence = TAPPED
    powered: bool = True
    closed: list[str] = field(default_factory=list)
    card: UidCard = field(default_factory=lambda: UidCard(b"\x01\x02\x03\x04"))

    def wait(self, _known: CardPresence, _seconds: float) -> CardPresence:
        return self.presence

    def connect(self) -> CardConnection:
        if not self.powered:
            raise CardLostError("no contact")
        return RecordingConnection(self)

    def close(self) -> None:
        self.closed.append("slot")


@dataclass
class RecordingConnection:
    slot: RecordingSlot
    atr: bytes = b"\x3b\x00"

    def transmit(self, command: bytes) -> bytes:
        return self.slot.card.answer(command) or b""

    def close(self) -> None:
        self.slot.closed.append("connection")


def test_a_session_passes_allowed_commands_only() -> None:
    slot = RecordingSlot()
    session = open_session(lambda: slot, TAPPED)
    assert session.exchange(GET_VERSION) == b"\x6d\x00"
    with pytest.raises(CommandNotAllowedError):
        session.exchange(SELECT_PPSE)
    session.close()
    assert slot.card.log == [GET_VERSION]
    assert slot.closed == ["connection", "slot"]


def test_without_a_tap_the_reader_is_not_opened() -> None:
    def never() -> RecordingSlot:
        raise AssertionError("opened")

    with pytest.raises(CardLostError, match="no card"):
        open_session(never, None)


@pytest.mark.parametrize(
    "presence", [CardPresence(present=False, serial=3), CardPresence(present=True, serial=4)]
)
def test_another_card_or_none_gives_no_session(presence: CardPresence) -> None:
    slot = RecordingSlot(presence)
    with pytest.raises(CardLostError, match="removed"):
        open_session(lambda: slot, TAPPED)
    assert slot.closed == ["slot"]


def test_a_card_that_cannot_be_powered_leaves_nothing_open() -> None:
    slot = RecordingSlot(powered=False)
    with pytest.raises(CardLostError, match="no contact"):
        open_session(lambda: slot, TAPPED)
    assert slot.closed == ["slot"]
