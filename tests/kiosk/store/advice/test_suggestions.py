"""Suggestions that complete the outfit come first."""

from dataclasses import replace

from kiosk.core.domain.advice import LookReason, Suggestion
from kiosk.store.advice.suggestions import completing_first
from tests.kiosk.core.garments import garment


def suggested(style: str, category: str) -> Suggestion:
    return Suggestion(replace(garment(style), category=category), LookReason.BOUGHT_TOGETHER)


def test_categories_in_the_room_come_after_the_others() -> None:
    found = [
        suggested(s, c) for s, c in (("T2", "trousers"), ("B1", "bags"), ("B2", "bags"), ("F1", "shoes"))
    ]
    room = [replace(garment("T1"), category="trousers")]
    assert [s.garment.style_id for s in completing_first(found, room)] == ["B1", "F1", "B2", "T2"]


def test_in_an_empty_room_categories_alternate_in_rank_order() -> None:
    found = [suggested(s, c) for s, c in (("T1", "trousers"), ("T2", "trousers"), ("B1", "bags"))]
    assert [s.garment.style_id for s in completing_first(found, [])] == ["T1", "B1", "T2"]
