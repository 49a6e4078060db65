"""Signs of card readers: the commands of an ACR122U, and readers that have none."""

from __future__ import annotations

import pytest

from hardware.errors import ConnectionLostError
from hardware.pcsc.pad_client import PadSlotFactory
from hardware.pcsc.reader_sign import MODELS, ReaderSign, show_sign, sign_command
from hardware.sim.cards.pad import SimCardPad


@pytest.mark.parametrize("sign", list(ReaderSign))
def test_each_sign_of_an_acr122u_is_a_command_of_its_own(sign: ReaderSign) -> None:
    command = sign_command("ACS ACR122U PICC Interface 00 00", sign)
    assert command is not None
    assert command[:3] == b"\xff\x00\x40"
    assert (command[4], len(command)) == (4, 9), "four bytes of times (ACR122U API 2.04, 6.2)"
    assert len({sign_command("acr122u", one) for one in ReaderSign}) == len(ReaderSign)


def test_every_model_of_the_table_has_each_sign_and_no_name_of_another_one() -> None:
    for model in MODELS:
        assert set(model.commands) == set(ReaderSign)
        assert all(name == name.lower() for name in model.names)
        assert model.source
    names = [name for model in MODELS for name in model.names]
    assert [(a, b) for a in names for b in names if a != b and a in b] == []


@pytest.mark.parametrize(
    "reader",
    [
        "Virtual PCD 00 00", "ACS ACR1252 Dual Reader [ACR1252 Dual Reader PICC] 00 00", "ACS ACR122L 00 00",
        "ACS ACR1222 1SAM PICC Reader 00 00", "HID Global OMNIKEY 5022 Smart Card Reader 00 00", "",
    ],
)  # fmt: skip
def test_a_reader_of_an_unknown_model_gets_no_command(reader: str) -> None:
    assert [sign_command(reader, sign) for sign in ReaderSign] == [None] * len(ReaderSign)


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
