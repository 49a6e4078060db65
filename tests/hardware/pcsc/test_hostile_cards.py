"""Cards and tags with invalid responses: each ends quickly in an outcome or a typed error.

The short run has a fortieth of the trials of the full run, with the same first seeds.
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
MAX_TRIAL_S = 0.1
UID = bytes.fromhex("04A1B2C3D4E580")
SHOP = ShopKeys(bytes(range(16)))
LINK = "https://house.example/m"


class CardWithBitErrors:
    """A genuine card with a bad connection: some responses are corrupted."""

    def __init__(self, card: VirtualCard, random_source: random.Random) -> None:
        self._card = card
        self._dice = random_source
        self.atr = card.atr

    def reset(self) -> None:
        self._card.reset()

    def answer(self, command: bytes) -> bytes | None:
        answer = self._card.answer(command) or b""
        return corrupted(answer, self._dice) if self._dice.random() < 0.2 else answer


def corrupted(octets: bytes, random_source: random.Random) -> bytes:
    changed = bytearray(octets)
    if octets and random_source.random() < 0.5:
        changed[random_source.randrange(len(octets))] ^= 1 << random_source.randrange(8)
        return bytes(changed)
    for _change in range(random_source.randrange(1, 4)):
        at = random_source.randrange(len(changed) + 1)
        changed[at : at + random_source.randrange(3)] = random_source.randbytes(random_source.randrange(4))
    return bytes(changed)


def run_trials(outcomes: Counter[str], count: int, trial: Callable[[int], str]) -> float:
    """Runs so many trials; returns the CPU time of the longest in seconds."""
    longest = 0.0
    for number in range(count):
        outcome, took = run_trial(trial, number)
        outcomes[outcome] += 1
        if took > max(longest, MAX_TRIAL_S):  # the collector of a whole run of tests falls into some turn
            took = min(took, run_trial(trial, number)[1])
        longest = max(longest, took)
    return longest


def run_trial(trial: Callable[[int], str], number: int) -> tuple[str, float]:
    began = time.thread_time()
    try:
        outcome = trial(number)
    except HardwareError as refusal:
        outcome = type(refusal).__name__
    return outcome, time.thread_time() - began


def read_hostile(seed: int) -> str:
    return run_card_dialogue(DirectConnection(HostileCard(seed))).kind.name


def read_corrupted(seed: int) -> str:
    random_source = random.Random(seed)
    card = random_source.choice((Ntag424Card(UID, LINK, shop_keys(SHOP, UID)), Type2Card(UID, LINK)))
    return run_card_dialogue(DirectConnection(CardWithBitErrors(card, random_source))).kind.name


def authenticate_corrupted(seed: int) -> str:
    card = CardWithBitErrors(Ntag424Card(UID, LINK, shop_keys(SHOP, UID)), random.Random(seed))
    dialogue = Ev2Authentication(UID.hex(), SHOP.card_key(UID, AUTHENTICATION_KEY))
    step: object = dialogue.start()
    while isinstance(step, bytes):
        step = dialogue.next(card.answer(step) or b"")
    return type(step).__name__


def personalise_corrupted(seed: int) -> str:
    card = CardWithBitErrors(Ntag424Card.blank(UID), random.Random(seed))
    dialogue = RemoteDialogue(personalise(UID.hex(), SHOP, LINK, bytes(16)))
    step: object = dialogue.start()
    while isinstance(step, bytes):
        step = dialogue.next(card.answer(step) or b"")
    return type(step).__name__


MESSAGES = (
    link_message(LINK + "?a=%20b"),
    bytes.fromhex("D102085370D101045504616263"),
    bytes.fromhex("9101015504" + "5101045502616263"),
)


def read_message(seed: int) -> str:
    random_source = random.Random(seed)
    link = first_link(corrupted(random_source.choice(MESSAGES), random_source))
    return "link" if link else "no link"


def assess_link(seed: int) -> str:
    random_source = random.Random(seed)
    good = f"{LINK}?picc_data=EF963FF7828658A599F3041510671E88&cmac=94EED9EE65337086"
    link = corrupted(good.encode(), random_source).decode("latin-1")
    return assess_tap("", link, SHOP, lambda _uid: None).level.name


TRIALS = {
    "hostile cards": (read_hostile, 3),
    "cards with corrupted responses": (read_corrupted, 3),
    "authentications with corrupted responses": (authenticate_corrupted, 10),
    "personalisations with corrupted responses": (personalise_corrupted, 20),
    "NDEF messages": (read_message, 2),
    "links": (assess_link, 5),
}


@pytest.mark.parametrize("kind", TRIALS)
def test_invalid_responses_end_in_an_outcome_or_a_typed_error(kind: str) -> None:
    trial, share = TRIALS[kind]
    check(kind, trial, SHORT // share)


@pytest.mark.full
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", TRIALS)
def test_invalid_responses_two_hundred_thousand_times(kind: str) -> None:
    trial, share = TRIALS[kind]
    check(kind, trial, 2 * FULL // share)


def check(kind: str, trial: Callable[[int], str], count: int) -> None:
    outcomes: Counter[str] = Counter()
    longest = run_trials(outcomes, count, trial)
    print(f"{kind}: {count}, longest {longest * 1000:.1f} ms, {dict(outcomes)}")
    assert outcomes.total() == count
    assert longest < MAX_TRIAL_S
    assert ProofLevel.PROVED.name not in outcomes


def test_planted_an_uncaught_exception_is_caught() -> None:
    def careless(seed: int) -> str:
        return read_hostile(seed) if seed < 7 else str(b""[seed])

    with pytest.raises(IndexError):
        check("planted", careless, 10)


def test_planted_a_hang_is_caught() -> None:
    def slow(_seed: int) -> str:
        until = time.thread_time() + 2 * MAX_TRIAL_S
        while time.thread_time() < until:
            pass
        return "slow"

    with pytest.raises(AssertionError):
        check("planted", slow, 1)


@settings(max_examples=300)
@given(
    st.sampled_from((b"", b"\x3b\x00", storage_card_atr(3))), st.lists(st.binary(max_size=40), max_size=30)
)
def test_any_responses_in_any_order(atr: bytes, answers: list[bytes]) -> None:
    dialogue = read_card(atr)
    next(dialogue)
    contents: object = None
    try:
        for answer in answers:
            dialogue.send(answer)
    except StopIteration as end:
        contents = end.value
    except HardwareError:
        return
    finally:
        dialogue.close()
    assert contents is None or isinstance(contents, CardContents)


class OversizedTag(UidCard):
    """A type 2 tag whose message length is greater than its memory."""

    def __init__(self) -> None:
        super().__init__(UID)
        self.atr = storage_card_atr(3)

    def execute(self, command: bytes) -> bytes | None:
        first = command[2:4] == b"\x00\x03"
        return (
            bytes.fromhex("E110FF0003FFFFFE") + bytes(8) + b"\x90\x00" if first else bytes(16) + b"\x90\x00"
        )


def test_a_tag_that_claims_too_much_is_read_up_to_its_size() -> None:
    card = OversizedTag()
    with pytest.raises(CardProtocolError):
        run_card_dialogue(DirectConnection(card))
    assert card.log[0] == GET_UID
    assert len(card.log) < 140
