"""Which clues are shown: at most three, fresh and not called wrong; what is worth more comes first."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.clues.clue import MAX_SHOWN, ClueKind, ClueSource, Why
from kiosk.core.clues.fact import Fact
from kiosk.core.clues.freshness import DAY_US, LIFETIMES, MIN_CONFIDENCE, confidence, expiry_us
from kiosk.core.clues.selection import Moment, select
from kiosk.core.clues.trust import NO_TRUST, Counts, Trust, Verdict

NOW: Final = 1_790_000_000_000_000
MOMENT: Final = Moment(NOW, frozenset({"T1"}), frozenset({"trousers"}))


def fact(
    kind: ClueKind = ClueKind.BOUGHT,
    source: ClueSource = ClueSource.PURCHASE,
    style: str = "C1",
    days: int = 1,
) -> Fact:
    return Fact(kind, source, style, (), NOW - days * DAY_US, style=style)


FACTS: Final = st.lists(
    st.builds(
        Fact,
        st.sampled_from(ClueKind),
        st.sampled_from(ClueSource),
        st.sampled_from(["a", "b", "c", "d"]),
        st.just(()),
        st.integers(NOW - 900 * DAY_US, NOW + 10 * DAY_US),
        style=st.sampled_from(["", "T1", "C1", "S1"]),
        category=st.sampled_from(["", "trousers", "coats"]),
        certainty=st.floats(0, 1),
        due_us=st.sampled_from([0, NOW - 30 * DAY_US, NOW + DAY_US, NOW + 90 * DAY_US]),
        expires_us=st.sampled_from([0, NOW - 1, NOW + 1]),
    ),
    max_size=12,
)


@given(FACTS, st.sets(st.integers(0, 11)))
def test_promises_of_every_card(facts: list[Fact], wrong_ones: set[int]) -> None:
    wrong = {one.clue_id for number, one in enumerate(facts) if number in wrong_ones}
    shown = select(facts, MOMENT, NO_TRUST, wrong)
    assert len(shown) <= MAX_SHOWN
    assert len({clue.clue_id for clue in shown}) == len(shown)
    assert not {clue.clue_id for clue in shown} & wrong
    for clue in shown:
        assert MIN_CONFIDENCE - 0.005 <= clue.confidence <= 1
        assert clue.expires_us > NOW
        assert clue.why is not Why.DUE or clue.kind in {f.kind for f in facts if f.due_us}
    assert shown == select(list(reversed(facts)), MOMENT, NO_TRUST, wrong) or len(facts) > len(
        {(f.clue_id, f.seen_us) for f in facts}
    )


def test_planted_a_wrong_clue_comes_back_where_its_id_depends_on_the_time() -> None:
    """The fault that `clue_id` is made against: the same statement seen a day later has another id."""
    first, later = fact(days=2), fact(days=1)
    assert first.clue_id == later.clue_id
    assert select([later], MOMENT, wrong={first.clue_id}) == ()
    by_time = {f"{first.clue_id}{first.seen_us}"}
    assert len(select([later], MOMENT, wrong=by_time)) == 1


@pytest.mark.parametrize("source", ClueSource, ids=lambda source: source.value)
def test_confidence_falls_by_half_and_ends(source: ClueSource) -> None:
    one, life = Fact(ClueKind.BOUGHT, source, "x", (), NOW), LIFETIMES[source]
    assert confidence(one, NOW - 1) == confidence(one, NOW) == 1
    assert confidence(one, NOW + life.half_days * DAY_US) == pytest.approx(0.5)
    assert confidence(one, expiry_us(one) - 1) > 0
    assert confidence(one, expiry_us(one)) == 0
    assert expiry_us(replace(one, expires_us=NOW + 5)) == NOW + 5


def test_what_is_in_the_room_comes_before_what_is_new() -> None:
    new = fact(source=ClueSource.SAVED, kind=ClueKind.SAVED, days=0)
    here = fact(style="T1", days=30)
    assert [clue.why for clue in select([new, here], MOMENT)] == [Why.STYLE_HERE, Why.RECENT]


def test_a_follow_up_is_shown_near_its_day_alone() -> None:
    due = replace(fact(ClueKind.FOLLOW_UP, ClueSource.BOOK), due_us=NOW + 20 * DAY_US)
    assert select([due], MOMENT) == ()
    (shown,) = select([due], replace(MOMENT, now_us=NOW + 10 * DAY_US))
    assert shown.why is Why.DUE
    assert select([due], replace(MOMENT, now_us=NOW + 28 * DAY_US)) == ()


def test_a_source_that_is_often_wrong_loses_its_place() -> None:
    web = fact(ClueKind.LOOKED_AT, ClueSource.WEB, "W1", 0)
    bought = fact(days=200)
    assert [clue.source for clue in select([web, bought], MOMENT)] == [ClueSource.WEB, ClueSource.PURCHASE]
    counts = Counts()
    for _ in range(12):
        counts = counts.plus(Verdict.WRONG)
    learned = Trust({(ClueSource.WEB, Why.RECENT): counts}, {})
    assert next(clue.source for clue in select([web, bought], MOMENT, learned)) is ClueSource.PURCHASE
    assert learned.share(ClueSource.WEB, Why.DUE) < NO_TRUST.share(ClueSource.WEB, Why.DUE), (
        "the whole source loses"
    )
    assert learned.share(ClueSource.PURCHASE, Why.RECENT) == NO_TRUST.share(ClueSource.PURCHASE, Why.RECENT)


def test_a_category_has_one_usual_size_and_a_wrong_one_leaves_the_other() -> None:
    listed = Fact(ClueKind.USUAL_SIZE, ClueSource.SIZES, "coats 38", (), NOW, category="coats")
    written = replace(listed, source=ClueSource.BOOK, subject="coats 40", seen_us=NOW - DAY_US)
    assert [clue.source for clue in select([listed, written], MOMENT)] == [ClueSource.SIZES]
    assert [clue.source for clue in select([listed, written], MOMENT, wrong={listed.clue_id})] == [
        ClueSource.BOOK
    ]


def test_what_is_wrong_of_one_member_counts_more_for_her() -> None:
    shop = Trust({(ClueSource.WEB, Why.RECENT): Counts(0, 1)}, {})
    hers = Trust(shop.shop, {ClueSource.WEB: Counts(0, 1)})
    assert hers.share(ClueSource.WEB, Why.RECENT) < shop.share(ClueSource.WEB, Why.RECENT)
