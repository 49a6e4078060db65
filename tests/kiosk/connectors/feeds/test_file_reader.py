"""Reading against known digests: what changed is parsed, what did not is not, nothing is lost or taken twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.connectors.feeds import FEED_KINDS, MAX_KEPT, FeedKind, FeedMistake, open_folder
from kiosk.core.domain.ids import ArticleId
from kiosk.core.domain.money import Money
from tests.kiosk.connectors.feeds.feed_files import (
    ASSOCIATE,
    LOOK,
    PROMOTION,
    SHOPPER,
    STYLE,
    ean,
    item,
    jsonl,
    opened,
    read,
    stock,
    stock_key,
    told,
)

RECORDS: dict[FeedKind, dict[str, Any]] = {
    "styles": STYLE, "items": item(1), "stock": stock(1), "shoppers": SHOPPER, "associates": ASSOCIATE, "looks": LOOK,
    "promotions": PROMOTION,
}  # fmt: skip


@pytest.mark.parametrize("kind", FEED_KINDS)
def test_an_unchanged_file_changes_nothing(tmp_path: Path, kind: FeedKind) -> None:
    jsonl(tmp_path / f"{kind}.jsonl", [RECORDS[kind]])
    first = read(tmp_path, kind)
    assert (len(first.changed), first.mistakes) == (1, ())
    again = read(tmp_path, kind, first.digests)
    assert (again.changed, again.digests, again.lines) == ({}, first.digests, first.lines)


def test_only_changed_lines_are_parsed(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "stock.jsonl", [stock(n) for n in range(50)])
    known = read(tmp_path, "stock").digests
    jsonl(path, [stock(n, 3 if n == 7 else 2) for n in range(1, 51)])
    found = read(tmp_path, "stock", known)
    assert {key: line.count for key, line in found.changed.items()} == {stock_key(7): 3, stock_key(50): 2}
    assert set(found.digests) == {stock_key(n) for n in range(1, 51)}


def test_a_known_line_is_not_parsed(tmp_path: Path) -> None:
    """Its key is taken from what is known: with another key there, the line has that key."""
    jsonl(tmp_path / "styles.jsonl", [STYLE])
    (digest,) = read(tmp_path, "styles").digests.values()
    found = read(tmp_path, "styles", {"another key": digest})
    assert (found.digests, found.changed) == ({"another key": digest}, {})


def test_the_meaning_of_a_line_is_part_of_its_digest(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text(f"gtin,style_id,colour,size\n{ean(1)},C1,38,NVY\n")
    first = read(tmp_path, "items").digests
    path.write_text(f"gtin,style_id,size,colour\n{ean(1)},C1,38,NVY\n")
    assert [line.size for line in read(tmp_path, "items", first).changed.values()] == ["38"]
    path.write_text(f"gtin,style_id,colour,size\n{ean(1)},C1,38,NVY\n")
    assert read(tmp_path, "items", first).changed == {}
    for other in ({"key": b"secret"}, {"currency": "JPY"}, {"zone": ZoneInfo("Asia/Tokyo")}):
        assert len(read(tmp_path, "items", first, **other).changed) == 1


def test_the_same_line_twice_is_a_mistake_also_where_it_is_known(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "stock.jsonl", [stock(1), stock(2)])
    known = read(tmp_path, "stock").digests
    jsonl(path, [stock(1), stock(2), stock(1), stock(2, 5)])
    for known_digests in ({}, known):
        found = read(tmp_path, "stock", known_digests)
        assert told(found) == ["stock.jsonl:3: repeats line 1", "stock.jsonl:4: repeats line 2"]
        assert found.digests == known
        assert found.mistaken == frozenset()


def test_a_mistake_concerns_its_key_alone(tmp_path: Path) -> None:
    jsonl(tmp_path / "stock.jsonl", [stock(1), stock(2, "many"), {"place": "floor", "count": 1}, stock(3)])
    found = read(tmp_path, "stock", {stock_key(2): b"known"})
    assert set(found.changed) == {stock_key(1), stock_key(3)}
    assert found.mistaken == {stock_key(2)}
    assert found.unreadable == 1
    assert [mistake.line for mistake in found.mistakes] == [2, 3]


def test_a_count_below_zero_is_zero_with_one_note(tmp_path: Path) -> None:
    jsonl(tmp_path / "stock.jsonl", [stock(1, -1), stock(2, "-3"), stock(3, reserved=-1)])
    found = read(tmp_path, "stock")
    assert [line.count for line in found.changed.values()] == [0, 0, 2]
    assert [str(note) for note in found.notes] == [
        "stock.jsonl:1: a count below 0 is taken as 0 (3 times, first here)"
    ]


EMPTY = {
    "no byte": ("stock.jsonl", b""),
    "blank lines": ("stock.jsonl", b"\n \r\n"),
    "only a header": ("stock.csv", b"gtin;place;count\r\n"),
    "an empty list": ("stock.json", b"[]"),
    "only a byte order mark": ("stock.csv", b"\xef\xbb\xbf"),
}


@pytest.mark.parametrize(("name", "content"), EMPTY.values(), ids=EMPTY)
def test_an_empty_file_is_recognised(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    found = read(tmp_path, "stock")
    assert found.empty
    assert (found.failed, found.truncated, found.mistakes) == ("", "", ())


CUT = {
    "JSON lines": ("stock.jsonl", json.dumps(stock(1)) + "\n" + json.dumps(stock(2))[:-5]),
    "JSON list": ("stock.json", json.dumps([stock(1), stock(2)])[:-5]),
    "CSV": ("stock.csv", f"gtin,place,count\n{ean(1)},floor,2\n{ean(2)},fl"),
    "zeros": ("stock.csv", f"gtin,place,count\n{ean(1)},floor,2\n\0\0\0"),
}


@pytest.mark.parametrize(("name", "content"), CUT.values(), ids=CUT)
def test_a_cut_file_is_recognised_and_its_whole_lines_are_taken(
    tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content)
    found = read(tmp_path, "stock")
    assert set(found.changed) == {stock_key(1)}
    assert found.truncated
    assert f"{name}: is incomplete: {found.truncated}" in told(found)
    assert not found.empty


def test_a_file_without_final_line_break_is_whole(tmp_path: Path) -> None:
    (tmp_path / "stock.csv").write_text(f"gtin,place,count\n{ean(1)},floor,2")
    found = read(tmp_path, "stock")
    assert (found.truncated, len(found.changed)) == ("", 1)


def test_an_item_id_belongs_to_one_colour(tmp_path: Path) -> None:
    other = {**STYLE, "style_id": "C1-NVY", "colours": [{"code": "X", "name": "X", "item_id": "C1-NVY"}]}
    jsonl(tmp_path / "styles.jsonl", [STYLE, other])
    assert told(read(tmp_path, "styles")) == [
        "styles.jsonl:2: the item C1-NVY is also in line 1; give one of them an item_id of its own"
    ]


def test_prices_before_a_sale_and_of_variants(tmp_path: Path) -> None:
    rows = [
        item(1, price="129.00", price_before="159.00"), item(2, price="129.00", price_before="129.00"), item(3),
        item(4, price="129.00", price_before="99.00"), item(5, price_before="99.00"), item(6, price="129.00 USD"),
    ]  # fmt: skip
    jsonl(tmp_path / "items.jsonl", rows)
    found = read(tmp_path, "items")
    prices = [(line.price, line.price_before) for line in found.changed.values()]
    assert prices == [
        (Money(12900, "EUR"), Money(15900, "EUR")), (Money(12900, "EUR"), None), (None, None),
        (None, Money(9900, "EUR")),
    ]  # fmt: skip
    assert [mistake.what for mistake in found.mistakes] == [
        "price_before: is lower than price; leave it empty where nothing is reduced",
        "price: is in USD, but the shop's currency is EUR",
    ]


def test_an_article_is_named_by_gtin_or_sku(tmp_path: Path) -> None:
    without = {key: value for key, value in item(1).items() if key != "gtin"}
    jsonl(tmp_path / "items.jsonl", [item(1, sku="C1/38"), {**without, "sku": "C1/40"}, without])
    found = read(tmp_path, "items")
    assert [(line.article, line.sku) for line in found.changed.values()] == [
        (ArticleId(f"0{ean(1)}"), "C1/38"),
        (ArticleId("sku:C1%2F40"), ""),
    ]
    assert told(found) == ["items.jsonl:3: gtin is missing (or sku, where the article has none)"]


def test_letter_sizes_and_pictures_are_put_right_with_a_note(tmp_path: Path) -> None:
    colours = [
        {"code": "A", "name": "A", "picture": "https://x.invalid/a.jpg"},
        {"code": "B", "name": "B", "pictures": ["b1.png", "../../etc/b2.png", "b3.png"], "picture": "b1.png"},
    ]
    jsonl(tmp_path / "styles.jsonl", [{**STYLE, "sizes": ["m", "L", "M", "one size"], "colours": colours}])
    found = read(tmp_path, "styles")
    (style,) = found.changed.values()
    assert style.sizes == ("M", "L", "one")
    assert [colour.pictures for colour in style.colours] == [(), ("b1.png", "b3.png")]
    said = " ".join(note.what for note in found.notes)
    assert "web address" in said
    assert "not a path below" in said
    assert "are one size" in said


def test_unknown_columns_are_named_with_the_nearest_known_one(tmp_path: Path) -> None:
    jsonl(
        tmp_path / "styles.jsonl",
        [{**STYLE, "seasons": "FW26", "xyz": 1, "colours": [{"code": "A", "name": "A", "img": 1}]}],
    )
    assert [str(note) for note in read(tmp_path, "styles").notes] == [
        "styles.jsonl:1: unknown column 'colours.img' is not read",
        "styles.jsonl:1: unknown column 'seasons' is not read; did you mean season?",
        "styles.jsonl:1: unknown column 'xyz' is not read",
    ]


def test_every_mistake_of_a_large_file_is_told(tmp_path: Path) -> None:
    jsonl(tmp_path / "stock.jsonl", [stock(n, "x") for n in range(3000)])
    all_of_them: list[FeedMistake] = []
    found = open_folder(tmp_path, on_mistake=lambda _, mistake: all_of_them.append(mistake)).read("stock", {})
    assert found is not None
    assert [mistake.line for mistake in all_of_them] == list(range(1, 3001))
    assert (len(found.mistakes), found.more_mistakes, found.unknown_mistaken) == (
        MAX_KEPT,
        3000 - MAX_KEPT,
        3000,
    )


def test_progress_is_told_often_and_to_the_end(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "stock.jsonl", [stock(n) for n in range(5000)])
    seen: list[tuple[int, int]] = []
    opened(tmp_path).read("stock", {}, lambda done, whole: seen.append((done, whole)))
    size = path.stat().st_size
    assert seen[-1] == (size, size)
    assert len(seen) > size >> 16


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.sampled_from([ean(1), "floor"])
FIELDS = st.dictionaries(
    st.sampled_from(["gtin", "place", "count", "sku", "deleted", "counted_at", "x"]), VALUES
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FIELDS, max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_every_line_is_taken_mistaken_or_deleted(
    tmp_path: Path, rows: list[dict[str, Any]], good: list[bool]
) -> None:
    rows = [stock(n) if keep else row for n, (row, keep) in enumerate(zip(rows, good, strict=False))]
    jsonl(tmp_path / "stock.jsonl", rows)
    found = read(tmp_path, "stock")
    wrong = {mistake.line for mistake in found.mistakes}
    assert len(found.digests) + len(wrong) + len(found.deleted) == len(rows) or found.deleted
    again = read(tmp_path, "stock", found.digests)
    assert (again.digests, again.mistakes, again.changed) == (found.digests, found.mistakes, {})


def test_names_of_styles_colours_and_categories_are_those_of_the_shop(tmp_path: Path) -> None:
    names = {"style_id": "1017822 / 001", "category": "Damen > Mäntel & Jacken"}
    jsonl(
        tmp_path / "styles.jsonl", [{**STYLE, **names, "colours": [{"code": "Honey/Black", "name": "Honey"}]}]
    )
    jsonl(tmp_path / "items.jsonl", [item(1, style_id="1017822 / 001", colour="Honey/Black")])
    (style,) = read(tmp_path, "styles").changed.values()
    assert (style.style_id, style.category, style.colours[0].code) == (*names.values(), "Honey/Black")
    assert len(read(tmp_path, "items").changed) == 1


def test_a_price_of_0_is_taken_and_noted(tmp_path: Path) -> None:
    """Such a piece is not sold by itself (`WhyNot.NO_PRICE`)."""
    free = {**STYLE, "price": {"currency": "EUR", "minor": 0}}
    jsonl(tmp_path / "styles.jsonl", [STYLE, {**free, "style_id": "C2"}, {**free, "style_id": "C3"}])
    jsonl(tmp_path / "items.jsonl", [item(1), item(2, price_minor=0)])
    styles, items = read(tmp_path, "styles"), read(tmp_path, "items")
    assert (len(styles.changed), len(items.changed), styles.mistakes, items.mistakes) == (3, 2, (), ())
    (of_styles,), (of_items,) = styles.notes, items.notes
    assert (of_styles.line, of_items.line) == (2, 2)
    assert "price is 0: it is shown without a price and not sold at mirrors" in str(of_styles)
