"""Five million random inputs to the EPC decoder: each is decoded or refused with a typed error."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest

from hardware.epc.codec import decode, encode, encode_198
from hardware.epc.schemes import SCHEME_BY_HEADER
from hardware.errors import EpcError

HEADERS = [*SCHEME_BY_HEADER, 0x30, 0x30, 0x30, 0x36, 0x36, 0xE2]


def random_text(chance: random.Random) -> str:
    """A random EPC: usually a known header with random bits, sometimes too short, too long, or not hex."""
    kind = chance.random()
    if kind < 0.7:
        size = 12 if kind < 0.5 else chance.choice((11, 12, 13, 16, 25, 26, 32))
        return bytes([chance.choice(HEADERS)]).hex() + chance.randbytes(size - 1).hex()
    if kind < 0.8:
        # a sound article, so that the serial is reached
        head = encode_198("80614141123458", "A", chance.randint(6, 12))[:14]
        return head + chance.randbytes(chance.choice((5, 18, 19))).hex()
    if kind < 0.9:
        sound = list(encode("80614141123458", chance.randrange(1 << 38), chance.randint(6, 12)))
        sound[chance.randrange(len(sound))] = chance.choice("0123456789abcdefg \x00é")
        return "".join(sound)
    return "".join(chr(chance.randrange(1, 0x2FF)) for _ in range(chance.randrange(30)))


def throw(read: Callable[[str], object], count: int, seed: int) -> Counter[str]:
    """Count of each outcome; an outcome that is neither a tag nor a typed error contains its input."""
    chance = random.Random(seed)
    outcomes: Counter[str] = Counter()
    for _ in range(count):
        text = random_text(chance)
        try:
            read(text)
        except EpcError as refusal:
            outcomes[type(refusal).__name__] += 1
        except Exception as error:  # noqa: BLE001 this is what the test looks for
            outcomes[f"UNCAUGHT {type(error).__name__}: {text!r}"] += 1
        else:
            outcomes["read"] += 1
    return outcomes


def uncaught(outcomes: Counter[str]) -> list[str]:
    return [outcome for outcome in outcomes if outcome.startswith("UNCAUGHT")]


def test_fifty_thousand_inputs() -> None:
    outcomes = throw(decode, 50_000, seed=1)
    assert uncaught(outcomes) == []
    # every kind of outcome occurs
    assert set(outcomes) == {"read", "MalformedEpcError", "EpcSchemeError", "EpcValueError"}


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_five_million_inputs() -> None:
    assert uncaught(throw(decode, 5_000_000, seed=2)) == []


def test_planted_a_decoder_without_length_checks_is_caught() -> None:
    """Planted: assumes twelve bytes."""

    def trusting(text: str) -> int:
        raw = bytes.fromhex(text)
        return raw[0] + raw[11]

    assert uncaught(throw(trusting, 2_000, seed=3))
