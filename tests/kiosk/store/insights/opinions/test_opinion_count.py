"""A member counts once for a style, and a style is shown from ten members on."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from kiosk.clock import US
from kiosk.core.domain.ids import ShopperId
from kiosk.store.insights.opinions.opinion_count import OpinionCount, OpinionRow
from kiosk.store.insights.opinions.opinion_groups import opinion_groups
from kiosk.store.insights.opinions.opinion_tables import opinion_tables
from kiosk.store.insights.opinions.said import NO_TEXT, Said, Stance
from kiosk.store.insights.table import Cell, TableName
from kiosk.store.insights.weeks import ShopWeeks

WEEKS = ShopWeeks(ZoneInfo("Europe/Vienna"))
LAST = date(2026, 11, 23)
COUNTED = tuple(LAST - timedelta(weeks=back) for back in range(52))
DAY_US = 24 * 3600 * US


def said(member: int, stance: Stance, week: date = LAST, *, hour: int = 0, language: str = "en") -> Said:
    at_us = WEEKS.bounds_us(week)[0] + hour * 3600 * US
    return Said(ShopperId(f"s{member}"), "S1", at_us, stance, language)


def rows(*statements: Said, before: tuple[OpinionRow, ...] = ()) -> list[OpinionRow]:
    count = OpinionCount(WEEKS, COUNTED, before)
    for one in statements:
        if count.wants(one.member, one.style_id, one.at_us):
            count.add(one)
    return list(count.rows())


def test_twelve_reviews_of_one_member_are_one() -> None:
    (row,) = rows(*(said(1, Stance.POSITIVE, hour=hour) for hour in range(12)))
    assert (row.members, row.disclosed) == (1, False)
    (planted,) = rows(*(said(n, Stance.POSITIVE) for n in range(12)))
    assert (planted.members, planted.disclosed) == (12, True), "planted: as many by as many members are shown"


def test_the_newest_counts_that_is_not_unsure() -> None:
    statements = (
        said(1, Stance.POSITIVE, hour=1),
        said(1, Stance.UNSURE, hour=3),
        said(1, Stance.NEGATIVE, hour=2),
    )
    for given in (statements, statements[::-1]):
        (row,) = rows(*given)
        assert row.sums == (0, 1, 0, 0, 0)


def test_a_style_is_disclosed_with_all_its_weeks_from_ten_members_in_the_year_on() -> None:
    nine = [said(n, Stance.POSITIVE, LAST - timedelta(weeks=n)) for n in range(9)]
    assert {row.disclosed for row in rows(*nine)} == {False}
    tenth = said(9, Stance.UNSURE, LAST - timedelta(weeks=51))
    assert [row.disclosed for row in rows(*nine, tenth)] == [True] * 10
    too_old = said(9, Stance.UNSURE, LAST - timedelta(weeks=52))
    assert {row.disclosed for row in rows(*nine, too_old)} == {False}


def test_a_disclosed_week_stays_as_it_was_and_the_others_are_counted_anew() -> None:
    before = OpinionRow((LAST - timedelta(weeks=1)).isoformat(), "S1", "en", (8, 3, 0, 0, 0), disclosed=True)
    stale = OpinionRow((LAST - timedelta(weeks=2)).isoformat(), "S1", "en", (5, 0, 0, 0, 0), disclosed=False)
    late = said(40, Stance.POSITIVE, LAST - timedelta(weeks=1))
    found = rows(late, said(41, Stance.NEGATIVE), before=(before, stale))
    assert found == [before, OpinionRow(LAST.isoformat(), "S1", "en", (0, 1, 0, 0, 0), disclosed=True)]


def test_one_member_who_says_something_every_week_is_no_group_of_ten() -> None:
    """Fifteen members were shown once. A year later their weeks are gone; hers alone would be a group that is shown."""
    first = LAST - timedelta(weeks=51)
    counted = (OpinionRow(first.isoformat(), "S1", "en", (15, 0, 0, 0, 0), disclosed=True),)
    hers = [said(1, Stance.NEGATIVE, first)]
    kept: tuple[OpinionRow, ...] = counted
    for back in range(50, -1, -1):
        hers.append(said(1, Stance.NEGATIVE, LAST - timedelta(weeks=back)))
        kept = tuple(rows(*hers, before=kept))
    assert sum(row.members for row in kept) == 15, "planted: 66, of which 51 are she"
    later = OpinionCount(WEEKS, [week + timedelta(weeks=1) for week in COUNTED], kept)
    for one in hers:
        if later.wants(one.member, one.style_id, one.at_us):
            later.add(one)
    assert [(row.members, row.disclosed) for row in later.rows()] == [(1, False)]


def test_while_the_clock_is_behind_disclosed_weeks_to_come_are_kept_and_not_counted() -> None:
    to_come = OpinionRow(
        (LAST + timedelta(weeks=3)).isoformat(), "S1", "en", (12, 0, 0, 0, 0), disclosed=True
    )
    lost = OpinionRow((LAST + timedelta(weeks=3)).isoformat(), "S2", "en", (2, 0, 0, 0, 0), disclosed=False)
    found = rows(said(1, Stance.POSITIVE), before=(to_come, lost))
    assert [(row.style_id, row.members, row.disclosed) for row in found] == [
        ("S1", 12, True),
        ("S1", 1, False),
    ]


def test_shares_are_of_at_least_a_hundred_and_a_language_has_only_styles_that_are_shown() -> None:
    many = [said(n, Stance.POSITIVE if n < 70 else Stance.UNSURE) for n in range(110)]
    few = [Said(ShopperId(f"t{n}"), "S2", LAST_US, Stance.UNSURE, "de") for n in range(9)]
    entry = Said(ShopperId("u"), "S1", LAST_US, Stance.NEGATIVE, NO_TEXT)
    found = opinion_groups(rows(*many, *few, entry))
    tables = opinion_tables(found, {"S1": (120, 40, 62, 3, 0)}, str.lower)
    shown: tuple[Cell, ...] = (115, 75, 65, None, None, None, 45, 39)
    assert tables[TableName.SENTIMENT].rows == (("S1", "s1", *shown, 125, 65, None),)
    assert tables[TableName.SENTIMENT].hidden == 1
    assert tables[TableName.SENTIMENT_WEEKS].rows == (("S1", "s1", LAST.isoformat(), *shown),)
    assert tables[TableName.SENTIMENT_LANGUAGES].rows == (("en", 115, 75, None, 45, 39),)


LAST_US = WEEKS.bounds_us(LAST)[0]
