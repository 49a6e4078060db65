"""Real hands: taps of half a second and more are always read, shorter ones whole or not at all; two slots at once."""

from __future__ import annotations

import json
import queue
import random
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hardware.drivers.card_reader import open_card_reader
from hardware.errors import UriError
from hardware.pcsc.keys import ShopKeys
from hardware.pcsc.ntag424 import verify_sun
from hardware.ports import CardFact, CardGone, CardReadFailure, CardRefused, CardTap, ReaderUp
from hardware.sim.cards.card_file import CardDescriptionError, NamedCard, make_card, make_cards
from hardware.sim.cards.ntag424 import Ntag424Card, shop_keys
from hardware.sim.cards.pad import SimCardPad
from hardware.sim.cards.simulated_slot import ReaderUnpluggedError
from hardware.sim.cards.virtual_pcscd import VirtualPcscd
from hardware.sim.cards.vpcd import VpcdPad
from tests.hardware.pcsc.card_places import NO_PCSCD

SHOP = ShopKeys(bytes(range(16)))
UID = bytes.fromhex("04A1B2C3D4E580")
LINK = "https://house.example/m"
# What a real card needs for a command, radio and reader and all.
COMMAND_S = 0.015


def member() -> Ntag424Card:
    return Ntag424Card(UID, LINK, shop_keys(SHOP, UID))


@pytest.fixture
def pads() -> Iterator[SimCardPad]:
    pads = SimCardPad(())
    pads.start()
    yield pads
    pads.close()


class Watch:
    def __init__(self, uri: str) -> None:
        self.facts: queue.Queue[CardFact] = queue.Queue()
        self.reader = open_card_reader(uri, "mirror 3")
        self.reader.start(self.facts.put)
        assert isinstance(self.next(), ReaderUp)

    def next(self) -> CardFact:
        return self.facts.get(timeout=10)

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_error: object) -> None:
        self.reader.close()


def taps_of(pads: SimCardPad, lengths: list[float]) -> list[CardFact]:
    """One outcome for each laying."""
    outcomes = []
    card = NamedCard("member", "ntag424", member(), COMMAND_S)
    with Watch(pads.uri()) as watch:
        for seconds in lengths:
            pads.pad().lay(card, seconds)
            outcomes.append(watch.next())
            assert isinstance(watch.next(), CardGone)
    return outcomes


def check_read_whole(outcome: CardFact) -> None:
    assert isinstance(outcome, CardTap)
    assert outcome.link is not None
    assert verify_sun(outcome.link, SHOP).uid == outcome.uid


def check_taps(pads: SimCardPad, times: int) -> None:
    dice = random.Random(8)
    long = taps_of(pads, [dice.uniform(0.5, 0.7) for _tap in range(times)])
    for outcome in long:
        check_read_whole(outcome)
    short = taps_of(pads, [dice.uniform(0.02, 0.3) for _tap in range(2 * times)])
    refused = [outcome for outcome in short if isinstance(outcome, CardRefused)]
    for outcome in short:
        if outcome not in refused:
            check_read_whole(outcome)
    assert {outcome.failure for outcome in refused} == {CardReadFailure.TOO_SHORT}
    print(
        f"{len(long)} taps of 0.5 s and more: all read; {len(short)} shorter: {len(refused)} refused, rest read whole"
    )


def test_taps_of_any_length(pads: SimCardPad) -> None:
    check_taps(pads, 4)


@pytest.mark.full
@pytest.mark.timeout(600)
def test_taps_of_any_length_three_hundred_times(pads: SimCardPad) -> None:
    check_taps(pads, 100)


@pytest.mark.skipif(NO_PCSCD is not None, reason=str(NO_PCSCD))
def test_half_a_second_is_enough_through_pcscd() -> None:
    with VirtualPcscd() as daemon, Watch("pcsc://") as watch:
        pad = VpcdPad(daemon.ports[0])
        for _tap in range(4):
            lifted = threading.Timer(0.5, pad.lift)
            pad.lay(member())
            lifted.start()
            check_read_whole(watch.next())
            assert isinstance(watch.next(), CardGone)
            lifted.join()


@pytest.mark.skipif(NO_PCSCD is not None, reason=str(NO_PCSCD))
def test_two_slots_of_one_reader_are_two_readers() -> None:
    with VirtualPcscd() as daemon, Watch("pcsc://00 00") as left, Watch("pcsc://00 01") as right:
        left_pad, right_pad = VpcdPad(daemon.ports[0]), VpcdPad(daemon.ports[1])
        left_pad.lay(make_card({"kind": "uid", "uid": "01020304"}).card)
        right_pad.lay(make_card({"kind": "uid", "uid": "05060708"}).card)
        one, other = left.next(), right.next()
        left_pad.lift()
        assert isinstance(left.next(), CardGone)
        assert right.facts.empty()
        right_pad.lift()
    assert isinstance(one, CardTap)
    assert isinstance(other, CardTap)
    assert (one.uid, other.uid) == ("01020304", "05060708")


def test_two_pads_of_one_process_are_two_readers(pads: SimCardPad) -> None:
    with Watch(pads.uri("room 1")) as one, Watch(pads.uri("room 2")) as two:
        pads.execute({"do": "lay", "pad": "room 2", "card": {"kind": "uid", "uid": "01020304"}})
        assert isinstance(two.next(), CardTap)
        assert one.facts.empty()


