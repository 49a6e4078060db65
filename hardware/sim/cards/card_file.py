"""Makes virtual cards from their description in a JSON file or in a command of the pad.

    [{"name": "ada", "kind": "ntag424", "uid": "04A1B2C3D4E580", "link_base": "https://house.example/m",
      "key_hex": "MASTER KEY, 32 DIGITS", "counter": 12}, ...]

Kinds: ntag424 (`key_hex`: the shop's master key, from which the card's keys are diversified, default factory keys;
`"blank": true`: as delivered, to be enrolled), ndef (type 4 tag), type2, uid, payment, hostile (`seed`).
Any card may have `delay_ms`, the delay of each response.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hardware.pcsc.keys import ShopKeys
from hardware.sim.cards.basic_cards import Type2Card, Type4Card, UidCard, VirtualCard
from hardware.sim.cards.hostile import HostileCard
from hardware.sim.cards.ntag424 import FACTORY_KEYS, Ntag424Card, shop_keys
from hardware.sim.cards.payment import PaymentCard

_FIELDS: Final = frozenset(
    ("name", "kind", "uid", "link_base", "key_hex", "counter", "seed", "delay_ms", "blank")
)


class CardDescriptionError(ValueError):
    """A description is invalid; the text names what and where."""


@dataclass(frozen=True, slots=True)
class NamedCard:
    """A virtual card with its name and kind as the pad lists them."""

    name: str
    kind: str
    card: VirtualCard
    delay_s: float = 0.0


def make_card(description: Mapping[str, Any]) -> NamedCard:
    """One card. Raises CardDescriptionError."""
    unknown = sorted(set(description) - _FIELDS)
    if unknown:
        raise CardDescriptionError(
            f"unknown words {', '.join(unknown)}; known are {', '.join(sorted(_FIELDS))}"
        )
    kind = str(description.get("kind", "uid"))
    if kind not in _MAKERS:
        raise CardDescriptionError(f"unknown kind {kind!r}; known are {', '.join(_MAKERS)}")
    try:
        card = _MAKERS[kind](description)
        delay_s = float(description.get("delay_ms", 0)) / 1000
    except (KeyError, TypeError, ValueError) as error:
        raise CardDescriptionError(
            f"card {description.get('name', '?')!r} of kind {kind}: {error}"
        ) from error
    return NamedCard(str(description.get("name", kind)), kind, card, delay_s)


def make_cards(descriptions: object) -> tuple[NamedCard, ...]:
    """All cards of a file. Raises CardDescriptionError, also if two have the same name."""
    if not isinstance(descriptions, list) or not all(isinstance(one, dict) for one in descriptions):
        raise CardDescriptionError("expected a list of cards")
    cards = tuple(make_card(one) for one in descriptions)
    if len({card.name for card in cards}) != len(cards):
        raise CardDescriptionError("two cards have the same name")
    return cards


def _uid(description: Mapping[str, Any]) -> bytes:
    uid = bytes.fromhex(str(description["uid"]))
    if len(uid) not in (4, 7, 10):
        raise CardDescriptionError("a UID has 4, 7 or 10 bytes")
    return uid


def _ntag424(description: Mapping[str, Any]) -> VirtualCard:
    uid = _uid(description)
    if len(uid) != 7:
        raise CardDescriptionError("an NTAG 424 has a UID of 7 bytes")
    if description.get("blank"):
        return Ntag424Card.blank(uid)
    given = description.get("key_hex")
    keys = FACTORY_KEYS if given is None else shop_keys(ShopKeys(bytes.fromhex(str(given))), uid)
    return Ntag424Card(
        uid, str(description["link_base"]), keys, int(description.get("counter", minutes_since_2025()))
    )


def minutes_since_2025() -> int:
    """Minutes since 2025-01-01 UTC: a first counter above that of the last run, without a file."""
    return (int(time.time()) - 1_735_689_600) // 60


def _ndef(description: Mapping[str, Any]) -> VirtualCard:
    return Type4Card(_uid(description), str(description["link_base"]))


def _type2(description: Mapping[str, Any]) -> VirtualCard:
    return Type2Card(_uid(description), str(description["link_base"]))


def _plain(description: Mapping[str, Any]) -> VirtualCard:
    return UidCard(_uid(description))


def _payment(description: Mapping[str, Any]) -> VirtualCard:
    return PaymentCard(_uid(description))


def _hostile(description: Mapping[str, Any]) -> VirtualCard:
    return HostileCard(int(description.get("seed", 0)))


_MAKERS: Final[dict[str, Callable[[Mapping[str, Any]], VirtualCard]]] = {
    "ntag424": _ntag424,
    "ndef": _ndef,
    "type2": _type2,
    "uid": _plain,
    "payment": _payment,
    "hostile": _hostile,
}
