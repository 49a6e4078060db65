"""Entries that may be about a terminal are found in their JSON, whatever its texts contain."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.core.wire import to_json
from kiosk.store.payments.old_entries import may_be_at
from tests.contracts.ledger_orders import attempt

NAMES = st.sampled_from(["", "sim://1", "a", 'a"b', "a\\", "\u00df", '","terminal_id":"a"']) | st.text(
    max_size=5
)
INNER = '"terminal_id":"other"'


def text_of(named: str, beside: str) -> str:
    """An entry as the ledger writes it."""
    body = to_json(replace(attempt("o1"), terminal_id=named, why=beside, provider_id=beside, terminal=beside))
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def wrongly_left_out(may_be: Callable[[str, str], bool], named: str, beside: str, asked: str) -> bool:
    """Whether an entry that may be about the terminal is not among those that are parsed."""
    return not may_be(text_of(named, beside), asked) and (not named or not asked or named == asked)


@given(NAMES, NAMES | st.just(INNER), NAMES)
@example("a", INNER, "a")
@example("", INNER, "a")
def test_no_entry_that_may_be_about_a_terminal_is_left_out(named: str, beside: str, asked: str) -> None:
    assert not wrongly_left_out(may_be_at, named, beside, asked)


def test_entries_of_other_terminals_are_left_out() -> None:
    assert [may_be_at(text_of(named, INNER), "a") for named in ("a", "b", "")] == [True, False, True]


def test_planted_fault_a_search_in_the_unescaped_text_is_caught() -> None:
    def unescaped(text: str, terminal_id: str) -> bool:
        return may_be_at(text.replace("\\", ""), terminal_id)

    assert wrongly_left_out(unescaped, "", INNER, "a")