def test_a_swift_second_tap_is_a_second_tap(pads: SimCardPad) -> None:
    with Watch(pads.uri()) as watch:
        pads.pad().lay(NamedCard("member", "ntag424", member()))
        check_read_whole(watch.next())
        pads.pad().lay(NamedCard("member", "ntag424", member()))
        assert isinstance(watch.next(), CardGone)
        check_read_whole(watch.next())


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "pcsc",
        "http://x",
        "sim://",
        "sim://127.0.0.1",
        "sim://:7",
        "sim://h:99999",
        "sim://[::1",
        "llrp://x:5084",
    ],
)
def test_an_address_that_leads_nowhere_says_what_would(uri: str) -> None:
    with pytest.raises(UriError, match="pcsc://"):
        open_card_reader(uri, "mirror 3")


@pytest.mark.parametrize(
    ("cards", "words"),
    [
        ({}, "list"),
        ([1], "list"),
        ([{"kind": "gold"}], "unknown kind"),
        ([{"uid": "01020304", "colour": "red"}], "unknown words colour"),
        ([{"kind": "uid", "uid": "0102"}], "4, 7 or 10"),
        ([{"kind": "uid"}], "uid"),
        ([{"kind": "ntag424", "uid": "01020304", "link_base": LINK}], "7 bytes"),
        ([{"kind": "ntag424", "uid": UID.hex(), "link_base": LINK, "key_hex": "00"}], "16 bytes"),
        ([{"kind": "ntag424", "uid": UID.hex(), "link_base": LINK * 12}], "too long"),
        ([{"uid": "01020304", "name": "a"}, {"uid": "01020304", "name": "a"}], "same name"),
    ],
)
def test_a_card_described_wrongly_is_named(cards: Any, words: str) -> None:
    with pytest.raises(CardDescriptionError, match=words):
        make_cards(cards)


class Backstage:
    """The other side of a pad's port."""

    def __init__(self, port: int) -> None:
        self._link = socket.create_connection(("127.0.0.1", port), 10)
        self._lines = self._link.makefile("rwb")

    def say(self, line: bytes) -> Any:
        self._lines.write(line + b"\n")
        self._lines.flush()
        return json.loads(self._lines.readline())

    def __enter__(self) -> Backstage:
        return self

    def __exit__(self, *_error: object) -> None:
        self._lines.close()
        self._link.close()


@contextmanager
def pad_process(cards: Path) -> Iterator[Any]:
    """`python -m hardware.sim.cards`, and its first line."""
    process = subprocess.Popen(
        [sys.executable, "-m", "hardware.sim.cards", "--port", "0", "--cards", str(cards)],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    with process:
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()
        assert process.wait(10) == 0


def test_the_pads_as_a_process(tmp_path: Path) -> None:
    cards = [
        {"name": "ada", "kind": "ntag424", "uid": UID.hex(), "link_base": LINK, "key_hex": SHOP.master.hex()}
    ]
    (tmp_path / "cards.json").write_text(json.dumps(cards), "utf-8")
    with (
        pad_process(tmp_path / "cards.json") as ready,
        Backstage(ready["port"]) as backstage,
        Watch(f"sim://127.0.0.1:{ready['port']}") as watch,
    ):
        assert ready["cards"] == ["ada"]
        assert backstage.say(b'{"do":"lay","card":"ada","ms":400}')["ok"]
        assert backstage.say(b'{"do":"list"}') == {
            "cards": [{"name": "ada", "kind": "ntag424"}],
            "lying": "ada",
        }
        check_read_whole(watch.next())
        assert isinstance(watch.next(), CardGone)
        assert "no card is named" in backstage.say(b'{"do":"lay","card":"eve"}')["error"]
        assert "unknown command" in backstage.say(b'{"do":"dance"}')["error"]
        nonsense = (
            b"",
            b"[]",
            b"7",
            b"{",
            b'{"do":"apdu"}',
            b'{"do":"lay","card":{"kind":7}}',
            b"[" * 90_000,
        )
        assert all("error" in backstage.say(line) for line in nonsense)


def test_the_process_ends_with_whoever_started_it() -> None:
    """Its parent dies as soon as it is ready; the end of its error stream is its own end."""
    start = (
        "import os, subprocess, sys\n"
        "pads = subprocess.Popen([sys.executable, '-m', 'hardware.sim.cards'], stdout=subprocess.PIPE)\n"
        "print(pads.stdout.readline().decode(), flush=True)\n"
        "os._exit(0)\n"
    )
    started = subprocess.run([sys.executable, "-c", start], capture_output=True, check=True, timeout=60)
    assert b"ready" in started.stdout


def test_a_wrong_cards_file_ends_the_process_with_words(tmp_path: Path) -> None:
    (tmp_path / "cards.json").write_text('[{"kind": "gold"}]', "utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "hardware.sim.cards", "--cards", str(tmp_path / "cards.json")],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 2
    assert b"unknown kind 'gold'" in ended.stderr
    assert b"Traceback" not in ended.stderr


def test_nothing_is_laid_on_a_pad_without_its_cable(pads: SimCardPad) -> None:
    pads.execute({"do": "unplug"})
    with pytest.raises(ReaderUnpluggedError):
        pads.execute({"do": "lay", "card": {"kind": "uid", "uid": "01020304"}})
