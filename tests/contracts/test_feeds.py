"""Contract of the feed files, run on every format: the same content, the same mistakes, no valid line lost."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.connectors.feeds import FEED_KINDS, FeedFile, FeedKind, FeedMistake, open_folder
from kiosk.core.domain.texts import LocalizedText
from tests.kiosk.store.sample_shop import gtin_of, write_feed
from tests.optional_values import present


def read_folder(folder: Path) -> dict[FeedKind, FeedFile[Any] | None]:
    """All files of a feed."""
    opened = open_folder(folder)
    return {kind: opened.read(kind, {}) for kind in FEED_KINDS}


def lines(folder: Path, kind: FeedKind) -> list[Any]:
    """The valid lines of a file."""
    return list(present(read_folder(folder)[kind]).changed.values())


def mistakes(folder: Path) -> list[FeedMistake]:
    return [m for file in read_folder(folder).values() if file is not None for m in file.mistakes]


def flat(value: object, path: str = "") -> dict[str, str]:
    """A nested object as columns with dots; lists of texts joined by `|`."""
    if isinstance(value, dict):
        return {
            k: v
            for key, inner in value.items()
            for k, v in flat(inner, f"{path}.{key}" if path else key).items()
        }
    if isinstance(value, list) and value and not isinstance(value[0], str):
        return {k: v for n, inner in enumerate(value) for k, v in flat(inner, f"{path}.{n}").items()}
    if isinstance(value, list):
        return {path: "|".join(value)}
    return {path: str(value)}


def as_json(folder: Path, kind: str) -> None:
    file = folder / f"{kind}.jsonl"
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    file.with_suffix(".json").write_text(json.dumps({kind: rows}), encoding="utf-8")
    file.unlink()


def as_csv(folder: Path, kind: str) -> None:
    file = folder / f"{kind}.jsonl"
    rows = [flat(json.loads(line)) for line in file.read_text().splitlines()]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with file.with_suffix(".csv").open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    file.unlink()


def as_excel(folder: Path, kind: str) -> None:
    """As spreadsheets in German write it: semicolons, prices with a decimal comma, UTF-16."""
    as_csv(folder, kind)
    file = folder / f"{kind}.csv"
    with file.open(encoding="utf-8-sig", newline="") as written:
        rows = list(csv.reader(written))
    if kind == "styles":
        at = rows[0].index("price.minor")
        rows[0][at], rows[0][rows[0].index("price.currency")] = "Price", "Currency"
        for row in rows[1:]:
            row[at] = f"{int(row[at]) / 100:.2f}".replace(".", ",")
    with file.open("w", encoding="utf-16", newline="") as out:
        csv.writer(out, delimiter=";").writerows(rows)


def as_tabs(folder: Path, kind: str) -> None:
    as_csv(folder, kind)
    file = folder / f"{kind}.csv"
    with file.open(encoding="utf-8-sig", newline="") as written:
        rows = list(csv.reader(written))
    with (folder / f"{kind.upper()}.TSV").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    file.unlink()


FORMS = {"jsonl": lambda *_: None, "json": as_json, "csv": as_csv, "excel": as_excel, "tabs": as_tabs}


@pytest.fixture(params=FORMS)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The sample shop's feed in one of the forms."""
    feed = write_feed(tmp_path / "feed")
    for kind in FEED_KINDS:
        FORMS[request.param](feed, kind)
    return feed


@pytest.mark.parametrize("kind", FEED_KINDS)
def test_every_file_format_gives_the_same_feed(folder: Path, tmp_path: Path, kind: FeedKind) -> None:
    assert lines(folder, kind) == lines(write_feed(tmp_path / "plain"), kind)


def test_nothing_is_wrong_with_a_good_feed(folder: Path) -> None:
    assert mistakes(folder) == []
    assert len(lines(folder, "styles")) == 5
    assert lines(folder, "styles")[0].name == LocalizedText((("en", "Long coat"), ("de", "Long coat (de)")))
    assert lines(folder, "items")[0].article == gtin_of("C1", "NVY", "36")
    assert lines(folder, "shoppers")[0].credentials[0].uid == "04A1B2C3D4E501"
    assert lines(folder, "looks")[0].items == ("C1-NVY", "A1-RED", "F1-BLK")


def test_personal_fields_are_not_in_the_repr(folder: Path) -> None:
    said = repr(read_folder(folder))
    assert "04A1B2C3D4E501" not in said
    assert not re.search(r"(?<!\d)4711(?!\d)", said), "digits within a time stamp are not the PIN"
    assert "Clara" not in said


def test_an_absent_file_is_none_in_the_feed(folder: Path) -> None:
    for file in folder.iterdir():
        if file.name.casefold().startswith("styles"):
            file.unlink()
    feed = read_folder(folder)
    assert feed["styles"] is None
    assert len(lines(folder, "items")) > 0


def test_an_empty_folder_is_an_empty_feed(tmp_path: Path) -> None:
    assert set(read_folder(tmp_path).values()) == {None}


