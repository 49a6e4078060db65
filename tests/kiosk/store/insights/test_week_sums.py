"""What is counted of a week's events, visit by visit."""

from __future__ import annotations

from kiosk.store.insights.item_events import ItemEventKind as Kind
from kiosk.store.insights.week_sums import Event, week_sums


def sums(*events: tuple[Kind, str, str, str]) -> dict[tuple[str, str], dict[str, int]]:
    found = week_sums(Event(*event) for event in events)
    return {pair: {name: n for name, n in counts.items() if n} for pair, counts in found.items()}


def test_a_garment_that_is_carried_out_and_in_again_was_tried_once() -> None:
    found = sums(*[(Kind.TRIED, "a", "M", "v1")] * 3, (Kind.TRIED, "a", "M", "v2"))
    assert found == {("a", "M"): {"tried": 2}}


def test_kept_is_what_the_same_visit_bought_in_the_same_size() -> None:
    found = sums(
        (Kind.TRIED, "a", "M", "v1"), (Kind.BOUGHT, "a", "M", "v1"),
        (Kind.TRIED, "a", "M", "v2"), (Kind.BOUGHT, "a", "L", "v2"), (Kind.BOUGHT, "a", "M", "v3"),
    )  # fmt: skip
    assert found == {("a", "M"): {"tried": 2, "kept": 1, "bought": 2}, ("a", "L"): {"bought": 1}}


def test_a_suggestion_counts_what_came_after_it_in_any_size() -> None:
    found = sums(
        (Kind.TRIED, "a", "M", "v1"), (Kind.SUGGESTED, "a", "", "v1"), (Kind.SUGGESTED, "b", "", "v1"),
        (Kind.TRIED, "b", "S", "v1"), (Kind.BOUGHT, "b", "L", "v1"),
    )  # fmt: skip
    assert found["a", ""] == {"suggested": 1}
    assert found["b", ""] == {"suggested": 1, "suggested_tried": 1, "suggested_bought": 1}


def test_the_last_size_advice_of_a_visit_counts() -> None:
    found = sums(
        (Kind.ADVISED, "a", "M", "v1"), (Kind.ADVISED, "a", "L", "v1"), (Kind.TRIED, "a", "L", "v1"),
        (Kind.ADVISED, "a", "L", "v2"), (Kind.BOUGHT, "a", "L", "v2"), (Kind.BOUGHT, "a", "L", "v1"),
    )  # fmt: skip
    assert ("a", "M") not in found
    assert found["a", "L"] == {
        "tried": 1, "kept": 1, "bought": 2, "advised": 2, "advice_followed": 2, "advice_kept": 2
    }  # fmt: skip


def test_events_without_a_visit_are_not_joined() -> None:
    found = sums((Kind.TRIED, "a", "M", ""), (Kind.BOUGHT, "a", "M", ""), (Kind.RETURNED, "a", "M", ""))
    assert found == {("a", "M"): {"tried": 1, "bought": 1, "returned": 1}}
