"""Pass readers of wallets: run first, checked, and without access to payment applications."""

from __future__ import annotations

import queue

import pytest

from hardware.drivers.card_reader import open_card_reader
from hardware.pcsc.apdu import command_apdu, select_application
from hardware.pcsc.card_reading import SELECT_PPSE, CardContents
from hardware.pcsc.errors import CardProtocolError, CommandNotAllowedError, PaymentCardError
from hardware.pcsc.read_attempts import run_card_dialogue
from hardware.pcsc.wallet import (
    APPLE_VAS,
    GOOGLE_SMART_TAP,
    MAX_COMMANDS,
    PassDialogue,
    PassReader,
    read_pass,
)
from hardware.ports import CardFact, CardKind, CardTap, ReaderUp
from hardware.sim.cards.basic_cards import UidCard
from hardware.sim.cards.payment import PaymentCard
from tests.hardware.pcsc.card_reader_rigs import DirectConnection, PadRig

LINK = "https://house.example/m?pass=7"
ASK_PASS = command_apdu(0x80, 0xCA, 0x01, 0x01, b"\x9f\x25\x00", le=256)
GOOD = b"\x90\x00"


class Phone(PaymentCard):
    """A phone with a payment card, and a pass of the retailer in one wallet or in none."""

    def __init__(self, wallet: bytes | None) -> None:
        super().__init__(b"\x08\x01\x02\x03")
        self._wallet = wallet

    def answer(self, command: bytes) -> bytes | None:
        if self._wallet and command == select_application(self._wallet):
            self.log.append(command)
            return GOOD
        if self._wallet and command == ASK_PASS:
            self.log.append(command)
            return LINK.encode() + GOOD
        return super().answer(command)


def passes(wallet: bytes) -> PassReader:
    """A retailer's pass reader for one wallet."""

    def reading() -> PassDialogue:
        if (yield select_application(wallet)) != GOOD:
            return None
        return (yield ASK_PASS)[:-2].decode()

    return reading


@pytest.mark.parametrize("wallet", [APPLE_VAS, GOOGLE_SMART_TAP])
def test_a_pass_is_read_without_selecting_the_ppse(wallet: bytes) -> None:
    phone = Phone(wallet)
    assert run_card_dialogue(DirectConnection(phone), passes(wallet)) == CardContents(CardKind.NDEF, "", LINK)
    assert phone.log == [select_application(wallet), ASK_PASS]


def test_a_phone_without_a_pass_gets_one_ppse_selection() -> None:
    phone = Phone(None)
    with pytest.raises(PaymentCardError):
        run_card_dialogue(DirectConnection(phone), passes(APPLE_VAS))
    assert phone.log == [select_application(APPLE_VAS), SELECT_PPSE]


def test_our_card_is_read_as_without_a_pass_reader() -> None:
    assert (
        run_card_dialogue(DirectConnection(UidCard(b"\x04\x01\x02\x03")), passes(APPLE_VAS)).uid == "04010203"
    )


def test_a_pass_comes_as_a_tap_through_a_reader() -> None:
    rig, facts = PadRig(), queue.Queue[CardFact]()
    reader = open_card_reader(rig.uri, "mirror 3", passes=passes(APPLE_VAS))
    reader.start(facts.put)
    assert isinstance(facts.get(timeout=10), ReaderUp)
    rig.lay_card(Phone(APPLE_VAS))
    tap = facts.get(timeout=10)
    reader.close()
    rig.close()
    assert isinstance(tap, CardTap)
    assert (tap.link, tap.uid) == (LINK, "")


def curious(*asked: bytes) -> PassReader:
    """Planted: a pass reader that sends other commands."""

    def reading() -> PassDialogue:
        for question in asked:  # noqa: UP028  # a tuple takes no answers
            yield question
        return None

    return reading


VISA = select_application(bytes.fromhex("A0000000031010"))


@pytest.mark.parametrize(
    "asked",
    [
        (SELECT_PPSE,), (VISA,), (ASK_PASS,), (b"",), (b"\x00\xa4\x04",),
        (select_application(APPLE_VAS), VISA), (select_application(APPLE_VAS), SELECT_PPSE),
        (select_application(APPLE_VAS), command_apdu(0x00, 0xB2, 1, 0x0C, le=256)),
        (select_application(APPLE_VAS), command_apdu(0x80, 0xA8, 0, 0, b"\x83\x00", le=256)),
        (select_application(GOOGLE_SMART_TAP), command_apdu(0x00, 0xB0, 0, 0, le=16)),
        (select_application(APPLE_VAS), command_apdu(0x80, 0xAE, 0x80, 0, b"\x00", le=256)),
    ],
)  # fmt: skip
def test_planted_commands_to_other_applications_are_never_sent(asked: tuple[bytes, ...]) -> None:
    phone = Phone(APPLE_VAS)
    with pytest.raises(CommandNotAllowedError):
        run_card_dialogue(DirectConnection(phone), curious(*asked))
    assert phone.log == list(asked[:-1])


def test_a_pass_reader_without_end_or_without_a_link_is_refused() -> None:
    endless = curious(*[select_application(APPLE_VAS)] * (MAX_COMMANDS + 1))
    with pytest.raises(CardProtocolError):
        run_card_dialogue(DirectConnection(Phone(APPLE_VAS)), endless)

    def no_link() -> PassDialogue:
        yield select_application(APPLE_VAS)
        return "two\nlines"

    talk = read_pass(no_link)
    next(talk)
    with pytest.raises(CardProtocolError):
        talk.send(GOOD)
