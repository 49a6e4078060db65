"""The published JSON schema and the reader agree: on good feeds, on every wrong field, and on any lines."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.connectors.feeds import FEED_KINDS, FeedKind, feed_schema
from kiosk.connectors.feeds.columns import COLUMNS, AnyColumn, ListColumn
from kiosk.connectors.feeds.fields import FieldReader
from kiosk.connectors.feeds.kinds import KINDS
from kiosk.connectors.feeds.text_files.json_records import object_of
from kiosk.connectors.feeds.values.value_types import Reading
from tests.kiosk.connectors.feeds.feed_files import (
    ASSOCIATE,
    LOOK,
    PROMOTION,
    SHOPPER,
    STYLE,
    ean,
    item,
    jsonl,
    read,
    stock,
)
from tests.kiosk.store.sample_shop import write_feed

FULL: dict[FeedKind, dict[str, Any]] = {
    "styles": {
        **STYLE, "price_before": "1,290.00 EUR", "story": "Long.", "material": {"en": "wool"}, "care": "cold",
        "origin": "PT", "size_system": "eu-women", "sizes": ["36", "38"], "since": "2026-03-01", "season": "FW26",
        "line": "women", "lowest_price": "899.00",
        "colours": [{"code": "NVY", "name": {"de": "Marine"}, "hex": "#112233", "picture": "c1.png",
                     "pictures": ["c1.png", "c1b.png"], "item_id": "4711"}],
    },
    "items": item(1, sku="C1/38", price=980.5, price_before="1.290,00", lowest_price="899,00", currency="EUR"),
    "stock": stock(1, "3,00", sku="C1/38", counted_at="2026-11-29T18:00:00+01:00", reserved=1, incoming="12"),
    "shoppers": {
        **SHOPPER, "language": "de", "member": "ja", "consents": ["sizes"], "stored_means": "card",
        "credentials": [{"kind": "ring", "uid": "04A1B2"}], "history": ["C1-NVY", {"style_id": "S1", "colour": "W"}],
        "level": "gold",
    },
    "associates": {**ASSOCIATE, "languages": "de|fr", "role": "Manager", "pin_hash": "$argon2id$x"},
    "looks": LOOK,
    "promotions": {
        **PROMOTION, "name": {"en": "3 for 2", "de": "3 für 2"}, "amount": "5.00", "min_total": "100,00 EUR", "take": 3,
        "pay": 2, "pieces": ["category:shirts", f"gtin:{ean(1)}", "style:C1", "sku:A 1"], "from": "2026-12-01",
        "until": "2026-12-24T18:00", "weekdays": "mon|Tuesday", "hours": "17:00-19:00", "members": "yes",
        "levels": ["gold"], "coupon": "TEN", "combines": True, "order": 1, "max_uses": "2",
    },
}  # fmt: skip
SEMANTIC = (
    "check digit", "is not a GTIN", "lost its digits", "is not a number", "can mean", "scientific notation",
    "is not a day", "is not a time", "is not in the years", "is not a price", "is not a count", "has more decimals",
    "both given", "currency", "is lower than price", "used twice", "is not a SKU", "longer than", "more than",
    "is needed for", "are needed for", "is not a percentage", "is not a day of the week", "are not hours",
    "is not category:", "is no coupon's text", "is not after from", "can be several", "an item needs", "surrogate",
    "contains a", "more than one line", "is given without an entry",
)  # fmt: skip
"""Faults that no schema can express: they depend on digits, a calendar, other fields or the parts of a text."""


@cache
def judge(kind: FeedKind) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": feed_schema()["$defs"]})


def mistakes(kind: FeedKind, record: dict[str, Any]) -> list[str]:
    """What the reader says about a record as it is in a file."""
    reader = FieldReader(object_of(json.dumps(record)), Reading("EUR", mark=","))
    KINDS[kind].build(reader)
    return reader.mistakes


def names(columns: tuple[AnyColumn, ...]) -> set[str]:
    return {column.name for column in columns}


def test_the_schema_is_valid_and_describes_every_column() -> None:
    schema = feed_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for kind in FEED_KINDS:
        described = schema["$defs"][kind]["properties"]
        assert described.keys() == names(COLUMNS[kind])
        assert all(column["description"] for column in described.values())


def test_the_reader_reads_every_column_and_no_other() -> None:
    for kind in FEED_KINDS:
        seen: set[str] = set()

        class Watching(dict[str, Any]):
            def get(self, key: str, default: Any = None) -> Any:
                seen.add(key)  # noqa: B023 (read in the same round)
                return super().get(key, default)

        KINDS[kind].build(FieldReader(Watching(FULL[kind]), Reading("EUR", mark=",")))
        assert seen == names(COLUMNS[kind]) - {"deleted"}


@pytest.mark.parametrize("kind", FEED_KINDS)
def test_full_lines_are_good_for_both(kind: FeedKind) -> None:
    assert mistakes(kind, FULL[kind]) == []
    judge(kind).validate(FULL[kind])


def test_the_sample_shop_is_good_for_both(tmp_path: Path) -> None:
    feed = write_feed(tmp_path)
    for kind in FEED_KINDS:
        for line in (feed / f"{kind}.jsonl").read_text().splitlines():
            judge(kind).validate(json.loads(line))
        assert read(feed, kind).mistakes == ()


ODD_VALUES: tuple[Any, ...] = (
    None, "", " ", True, False, 0, -1, 7, 7.5, 2.0, 10**16, "x" * 30_000, "a\x07b", [], {}, [None], [{}], [[]],
    {"en": ""}, {"en": 5}, {"en": None}, {"0": "a"}, "2026-03-01", "a|b|c", "12,50 EUR",
    {"currency": "EUR", "minor": 5}, {"currency": "EUR"}, [{"code": "A"}], [{"code": "A", "name": "A"}],
    [{"uid": 5}], [{"style_id": "a", "colour": "b"}], "'4711", "yes", "OTHER: Lyon",
)  # fmt: skip


def agree(kind: FeedKind, record: dict[str, Any]) -> None:
    said, valid = mistakes(kind, record), judge(kind).is_valid(record)
    if not said:
        assert valid, [error.message[:200] for error in judge(kind).iter_errors(record)]
    if valid:
        unexpected = [what for what in said if not any(known in what for known in SEMANTIC)]
        assert not unexpected, record


CASES = [(kind, column) for kind in FEED_KINDS for column in COLUMNS[kind] if column.name != "deleted"]


@pytest.mark.parametrize(
    ("kind", "column"), CASES, ids=lambda part: part if isinstance(part, str) else part.name
)
def test_an_odd_value_in_any_column_is_judged_alike(kind: FeedKind, column: AnyColumn) -> None:
    for value in ODD_VALUES:
        agree(kind, {**FULL[kind], column.name: value})
    agree(kind, {name: value for name, value in FULL[kind].items() if name != column.name})
    if isinstance(column, ListColumn):
        for inner in column.columns:
            for value in ODD_VALUES:
                record = copy.deepcopy(FULL[kind])
                record[column.name][0][inner.name] = value
                agree(kind, record)


@pytest.mark.parametrize("kind", FEED_KINDS)
def test_a_missing_column_of_the_key_is_noticed_by_both(kind: FeedKind) -> None:
    """A planted fault: a schema without required columns would pass the test before."""
    record = {
        name: value
        for name, value in FULL[kind].items()
        if not name.endswith("_id") and name not in ("gtin", "sku")
    }
    assert mistakes(kind, record)
    assert not judge(kind).is_valid(record)


@pytest.mark.parametrize("kind", FEED_KINDS)
def test_a_deleted_line_needs_its_key_only(tmp_path: Path, kind: FeedKind) -> None:
    keys = ("style_id", "gtin", "place", "shopper_id", "associate_id", "look_id", "promotion_id")
    key = {name: FULL[kind][name] for name in keys if name in FULL[kind]}
    record: dict[str, Any] = {**key, "deleted": True}
    judge(kind).validate(record)
    jsonl(tmp_path / f"{kind}.delta.jsonl", [record])
    found = read(tmp_path, kind)
    assert (len(found.deleted), found.mistakes) == (1, ())
    assert kind in ("shoppers", "looks") or not judge(kind).is_valid(record | {"deleted": False})
    assert not judge(kind).is_valid({"deleted": True})


_TEXT = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["C1", "EUR", "floor", ean(3), "38", "1,5"]
)
_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9) | _TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(_TEXT | st.sampled_from(["code", "name", "uid"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(FEED_KINDS), st.data())
def test_any_lines_are_judged_alike(kind: FeedKind, data: st.DataObject) -> None:
    columns = sorted(names(COLUMNS[kind]) - {"deleted"})
    changes = data.draw(st.dictionaries(st.sampled_from(columns), _VALUE, max_size=3))
    agree(kind, {**FULL[kind], **changes})
