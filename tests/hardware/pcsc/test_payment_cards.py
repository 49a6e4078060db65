"""A payment card gets one command; its number reaches no connection, log or file."""

from __future__ import annotations

import logging
import queue
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from hardware.drivers.card_reader import open_card_reader
from hardware.pcsc.apdu import command_apdu, select_application
from hardware.pcsc.card_reading import SELECT_PPSE, read_card
from hardware.pcsc.errors import PaymentCardError
from hardware.ports import CardFact, CardGone, CardReadFailure, CardRefused, ReaderUp
from hardware.sim.cards.card_file import NamedCard
from hardware.sim.cards.pad import SimCardPad
from hardware.sim.cards.payment import TEST_NUMBER, PaymentCard
from tests.hardware.pcsc.card_reader_rigs import WHY_NO_PCSCD
from tests.hardware.pcsc.virtual_pcscd import VirtualPcscd
from tests.hardware.pcsc.vpcd_pad import VpcdPad

UID = bytes.fromhex("01020304")


def shows_number(found: bytes) -> bool:
    """Whether the card number occurs as digits (also the hexadecimal of its BCD form) or in BCD."""
    forms = (TEST_NUMBER.encode(), bytes.fromhex(TEST_NUMBER))
    return any(form in found for form in forms)


class RecordingProxy:
    """Forwards one TCP port to another and records every byte of both directions."""

    def __init__(self, port: int) -> None:
        self.seen = bytearray()
        self._to = port
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._links: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self) -> None:
        while True:
            try:
                here, _address = self._server.accept()
            except OSError:
                return
            self._links.append(here)
            try:
                there = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                return
            self._links.append(there)
            for pair in ((here, there), (there, here)):
                self._threads.append(threading.Thread(target=self._pass_on, args=pair))
                self._threads[-1].start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while got := source.recv(4096):
                self.seen += got
                sink.sendall(got)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        # first, so that no link is accepted after the others were closed
        self._threads[0].join()
        self._server.close()
        for link in self._links:
            with suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
        for thread in self._threads[1:]:
            thread.join()
        for link in self._links:
            link.close()


@pytest.fixture
def pads() -> Iterator[SimCardPad]:
    pads = SimCardPad(())
    pads.start()
    yield pads
    pads.close()


def lay_and_lift(uri: str, lay: object, lift: object) -> list[CardFact]:
    facts: queue.Queue[CardFact] = queue.Queue()
    reader = open_card_reader(uri, "mirror 3")
    reader.start(facts.put)
    seen = [facts.get(timeout=10)]
    assert callable(lay)
    assert callable(lift)
    lay()
    seen.append(facts.get(timeout=10))
    lift()
    seen.append(facts.get(timeout=10))
    reader.close()
    return seen


def test_a_payment_card_gets_one_command_over_a_recorded_connection(
    pads: SimCardPad, caplog: pytest.LogCaptureFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    card = PaymentCard(UID)
    wire = RecordingProxy(pads.port)
    with caplog.at_level(logging.DEBUG):
        seen = lay_and_lift(
            f"sim://127.0.0.1:{wire.port}",
            lambda: pads.pad().lay(NamedCard("bank", "payment", card)),
            pads.pad().lift,
        )
    wire.close()
    assert [type(fact) for fact in seen] == [ReaderUp, CardRefused, CardGone]
    assert isinstance(seen[1], CardRefused)
    assert seen[1].failure is CardReadFailure.PAYMENT_CARD
    assert card.log == [SELECT_PPSE]
    assert SELECT_PPSE.hex().encode() in wire.seen
    assert not shows_number(bytes(wire.seen))
    assert not shows_number(caplog.text.encode())
    assert not shows_number(repr(seen).encode())
    assert not list(tmp_path.rglob("*"))


@pytest.mark.skipif(WHY_NO_PCSCD is not None, reason=str(WHY_NO_PCSCD))
def test_a_payment_card_gets_one_command_through_pcscd() -> None:
    card = PaymentCard(UID)
    with VirtualPcscd() as daemon:
        pad = VpcdPad(daemon.ports[0])
        lay_and_lift("pcsc://", lambda: pad.lay(card), pad.lift)
    assert card.log == [SELECT_PPSE]


@pytest.mark.parametrize("status", ["9000", "6110", "6283", "6300", "6C20"])
def test_any_sign_of_a_payment_application_ends_the_dialogue(status: str) -> None:
    dialogue = read_card(b"\x3b\x00")
    assert next(dialogue) == SELECT_PPSE
    with pytest.raises(PaymentCardError):
        dialogue.send(bytes.fromhex(status))


def test_planted_further_commands_are_caught() -> None:
    """Further commands return the number, and the checks above find it."""
    card = PaymentCard(UID)
    asked = [
        SELECT_PPSE,
        select_application(bytes.fromhex("A0000000031010")),
        command_apdu(0, 0xB2, 1, 0x0C, le=256),
    ]
    told = b"".join(card.answer(question) or b"" for question in asked)
    assert card.log != [SELECT_PPSE]
    assert shows_number(told)
    assert shows_number(told.hex().encode())
