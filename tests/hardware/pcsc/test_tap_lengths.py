"""Taps of 0.5 s and more are always read, shorter ones completely or not at all; two slots at once."""

from __future__ import annotations

import queue
import random
import threading
from collections.abc import Iterator

import pytest

from hardware.drivers.card_reader import open_card_reader
from hardware.pcsc.keys import ShopKeys
from hardware.pcsc.ntag424 import verify_sun
from hardware.ports import CardFact, CardGone, CardReadFailure, CardRefused, CardTap, ReaderUp
from hardware.sim.cards.card_file import NamedCard, make_card
from hardware.sim.cards.ntag424 import Ntag424Card, shop_keys
from hardware.sim.cards.pad import SimCardPad
from tests.hardware.pcsc.card_reader_rigs import WHY_NO_PCSCD
from tests.hardware.pcsc.virtual_pcscd import VirtualPcscd
from tests.hardware.pcsc.vpcd_pad import VpcdPad

SHOP = ShopKeys(bytes(range(16)))
UID = bytes.fromhex("04A1B2C3D4E580")
LINK = "https://house.example/m"
# time of a command with a real card, radio and reader included
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
    """One outcome for each tap; `lengths` in seconds."""
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


@pytest.mark.skipif(WHY_NO_PCSCD is not None, reason=str(WHY_NO_PCSCD))
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


@pytest.mark.skipif(WHY_NO_PCSCD is not None, reason=str(WHY_NO_PCSCD))
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


def test_two_quick_taps_are_two_taps(pads: SimCardPad) -> None:
    with Watch(pads.uri()) as watch:
        pads.pad().lay(NamedCard("member", "ntag424", member()))
        check_read_whole(watch.next())
        pads.pad().lay(NamedCard("member", "ntag424", member()))
        assert isinstance(watch.next(), CardGone)
        check_read_whole(watch.next())
