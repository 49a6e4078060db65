"""Promotions of a feed: mistakes by line, what they name and is not there, and what ends."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from kiosk.core.domain.hours.opening_hours import Span
from kiosk.core.domain.promotions.rule import Group, GroupKind, Rule, RuleKind
from kiosk.core.wire import from_json
from kiosk.store.catalogue.promotion_rules import MAX_READ, MAX_RULES, PromotionRules
from kiosk.store.db.table_groups.promotions import PROMOTION
from kiosk.store.feed_import.kinds.promotions import MAX_NOTES
from tests.kiosk.store.feed_import.taking import FeedShop

GOOD: dict[str, Any] = {
    "promotion_id": "happy", "name": {"en": "Happy hour", "de": "Happy Hour"}, "kind": "percent", "percent": "12,5 %",
    "pieces": ["category:Shirts", "style:C1"], "weekdays": "tue|Thursday", "hours": "17:00-19:00", "members": "yes",
}  # fmt: skip


def promotions(shop: FeedShop) -> dict[str, Rule]:
    return {row["promotion_id"]: from_json(Rule, json.loads(row["body"])) for row in shop.rows(PROMOTION)}


def write(shop: FeedShop, *lines: dict[str, Any]) -> None:
    shop.write("promotions", "".join(json.dumps(line) + "\n" for line in lines))


def test_a_line_becomes_a_rule(shop: FeedShop) -> None:
    write(shop, GOOD)
    report = shop.take()
    assert (report.kind("promotions").changed, report.kind("promotions").deleted) == (1, 1)
    assert (report.mistakes, report.kind("promotions").notes) == ((), ())
    rule = promotions(shop)["happy"]
    assert (rule.kind, rule.value, rule.members) == (RuleKind.PERCENT, 125_000, True)
    assert rule.groups == (Group(GroupKind.CATEGORY, "Shirts"), Group(GroupKind.STYLE, "C1"))
    assert (rule.validity.weekdays, rule.validity.hours) == ((1, 3), Span(17 * 60, 19 * 60))
    assert rule.name.in_language("de") == "Happy Hour"


def test_mistakes_are_told_by_line_and_the_others_are_taken(shop: FeedShop) -> None:
    wrong = [
        {**GOOD, "promotion_id": "a", "kind": "half price"}, {**GOOD, "promotion_id": "b", "percent": 101},
        {**GOOD, "promotion_id": "c", "kind": "n-for-m", "take": 2, "pay": 2},
        {**GOOD, "promotion_id": "d", "name": ""},
        {**GOOD, "promotion_id": "e", "kind": "bundle", "amount": 100, "pieces": ["category:coats"]},
        {**GOOD, "promotion_id": "f", "from": "2026-12-24", "until": "2026-12-01"},
        {**GOOD, "promotion_id": "g", "coupon": "9521234000013"}, {**GOOD, "promotion_id": "h", "hours": "25:00-26:00"},
        {**GOOD, "promotion_id": "i", "kind": "amount", "amount": {"currency": "USD", "minor": 500}},
        {**GOOD, "promotion_id": "j", "pieces": ["brand:Ostrevane"]},
    ]  # fmt: skip
    write(shop, *wrong, GOOD)
    report = shop.take()
    assert list(promotions(shop)) == ["happy"]
    assert len(report.mistakes) == len(wrong)
    expected = (
        "is none of percent", "is not a percentage", "take and pay", "name is missing", "at least two",
        "until: is not after from", "is no coupon's text", "hours", "USD", "is not category:",
    )  # fmt: skip
    for number, words in enumerate(expected, 1):
        (said,) = [one for one in report.mistakes if words in one]
        assert str(number) in said.partition(words)[0], "the line is named"


def test_a_limit_without_an_entry_is_a_mistake_and_not_a_promotion_for_all(shop: FeedShop) -> None:
    """A selection of pieces that found nothing would have made all pieces of the shop free."""
    free = {"promotion_id": "free", "name": "Outlet", "kind": "price", "amount": 0}
    blank = [
        {**free, "pieces": []}, {**free, "pieces": ["", " "]}, {**free, "pieces": " | "}, {**free, "levels": []},
        {**free, "levels": [""]}, {**free, "coupon": "\u200b"},
    ]  # fmt: skip
    write(shop, *({**line, "promotion_id": f"b{n}"} for n, line in enumerate(blank)), GOOD)
    report = shop.take()
    assert [said.count("is given without an entry") for said in report.mistakes] == [1] * len(blank)
    assert list(promotions(shop)) == ["happy"]
    shop.pass_s()
    (shop.folder / "promotions.jsonl").unlink()
    table = "promotion_id,name,kind,amount,pieces,levels,coupon\nfree,Outlet,price,0,, ,\n"
    (shop.folder / "promotions.csv").write_text(table, encoding="utf-8")
    shop.date("promotions.csv", shop.pass_s())
    (note,) = shop.take().kind("promotions").notes
    assert "free makes pieces free" in note, "a blank cell of a table is no limit"


def test_what_is_not_in_the_catalogue_is_noted(shop: FeedShop) -> None:
    write(shop, {**GOOD, "pieces": ["category:shrits", "style:C9", "sku:X", "category:coats"]})
    notes = " ".join(shop.take().kind("promotions").notes)
    assert [word in notes for word in ("category shrits", "style C9", "article sku:X", "coats")] == [
        True
    ] * 3 + [False]
    assert list(promotions(shop)) == ["happy"]


def test_a_large_percentage_is_noted(shop: FeedShop) -> None:
    write(shop, {**GOOD, "percent": 40}, {**GOOD, "promotion_id": "slip", "percent": 90})
    (note,) = shop.take().kind("promotions").notes
    assert "promotion slip takes 90 % off, more than max_price_change_percent (40)" in note
    assert list(promotions(shop)) == ["happy", "slip"]


def test_what_the_feed_does_not_name_any_more_ends_at_once_but_an_empty_file_waits(shop: FeedShop) -> None:
    many = [{**GOOD, "promotion_id": f"p{n}"} for n in range(20)]
    write(shop, *many)
    shop.take()
    shop.pass_s()
    write(shop, many[0])
    assert (shop.take().held, list(promotions(shop))) == ((), ["p0"])
    shop.pass_s()
    shop.write("promotions", "")
    (held,) = shop.take().held
    assert (held.kind, list(promotions(shop))) == ("promotions", ["p0"])


def test_of_too_many_promotions_those_that_have_ended_do_not_hold(shop: FeedShop) -> None:
    ended = [{**GOOD, "promotion_id": f"a{n}", "until": "2020-01-01"} for n in range(MAX_RULES)]
    write(shop, *ended, GOOD)
    (note,) = shop.take().kind("promotions").notes
    assert f"{MAX_RULES + 1} promotions, of which {MAX_RULES} hold" in note
    rules = PromotionRules(shop.database, lambda: shop.now_us)
    assert len(rules.all()) == MAX_RULES
    assert "happy" in [rule.rule_id for rule in rules.all()]
    # planted: a clock of before, for which none of them has ended
    early = PromotionRules(shop.database, lambda: 0)
    assert "happy" not in [rule.rule_id for rule in early.all()]


def test_a_hostile_number_of_promotions_is_read_and_told_in_part(shop: FeedShop) -> None:
    """They are read while a room waits: 100,000 took 7 s."""
    unknown = {**GOOD, "percent": 90, "pieces": ["category:none"]}
    write(shop, *({**unknown, "promotion_id": f"p{n:05}"} for n in range(MAX_READ + 200)))
    assert len(shop.take().kind("promotions").notes) == 2 * (MAX_NOTES + 1) + 1
    with shop.database.writing() as connection:  # the first in their sequence, but beyond those that are read
        row = connection.execute(select(PROMOTION).limit(1)).one()
        first = {**json.loads(row.body), "rule_id": "z", "order": -1}
        connection.execute(PROMOTION.insert(), [{"promotion_id": "z", "body": json.dumps(first)}])
    rules = PromotionRules(shop.database, lambda: shop.now_us).all()
    assert (len(rules), rules[0].rule_id) == (MAX_RULES, "p00000")
