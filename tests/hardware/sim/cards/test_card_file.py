"""Descriptions of virtual cards that must be refused."""

from __future__ import annotations

from typing import Any

import pytest

from hardware.sim.cards.card_file import CardDescriptionError, make_cards

UID = bytes.fromhex("04A1B2C3D4E580")
LINK = "https://house.example/m"


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
def test_a_wrong_description_is_refused_with_its_reason(cards: Any, words: str) -> None:
    with pytest.raises(CardDescriptionError, match=words):
        make_cards(cards)
