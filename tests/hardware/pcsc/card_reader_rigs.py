"""Card readers for tests: pcscd with a virtual reader, a simulated pad, or a card connection without a reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from hardware.sim.cards.basic_cards import UidCard, VirtualCard
from hardware.sim.cards.card_file import NamedCard, make_card
from hardware.sim.cards.ntag424 import Ntag424Card
from hardware.sim.cards.pad import SimCardPad
from tests.hardware.pcsc.virtual_pcscd import VirtualPcscd, missing_requirement
from tests.hardware.pcsc.vpcd_pad import VpcdPad

# What is missing on this computer to run a virtual pcscd, None if nothing is.
WHY_NO_PCSCD = missing_requirement()


class CardReaderRig(Protocol):
    """A reader on which cards can be placed, and which can be unplugged."""

    uri: str

    def lay(self, card: dict[str, Any]) -> None: ...
    def lay_card(self, card: VirtualCard) -> None: ...
    def lift(self) -> None: ...
    def unplug(self) -> None: ...
    def plug(self) -> None: ...
    def close(self) -> None: ...


class PcscdRig:
    def __init__(self) -> None:
        self.daemon = VirtualPcscd()
        self.pad = VpcdPad(self.daemon.ports[0])
        self.uri = "pcsc://virtual pcd 00 00"

    def lay(self, card: dict[str, Any]) -> None:
        self.lay_card(make_card(card).card)

    def lay_card(self, card: VirtualCard) -> None:
        self.pad.lay(card)

    def lift(self) -> None:
        self.pad.lift()

    def unplug(self) -> None:
        self.daemon.unplug()

    def plug(self) -> None:
        self.daemon.plug()

    def close(self) -> None:
        self.pad.lift()
        self.daemon.close()


class PadRig:
    def __init__(self) -> None:
        self.pads = SimCardPad(())
        self.pads.start()
        self.uri = self.pads.uri()

    def lay(self, card: dict[str, Any]) -> None:
        self.lay_card(make_card(card).card)

    def lay_card(self, card: VirtualCard) -> None:
        self.pads.pad().lay(NamedCard("card", "card", card))

    def lift(self) -> None:
        self.pads.execute({"do": "lift"})

    def unplug(self) -> None:
        self.pads.execute({"do": "unplug"})

    def plug(self) -> None:
        self.pads.execute({"do": "plug"})

    def close(self) -> None:
        self.pads.close()


class DirectConnection:
    """A card connection without a reader."""

    def __init__(self, card: VirtualCard) -> None:
        self._card = card
        self.atr = card.atr

    def transmit(self, command: bytes) -> bytes:
        return self._card.answer(command) or b""

    def close(self) -> None:
        """Does nothing."""


class DisappearingCard(UidCard):
    """A card that is removed after `commands` commands, before the response to the last one."""

    def __init__(self, genuine: VirtualCard, commands: int, lift: Callable[[], None]) -> None:
        super().__init__(b"")
        self._genuine = genuine
        self._left = commands
        self._lift = lift

    def answer(self, command: bytes) -> bytes | None:
        self.log.append(command)
        if len(self.log) >= self._left:
            self._lift()
            return None
        return self._genuine.answer(command)


class RefusingKeyChanges(UidCard):
    """A genuine card that refuses every ChangeKey."""

    def __init__(self, genuine: Ntag424Card) -> None:
        super().__init__(b"")
        self._genuine, self.log = genuine, genuine.log

    def reset(self) -> None:
        self._genuine.reset()

    def answer(self, command: bytes) -> bytes | None:
        return b"\x91\x9d" if command[:2] == b"\x90\xc4" else self._genuine.answer(command)
