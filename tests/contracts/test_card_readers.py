"""The promises of `hardware.ports.CardReader`, kept by every driver: real pcscd with virtual reader, simulated pad."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hardware.drivers.card_reader import open_card_reader
from hardware.pcsc.card_reading import SELECT_PPSE
from hardware.pcsc.errors import CardLostError, CommandNotAllowedError
from hardware.pcsc.ev2 import AuthenticatedCard, Ev2Authentication, RemoteDialogue
from hardware.pcsc.keys import AUTHENTICATION_KEY, ShopKeys
from hardware.pcsc.ntag424 import verify_sun
from hardware.pcsc.pass_through import run_dialogue
from hardware.pcsc.personalise import personalise
from hardware.pcsc.read_attempts import run_card_dialogue
from hardware.ports import (
    CardFact,
    CardGone,
    CardKind,
    CardReader,
    CardReadFailure,
    CardRefused,
    CardTap,
    ReaderDown,
    ReaderUp,
)
from hardware.sim.cards.ntag424 import Ntag424Card, shop_keys
from hardware.sim.cards.payment import PaymentCard
from tests.hardware.pcsc.card_reader_rigs import (
    WHY_NO_PCSCD,
    CardReaderRig,
    DirectConnection,
    DisappearingCard,
    PadRig,
    PcscdRig,
)

MASTER = ShopKeys(bytes(range(16)))
UID = "04A1B2C3D4E580"
LINK = "https://house.example/m"
LINK_OF_400, LINK_OF_900 = LINK + "?" + "x" * 400, LINK + "?" + "y" * 900
MEMBER = {"kind": "ntag424", "uid": UID, "link_base": LINK, "key_hex": MASTER.master.hex(), "counter": 7}


@dataclass
class Watched:
    """A started reader and what it posted."""

    reader: CardReader
    facts: queue.Queue[CardFact]
    threads: set[str]

    def next(self, seconds: float = 10) -> CardFact:
        return self.facts.get(timeout=seconds)


@pytest.fixture(
    params=[
        pytest.param(
            PcscdRig, id="pcsc", marks=pytest.mark.skipif(WHY_NO_PCSCD is not None, reason=str(WHY_NO_PCSCD))
        ),
        pytest.param(PadRig, id="sim"),
    ]
)
def rig(request: pytest.FixtureRequest) -> Iterator[CardReaderRig]:
    made: CardReaderRig = request.param()
    yield made
    made.close()


@pytest.fixture
def watched(rig: CardReaderRig) -> Iterator[Watched]:
    facts: queue.Queue[CardFact] = queue.Queue()
    threads: set[str] = set()
    reader = open_card_reader(rig.uri, "mirror 3")

    def post(fact: CardFact) -> None:
        threads.add(threading.current_thread().name)
        facts.put(fact)

    reader.start(post)
    yield Watched(reader, facts, threads)
    reader.close()


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_says_that_it_answers_and_under_its_name(watched: Watched) -> None:
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
    rig: CardReaderRig, watched: Watched, card: dict[str, Any], kind: CardKind, link: str | None
) -> None:
    watched.next()
    rig.lay(card)
    tap = watched.next()
    assert isinstance(tap, CardTap)
    assert (tap.reader, tap.kind, tap.uid, tap.link) == ("mirror 3", kind, UID, link)
    rig.lift()
    assert isinstance(watched.next(), CardGone)
    assert watched.facts.empty()


def test_a_members_card_proves_itself_anew_with_each_laying(rig: CardReaderRig, watched: Watched) -> None:
    watched.next()
    counters = []
    for laying in range(2):
        rig.lay({**MEMBER, "counter": 7 + laying})
        tap = watched.next()
        assert isinstance(tap, CardTap)
        assert tap.kind is CardKind.NTAG424
        assert tap.link is not None
        counters.append(verify_sun(tap.link, MASTER).counter)
        rig.lift()
        assert isinstance(watched.next(), CardGone)
    assert counters == [8, 9]


def test_a_payment_card_is_refused_and_then_gone(rig: CardReaderRig, watched: Watched) -> None:
    watched.next()
    rig.lay({"kind": "payment", "uid": "01020304"})
    refused = watched.next()
    assert isinstance(refused, CardRefused)
    assert refused.failure is CardReadFailure.PAYMENT_CARD
    rig.lift()
    assert isinstance(watched.next(), CardGone)


def member() -> Ntag424Card:
    uid = bytes.fromhex(UID)
    return Ntag424Card(uid, LINK, shop_keys(MASTER, uid), counter=7)


def commands_of_a_tap() -> int:
    card = member()
    run_card_dialogue(DirectConnection(card))
    return len(card.log)


@pytest.mark.parametrize("commands", [1, 5, commands_of_a_tap()])
def test_a_card_taken_away_midway_was_too_short_and_nothing_is_half_read(
    rig: CardReaderRig, watched: Watched, commands: int
) -> None:
    watched.next()
    rig.lay_card(DisappearingCard(member(), commands, rig.lift))
    refused = watched.next()
    assert isinstance(refused, CardRefused)
    assert refused.failure is CardReadFailure.TOO_SHORT
    assert isinstance(watched.next(), CardGone)
    assert watched.facts.empty()


def test_a_card_that_answers_nonsense_is_unreadable(rig: CardReaderRig, watched: Watched) -> None:
    watched.next()
    rig.lay({"kind": "hostile", "seed": 5})
    refused = watched.next()
    assert isinstance(refused, CardRefused)
    assert refused.failure is CardReadFailure.UNREADABLE


def test_the_store_meets_the_card_through_the_reader(rig: CardReaderRig, watched: Watched) -> None:
    watched.next()
    rig.lay_card(member())
    assert isinstance(watched.next(), CardTap)
    session = watched.reader.session()
    key = MASTER.card_key(bytes.fromhex(UID), AUTHENTICATION_KEY)
    met = run_dialogue(session, Ev2Authentication(UID, key))
    with pytest.raises(CommandNotAllowedError):
        session.exchange(SELECT_PPSE)
    session.close()
    session.close()
    assert met == AuthenticatedCard(UID)
    rig.lift()
    assert isinstance(watched.next(), CardGone)
    with pytest.raises(CardLostError):
        watched.reader.session()


def test_a_blank_card_is_enrolled_at_the_reader_and_proves_itself_from_then_on(
    rig: CardReaderRig, watched: Watched
) -> None:
    watched.next()
    card = Ntag424Card.blank(bytes.fromhex(UID))
    rig.lay_card(card)
    tap = watched.next()
    assert isinstance(tap, CardTap)
    assert (tap.kind, tap.link) == (CardKind.NTAG424, None)
    session = watched.reader.session()
    proof = run_dialogue(session, RemoteDialogue(personalise(tap.uid, MASTER, LINK, bytes(range(16)))))
    session.close()
    rig.lift()
    assert isinstance(watched.next(), CardGone)
    rig.lay_card(card)
    tap = watched.next()
    assert isinstance(tap, CardTap)
    assert tap.link is not None
    assert verify_sun(tap.link, MASTER).counter == proof.counter + 1


def test_a_session_ends_with_the_card(rig: CardReaderRig, watched: Watched) -> None:
    watched.next()
    rig.lay_card(member())
    assert isinstance(watched.next(), CardTap)
    session = watched.reader.session()
    rig.lift()
    assert isinstance(watched.next(), CardGone)
    with pytest.raises(CardLostError):
        session.exchange(bytes.fromhex("9060000000"))
    session.close()


def test_a_payment_card_is_asked_one_question_and_reached_by_no_session(
    rig: CardReaderRig, watched: Watched
) -> None:
    watched.next()
    card = PaymentCard(bytes.fromhex("01020304"))
    rig.lay_card(card)
    assert isinstance(watched.next(), CardRefused)
    with pytest.raises(CardLostError):
        watched.reader.session()
    rig.lift()
    assert isinstance(watched.next(), CardGone)
    assert card.log == [SELECT_PPSE]


def test_an_unplugged_reader_is_down_once_and_up_once_with_the_card_gone_before(
    rig: CardReaderRig, watched: Watched
) -> None:
    watched.next()
    rig.lay(MEMBER)
    assert isinstance(watched.next(), CardTap)
    rig.unplug()
    assert isinstance(watched.next(), CardGone)
    down = watched.next()
    assert isinstance(down, ReaderDown)
    assert down.why
    rig.lift()
    rig.plug()
    assert isinstance(watched.next(), ReaderUp)
    rig.lay(MEMBER)
    assert isinstance(watched.next(), CardTap)


def test_facts_come_from_one_thread(rig: CardReaderRig, watched: Watched) -> None:
    watched.next()
    rig.lay(MEMBER)
    watched.next()
    rig.lift()
    watched.next()
    assert len(watched.threads) == 1


def test_close_is_quick_may_be_repeated_and_leaves_nothing(rig: CardReaderRig) -> None:
    before_threads, before_files = set(threading.enumerate()), _open_files()
    facts: queue.Queue[CardFact] = queue.Queue()
    reader = open_card_reader(rig.uri, "mirror 4")
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
    assert _open_files() <= before_files + (1 if isinstance(rig, PadRig) else 0)
    rig.lay(MEMBER)
    assert facts.empty()


def test_a_reader_is_started_once(watched: Watched) -> None:
    with pytest.raises(RuntimeError):
        watched.reader.start(watched.facts.put)