STYLE: dict[str, Any] = {
    "style_id": "X1", "name": {"en": "Coat"}, "category": "coats", "price": {"currency": "EUR", "minor": 100},
    "colours": [{"code": "RED", "name": "Red"}],
}  # fmt: skip
MISTAKES = {
    "no id": ({"style_id": None}, "style_id is missing"),
    "id of two lines": ({"style_id": "a\nb"}, "has more than one line"),
    "no name": ({"name": ""}, "name is missing"),
    "name is a number": ({"name": 7.5}, "name: a number"),
    "no price": ({"price": None}, "price is missing"),
    "price without currency": ({"price": {"minor": 5}}, "price: currency missing"),
    "price in words": ({"price": {"currency": "EUR", "minor": "five"}}, "price: 'five' is not a number"),
    "price below nothing": ({"price": {"currency": "EUR", "minor": -1}}, "is not a price"),
    "strange currency": ({"price": {"currency": "euro", "minor": 1}}, "not an ISO 4217 code"),
    "no colours": ({"colours": []}, "at least one is required"),
    "colours in words": ({"colours": "red"}, "colours: a text where a list"),
    "colour twice": ({"colours": [STYLE["colours"][0]] * 2}, "a code is used twice"),
    "colour without name": ({"colours": [{"code": "RED"}]}, "colours[0].name is missing"),
    "a colour that is none": ({"colours": ["RED"]}, "colours[0].not an object"),
    "NUL": ({"care": "a\x00b"}, "NUL"),
    "half a surrogate pair": ({"care": "a\ud800b"}, "surrogate"),
}


@pytest.mark.parametrize(("change", "told"), MISTAKES.values(), ids=MISTAKES)
def test_every_mistake_is_reported_with_its_line(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    rows = [{**STYLE, "style_id": "G1"}, {**STYLE, **change}, {**STYLE, "style_id": "G2"}]
    (tmp_path / "styles.jsonl").write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    found = mistakes(tmp_path)
    assert [s.style_id for s in lines(tmp_path, "styles")] == ["G1", "G2"]
    assert {m.line for m in found} == {2}
    assert any(told in m.what for m in found), found


def test_all_mistakes_of_a_line_are_reported_together(tmp_path: Path) -> None:
    (tmp_path / "styles.jsonl").write_text('{"price": 3}', encoding="utf-8")
    assert len(mistakes(tmp_path)) == 5


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"gtin": "123"', "not JSON"),
        ("[1]", "list where an object"),
        ('{"gtin":"09521234000075","place":"floor","count":NaN}', "NaN is not a JSON number"),
        ('{"gtin":"09521234000076","place":"floor","count":1}', "wrong check digit"),
        ('{"gtin":"09521234000075","place":"attic","count":1}', "is not floor, stockroom"),
        ('{"gtin":"09521234000075","place":"floor","count":-2000000}', "is not a count"),
        ('{"gtin":"09521234000075","place":"floor","count":1.5}', "is not a count"),
        ('{"gtin":"09521234000075","place":"floor","count":true}', "true or false where"),
        ("[" * 5000, "not JSON"),
    ],
)
def test_a_bad_line_of_stock_is_reported_and_the_others_are_read(
    tmp_path: Path, line: str, told: str
) -> None:
    good = json.dumps({"gtin": gtin_of("C1", "NVY", "36"), "place": "floor", "count": 1})
    (tmp_path / "stock.jsonl").write_text(f"{line}\n\n{good}\n", encoding="utf-8")
    assert len(lines(tmp_path, "stock")) == 1
    assert [(m.line, told in m.what) for m in mistakes(tmp_path)] == [(1, True)]


def test_a_repeated_line_is_reported(tmp_path: Path) -> None:
    feed = write_feed(tmp_path)
    lines = (feed / "styles.jsonl").read_text()
    (feed / "styles.jsonl").write_text(lines + lines.splitlines()[0])
    assert [str(m) for m in mistakes(feed)] == ["styles.jsonl:6: repeats line 1"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'gtin,place,count\r\n"09521', "not CSV"),
        (b"gtin,place,count\n1,2\n", "2 columns where 3"),
    ],
)
def test_a_file_that_is_not_csv_is_reported(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "stock.csv").write_bytes(content)
    assert lines(tmp_path, "stock") == []
    assert told in str(mistakes(tmp_path)[0])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["styles", "items", "stock", "shoppers", "looks"]), st.binary(max_size=300), st.booleans()
)
def test_any_bytes_are_read_or_reported(tmp_path: Path, kind: FeedKind, noise: bytes, in_csv: bool) -> None:
    for old in tmp_path.iterdir():
        old.unlink()
    (tmp_path / f"{kind}.{'csv' if in_csv else 'jsonl'}").write_bytes(noise)
    found = present(read_folder(tmp_path)[kind])
    assert found.failed or found.truncated or not found.mistakes or found.mistakes[0].line


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*STYLE, "sizes", "care", "consents", "credentials", "sizes"]), _JSON))
def test_any_json_in_a_style_is_read_or_reported(tmp_path: Path, fields: dict[str, Any]) -> None:
    (tmp_path / "styles.jsonl").write_text(json.dumps({**STYLE, **fields}), encoding="utf-8")
    (tmp_path / "shoppers.jsonl").write_text(json.dumps({"shopper_id": "s", **fields}), encoding="utf-8")
    feed = read_folder(tmp_path)
    found = present(feed["styles"])
    assert len(found.changed) + len(found.mistakes) >= 1
