"""What fuzzing throws bytes at: each target takes any bytes and raises nothing but what its own code refuses with.

Run by the fuzzer (`fuzz.py`) in the peers' environment and by the replay of the seeds in ours, so it imports nothing
of the tests.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from hardware.errors import HardwareError
from hardware.labels.label import read_label
from hardware.pcsc.card_reading import read_card
from hardware.pcsc.ev2 import Ev2Authentication, RemoteDialogue
from hardware.pcsc.keys import FixedKeys, ShopKeys
from hardware.pcsc.ndef import first_link, message_in_tlv
from hardware.pcsc.personalise import personalise
from hardware.pcsc.tap_assessment import KnownCard, ProofLevel, assess_tap
from kiosk.core.domain import payment, service_request, shopper
from kiosk.core.visit import effects, events
from kiosk.core.wire import WireError, from_json, to_json

SHOP: Final = ShopKeys(bytes(range(16)))
UID: Final = "04A1B2C3D4E580"
STORAGE: Final = bytes.fromhex("3B8F8001804F0CA0000003060300030000000068")
LINK: Final = "https://house.example/m"
Target = Callable[[bytes], object]
EVENTS: Final = tuple(
    kind
    for room in (events, effects, payment, service_request, shopper)
    for kind in vars(room).values()
    if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__")
)


def pieces(raw: bytes) -> Iterator[bytes]:
    """Bytes cut into answers: a length of one byte, then as many bytes as are left of it."""
    at = 0
    while at < len(raw):
        yield raw[at + 1 : at + 1 + raw[at]]
        at += 1 + raw[at]


def cards(raw: bytes) -> None:
    """A card, or a tag, that answers so: its reading, meeting and making, its message, its link."""
    if not raw:
        return
    which, rest = raw[0] % 7, raw[1:]
    try:
        _CARDS[which](rest)
    except HardwareError:
        return


def _laid(raw: bytes) -> None:
    _converse(read_card(b"\x3b\x00"), raw)


def _stuck(raw: bytes) -> None:
    _converse(read_card(STORAGE), raw)


def _converse(dialogue: Any, raw: bytes) -> None:
    next(dialogue)
    for answer in pieces(raw):
        try:
            dialogue.send(answer)
        except StopIteration:
            return
    dialogue.close()


def _met(raw: bytes) -> None:
    _relayed(Ev2Authentication(UID, bytes(16), rnd_a=bytes(16)), raw)


def _made(raw: bytes) -> None:
    _relayed(RemoteDialogue(personalise(UID, SHOP, LINK, bytes(16))), raw)


def _relayed(relay: RemoteDialogue[Any], raw: bytes) -> None:
    relay.start()
    for answer in pieces(raw):
        if not isinstance(relay.next(answer), bytes):
            return


def _tlv(raw: bytes) -> None:
    message = message_in_tlv(raw)
    if message:
        first_link(message)


def _link(raw: bytes) -> None:
    """With the factory's keys, under which a fuzzer may even come upon a right one; then the card is nobody's."""
    assessment = assess_tap("", raw.decode("latin-1"), FixedKeys(), lambda uid: KnownCard(uid, 1 << 24))
    assert assessment.level < ProofLevel.PROVED


_CARDS: Final[tuple[Callable[[bytes], object], ...]] = (_laid, _stuck, _met, _made, first_link, _tlv, _link)


def labels(raw: bytes) -> None:
    """A scanner that sends so."""
    try:
        read_label(raw.decode("utf-8", "replace"))
    except HardwareError:
        return


def wire(raw: bytes) -> None:
    """A body, or a message of a stream, that reads so; what is taken comes back from its own wire form the same."""
    if not raw:
        return
    kind = EVENTS[raw[0] % len(EVENTS)]
    try:
        said = json.loads(raw[1:])
    except (ValueError, RecursionError):
        return
    try:
        value = from_json(kind, said)
    except WireError:
        return
    assert from_json(kind, to_json(value)) == value or "NaN" in repr(said) or "nan" in repr(said)


TARGETS: Final[dict[str, Target]] = {"cards": cards, "labels": labels, "wire": wire}
