"""Signs of card readers: the commands of an ACR122U, and readers that have none."""

from __future__ import annotations

import pytest

from hardware.errors import ConnectionLostError
from hardware.pcsc.pad_client import PadSlotFactory
from hardware.pcsc.reader_sign import ReaderSign, show_sign, sign_command
from hardware.sim.cards.pad import SimCardPad


@pytest.mark.parametrize("sign", list(ReaderSign))
def test_each_sign_of_an_acr122u_is_a_command_of_its_own(sign: ReaderSign) -> None:
    command = sign_command("ACS ACR122U PICC Interface 00 00", sign)
    assert command is not None
    assert command[:3] == b"\xff\x00\x40"
    assert (command[4], len(command)) == (4, 9), "four bytes of times (ACR122U API 2.04, 6.2)"
    assert len({sign_command("acr122", one) for one in ReaderSign}) == len(ReaderSign)
    assert sign_command("Virtual PCD 00 00", sign) is None


def test_a_pad_shows_signs_and_a_lost_reader_shows_none() -> None:
    pads = SimCardPad(())
    pads.start()
    slots = PadSlotFactory(pads.host, pads.port)
    try:
        assert show_sign(slots.open, ReaderSign.DONE)
        assert pads.pad().signs() == ["done"]
    finally:
        pads.close()
    with pytest.raises(ConnectionLostError):
        slots.open()
    assert not show_sign(slots.open, ReaderSign.DONE)
