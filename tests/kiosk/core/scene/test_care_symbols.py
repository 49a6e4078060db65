"""Symbols of care labels from the codes of the feed; words and codes do not get mixed up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.connectors.feeds.values.care import CareType
from kiosk.connectors.feeds.values.value_types import Reading
from kiosk.core.domain.texts import LocalizedText
from kiosk.core.scene.care_symbols import SYMBOLS, care_symbols, care_words
from kiosk.core.visit.touches import GarmentOpened, LanguageChosen
from tests.kiosk.core.visit.visit_driver import SHIRT, A, visit_with
from tests.optional_values import present


def read(value: object) -> tuple[LocalizedText, list[str]]:
    reading = Reading()
    return CareType(300).read(value, reading), reading.notes


def test_codes_become_symbols_in_their_order() -> None:
    care, notes = read({"en": "Wash cold", "x-iso": "wash-30-mild, no-bleach Iron-110 no-bleach"})
    assert [(one.code, one.text, one.dots, one.bars) for one in care_symbols(care)] == [
        ("wash-30-mild", "30", 0, 1),
        ("no-bleach", "", 0, 0),
        ("iron-110", "", 1, 0),
    ]
    assert (care_words(care, "en"), care_words(care, "de"), notes) == ("Wash cold", "Wash cold", [])


@pytest.mark.parametrize("value", [{"x-iso": "wash-40"}, {"x-iso": "wash-40", "de": "Warm waschen"}])
def test_codes_are_never_shown_as_words(value: dict[str, str]) -> None:
    care, _ = read(value)
    for language in ("en", "de", "ja"):
        assert "wash-40" not in care_words(care, language)
    assert len(care_symbols(care)) == 1


def test_an_unknown_code_is_noted_and_left_out() -> None:
    care, notes = read({"x-iso": "wash-31 no-iron"})
    assert [one.code for one in care_symbols(care)] == ["no-iron"]
    assert len(notes) == 1
    assert read("wash-31")[1] == [], "a text is words"


def test_the_garment_page_has_both() -> None:
    care, _ = read({"en": "Wash cold", "de": "Kalt waschen", "x-iso": "hand-wash flat-dry"})
    room = visit_with((A, replace(SHIRT, care=care)))
    card = present(room.send(GarmentOpened(0, A)).garment)
    assert (card.care, [one.code for one in card.symbols]) == ("Wash cold", ["hand-wash", "flat-dry"])
    assert present(room.send(LanguageChosen(0, "de")).garment).care == "Kalt waschen"


def test_symbols_differ_from_each_other_by_drawing_text_dots_or_bars() -> None:
    looks = [(one.path, one.text, one.dots, one.bars) for one in SYMBOLS.values()]
    same = {look for look in looks if looks.count(look) > 1}
    assert {code for code, one in SYMBOLS.items() if (one.path, one.text, one.dots, one.bars) in same} == {
        "no-dryclean",
        "no-wetclean",
    }, "a crossed circle is both"
