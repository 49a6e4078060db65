"""The promises of `hardware.ports.CardReader`, with every driver: pcscd with a virtual reader, simulated pad."""

from __future__ import annotations

import queue
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from hardware.drivers.card_reader import open_card_reader
from hardware.pcsc.ntag424 import verify_sun
from hardware.pcsc.read_attempts import run_card_dialogue
from hardware.ports import (
    CardFact,
    CardGone,
    CardKind,
    CardReadFailure,
    CardRefused,
    CardTap,
    ReaderDown,
    ReaderUp,
)
from tests.contracts.watched_card_reader import LINK, MASTER, MEMBER, UID, Watched, member
from tests.hardware.pcsc.card_reader_rigs import (
    CardReaderRig,
    DirectConnection,
    DisappearingCard,
    PadRig,
    PcscdRig,
)

MAX_TAPS = 100
LINK_OF_400, LINK_OF_900 = LINK + "?" + "x" * 400, LINK + "?" + "y" * 900


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_card_reader_reports_up_first_with_its_name(watched: Watched) -> None:
    assert watched.reader.name == "mirror 3"
    up = watched.next()
    assert isinstance(up, ReaderUp)
    assert up.reader == "mirror 3"
    assert abs(up.at_us - time.time_ns() // 1000) < 30_000_000


@pytest.mark.parametrize(
    ("card", "kind", "link"),
    [
        ({"kind": "uid", "uid": UID}, CardKind.UID, None),
        ({"kind": "ndef", "uid": UID, "link_base": LINK + "?a=%20b"}, CardKind.NDEF, LINK + "?a=%20b"),
        ({"kind": "type2", "uid": UID, "link_base": LINK}, CardKind.NDEF, LINK),
        ({"kind": "type2", "uid": UID, "link_base": LINK_OF_400}, CardKind.NDEF, LINK_OF_400),
        ({"kind": "ndef", "uid": UID, "link_base": LINK_OF_900}, CardKind.NDEF, LINK_OF_900),
    ],
)
def test_one_card_one_tap_one_gone(
    card_rig: CardReaderRig, watched: Watched, card: dict[str, Any], kind: CardKind, link: str | None
) -> None:
    watched.next()
    card_rig.lay(card)
    tap = watched.next()
    assert isinstance(tap, CardTap)
    assert (tap.reader, tap.kind, tap.uid, tap.link) == ("mirror 3", kind, UID, link)
    card_rig.lift()
    assert isinstance(watched.next(), CardGone)
    assert watched.facts.empty()


def test_a_members_card_signs_anew_with_each_tap(card_rig: CardReaderRig, watched: Watched) -> None:
    watched.next()
    counters = []
    for tap_number in range(2):
        card_rig.lay({**MEMBER, "counter": 7 + tap_number})
        tap = watched.next()
        assert isinstance(tap, CardTap)
        assert tap.kind is CardKind.NTAG424
        assert tap.link is not None
        counters.append(verify_sun(tap.link, MASTER).counter)
        card_rig.lift()
        assert isinstance(watched.next(), CardGone)
    assert counters == [8, 9]


def test_a_payment_card_is_refused_and_then_gone(card_rig: CardReaderRig, watched: Watched) -> None:
    watched.next()
    card_rig.lay({"kind": "payment", "uid": "01020304"})
    refused = watched.next()
    assert isinstance(refused, CardRefused)
    assert refused.failure is CardReadFailure.PAYMENT_CARD
    card_rig.lift()
    assert isinstance(watched.next(), CardGone)


def commands_of_a_tap() -> int:
    card = member()
    run_card_dialogue(DirectConnection(card))
    return len(card.log)


@pytest.mark.parametrize("commands", [1, 5, commands_of_a_tap()])
def test_a_card_removed_while_it_is_read_is_too_short(
    card_rig: CardReaderRig, watched: Watched, commands: int
) -> None:
    watched.next()
    card_rig.lay_card(DisappearingCard(member(), commands, card_rig.lift))
    refused = watched.next()
    assert isinstance(refused, CardRefused)
    assert refused.failure is CardReadFailure.TOO_SHORT
    assert isinstance(watched.next(), CardGone)
    assert watched.facts.empty()


def test_a_card_with_invalid_responses_is_unreadable(card_rig: CardReaderRig, watched: Watched) -> None:
    watched.next()
    card_rig.lay({"kind": "hostile", "seed": 5})
    refused = watched.next()
    assert isinstance(refused, CardRefused)
    assert refused.failure is CardReadFailure.UNREADABLE


def test_an_unplugged_reader_is_down_once_and_up_once_with_the_card_gone_before(
    card_rig: CardReaderRig, watched: Watched
) -> None:
    watched.next()
    card_rig.lay(MEMBER)
    assert isinstance(watched.next(), CardTap)
    card_rig.unplug()
    assert isinstance(watched.next(), CardGone)
    down = watched.next()
    assert isinstance(down, ReaderDown)
    assert down.why
    card_rig.lift()
    card_rig.plug()
    assert isinstance(watched.next(), ReaderUp)
    card_rig.lay(MEMBER)
    assert isinstance(watched.next(), CardTap)


def test_a_card_that_was_on_the_reader_before_it_was_connected_is_told_apart(
    card_rig: CardReaderRig,
) -> None:
    card_rig.lay(MEMBER)
    facts: queue.Queue[CardFact] = queue.Queue()
    reader = open_card_reader(card_rig.uri, "mirror 3")
    reader.start(facts.put)
    taps: list[bool] = []
    try:
        while not taps or (taps[-1] and len(taps) < MAX_TAPS):
            while not isinstance(fact := facts.get(timeout=10), CardTap):
                pass
            taps.append(fact.was_there)
            card_rig.lift()
            while not isinstance(facts.get(timeout=10), CardGone):
                pass
            card_rig.lay(MEMBER)
    finally:
        reader.close()
    assert (taps[0], taps[-1]) == (True, False)
    # pcscd does not find a card at once, so every card of the first seconds counts as one that was there
    assert len(taps) == 2 or isinstance(card_rig, PcscdRig)


def test_facts_come_from_one_thread(card_rig: CardReaderRig, watched: Watched) -> None:
    watched.next()
    card_rig.lay(MEMBER)
    watched.next()
    card_rig.lift()
    watched.next()
    assert len(watched.threads) == 1


def test_close_is_quick_may_be_repeated_and_leaves_nothing(card_rig: CardReaderRig) -> None:
    before_threads, before_files = set(threading.enumerate()), _open_files()
    facts: queue.Queue[CardFact] = queue.Queue()
    reader = open_card_reader(card_rig.uri, "mirror 4")
    reader.start(facts.put)
    assert isinstance(facts.get(timeout=10), ReaderUp)
    began = time.monotonic()
    reader.close()
    reader.close()
    assert time.monotonic() - began < 2
    left = {
        thread
        for thread in set(threading.enumerate()) - before_threads
        if not thread.name.startswith("Thread-")
    }
    assert not left
    assert _open_files() <= before_files + (1 if isinstance(card_rig, PadRig) else 0)
    card_rig.lay(MEMBER)
    assert facts.empty()


def test_a_reader_is_started_once(watched: Watched) -> None:
    with pytest.raises(RuntimeError):
        watched.reader.start(watched.facts.put)


def test_a_fault_of_the_receiver_is_a_loss_that_heals_and_the_card_is_posted_again(
    card_rig: CardReaderRig,
) -> None:
    facts: queue.Queue[CardFact] = queue.Queue()
    faults: list[BaseException] = [ValueError("a bug"), SystemExit(1)]

    def post(fact: CardFact) -> None:
        facts.put(fact)
        if isinstance(fact, CardTap) and faults:
            raise faults.pop()

    reader = open_card_reader(card_rig.uri, "mirror 3")
    reader.start(post)
    posted = [facts.get(timeout=10)]
    card_rig.lay({"kind": "uid", "uid": UID})
    while sum(isinstance(fact, CardTap) for fact in posted) < 3:
        posted.append(facts.get(timeout=10))
    reader.close()
    kinds = [type(fact) for fact in posted]
    assert kinds == [ReaderUp, CardTap, CardGone, ReaderDown] * 2 + [ReaderUp, CardTap]
    whys = [fact.why for fact in posted if isinstance(fact, ReaderDown)]
    assert ["SystemExit" in whys[0], "ValueError" in whys[1]] == [True, True]
    assert UID not in "".join(whys)
