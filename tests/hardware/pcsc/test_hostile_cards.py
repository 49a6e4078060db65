"""Cards and tags that answer nonsense on purpose: every one ends in an outcome or a typed refusal, at once.

The short run plays a fortieth of the full one, with the same seeds from the start.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.errors import HardwareError
from hardware.pcsc.apdu import GET_UID
from hardware.pcsc.card_reading import CardContents, read_card
from hardware.pcsc.errors import CardProtocolError
from hardware.pcsc.ev2 import Ev2Authentication, RemoteDialogue
from hardware.pcsc.keys import AUTHENTICATION_KEY, ShopKeys
from hardware.pcsc.ndef import first_link, link_message
from hardware.pcsc.personalise import personalise
from hardware.pcsc.read_attempts import run_card_dialogue
from hardware.pcsc.tap_assessment import ProofLevel, assess_tap
from hardware.sim.cards.basic_cards import Type2Card, UidCard, VirtualCard, storage_card_atr
from hardware.sim.cards.hostile import HostileCard
from hardware.sim.cards.ntag424 import Ntag424Card, shop_keys
from tests.hardware.pcsc.card_reader_rigs import DirectConnection

SHORT, FULL = 5_000, 200_000
LONGEST_S = 0.1
UID = bytes.fromhex("04A1B2C3D4E580")
SHOP = ShopKeys(bytes(range(16)))
LINK = "https://house.example/m"


class Bending:
    """A genuine card behind a bad contact: some answers come bent."""

    def __init__(self, card: VirtualCard, dice: random.Random) -> None:
        self._card = card
        self._dice = dice
        self.atr = card.atr

    def reset(self) -> None:
        self._card.reset()

    def answer(self, command: bytes) -> bytes | None:
        answer = self._card.answer(command) or b""
        return bent(answer, self._dice) if self._dice.random() < 0.2 else answer


def bent(octets: bytes, dice: random.Random) -> bytes:
    changed = bytearray(octets)
    if octets and dice.random() < 0.5:
        changed[dice.randrange(len(octets))] ^= 1 << dice.randrange(8)
        return bytes(changed)
    for _change in range(dice.randrange(1, 4)):
        at = dice.randrange(len(changed) + 1)
        changed[at : at + dice.randrange(3)] = dice.randbytes(dice.randrange(4))
    return bytes(changed)


def play(outcomes: Counter[str], turns: int, turn: Callable[[int], str]) -> float:
    """Play so many turns; the CPU time of the longest."""
    longest = 0.0
    for number in range(turns):
        outcome, took = played(turn, number)
        outcomes[outcome] += 1
        if took > max(longest, LONGEST_S):  # the collector of a whole run of tests falls into some turn
            took = min(took, played(turn, number)[1])
        longest = max(longest, took)
    return longest


def played(turn: Callable[[int], str], number: int) -> tuple[str, float]:
    began = time.thread_time()
    try:
        outcome = turn(number)
    except HardwareError as refusal:
        outcome = type(refusal).__name__
    return outcome, time.thread_time() - began


def lay_hostile(seed: int) -> str:
    return run_card_dialogue(DirectConnection(HostileCard(seed))).kind.name


def lay_bent(seed: int) -> str:
    dice = random.Random(seed)
    card = dice.choice((Ntag424Card(UID, LINK, shop_keys(SHOP, UID)), Type2Card(UID, LINK)))
    return run_card_dialogue(DirectConnection(Bending(card, dice))).kind.name


def meet_bent(seed: int) -> str:
    card = Bending(Ntag424Card(UID, LINK, shop_keys(SHOP, UID)), random.Random(seed))
    relay = Ev2Authentication(UID.hex(), SHOP.card_key(UID, AUTHENTICATION_KEY))
    step: object = relay.start()
    while isinstance(step, bytes):
        step = relay.next(card.answer(step) or b"")
    return type(step).__name__


def enrol_bent(seed: int) -> str:
    card = Bending(Ntag424Card.blank(UID), random.Random(seed))
    relay = RemoteDialogue(personalise(UID.hex(), SHOP, LINK, bytes(16)))
    step: object = relay.start()
    while isinstance(step, bytes):
        step = relay.next(card.answer(step) or b"")
    return type(step).__name__


MESSAGES = (
    link_message(LINK + "?a=%20b"),
    bytes.fromhex("D102085370D101045504616263"),
    bytes.fromhex("9101015504" + "5101045502616263"),
)


def read_message(seed: int) -> str:
    dice = random.Random(seed)
    link = first_link(bent(dice.choice(MESSAGES), dice))
    return "link" if link else "no link"


def weigh(seed: int) -> str:
    dice = random.Random(seed)
    good = f"{LINK}?picc_data=EF963FF7828658A599F3041510671E88&cmac=94EED9EE65337086"
    link = bent(good.encode(), dice).decode("latin-1")
    return assess_tap("", link, SHOP, lambda _uid: None).level.name


TURNS = {
    "hostile cards": (lay_hostile, 3),
    "cards with bent answers": (lay_bent, 3),
    "meetings with bent answers": (meet_bent, 10),
    "personalisations with bent answers": (enrol_bent, 20),
    "NDEF messages": (read_message, 2),
    "links": (weigh, 5),
}


@pytest.mark.parametrize("kind", TURNS)
def test_nonsense_ends_in_an_outcome_or_a_typed_refusal(kind: str) -> None:
    turn, share = TURNS[kind]
    check(kind, turn, SHORT // share)


@pytest.mark.full
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", TURNS)
def test_two_hundred_thousand_times_nonsense(kind: str) -> None:
    turn, share = TURNS[kind]
    check(kind, turn, 2 * FULL // share)


def check(kind: str, turn: Callable[[int], str], turns: int) -> None:
    outcomes: Counter[str] = Counter()
    longest = play(outcomes, turns, turn)
    print(f"{kind}: {turns}, longest {longest * 1000:.1f} ms, {dict(outcomes)}")
    assert outcomes.total() == turns
    assert longest < LONGEST_S
    assert ProofLevel.PROVED.name not in outcomes


def test_planted_an_uncaught_exception_is_caught() -> None:
    def careless(seed: int) -> str:
        return lay_hostile(seed) if seed < 7 else str(b""[seed])

    with pytest.raises(IndexError):
        check("planted", careless, 10)


def test_planted_a_hang_is_caught() -> None:
    def slow(_seed: int) -> str:
        until = time.thread_time() + 2 * LONGEST_S
        while time.thread_time() < until:
            pass
        return "slow"

    with pytest.raises(AssertionError):
        check("planted", slow, 1)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from((b"", b"\x3b\x00", storage_card_atr(3))), st.lists(st.binary(max_size=40), max_size=30)
)
def test_any_answers_in_any_order(atr: bytes, answers: list[bytes]) -> None:
    dialogue = read_card(atr)
    next(dialogue)
    laid: object = None
    try:
        for answer in answers:
            dialogue.send(answer)
    except StopIteration as end:
        laid = end.value
    except HardwareError:
        return
    finally:
        dialogue.close()
    assert laid is None or isinstance(laid, CardContents)


class Endless(UidCard):
    """A sticker that announces a message longer than itself, page after page."""

    def __init__(self) -> None:
        super().__init__(UID)
        self.atr = storage_card_atr(3)

    def execute(self, command: bytes) -> bytes | None:
        first = command[2:4] == b"\x00\x03"
        return (
            bytes.fromhex("E110FF0003FFFFFE") + bytes(8) + b"\x90\x00" if first else bytes(16) + b"\x90\x00"
        )


def test_a_tag_without_end_is_left_after_its_own_size() -> None:
    card = Endless()
    with pytest.raises(CardProtocolError):
        run_card_dialogue(DirectConnection(card))
    assert card.log[0] == GET_UID
    assert len(card.log) < 140
