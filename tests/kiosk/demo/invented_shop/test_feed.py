"""The feed of the demo shop: whole, consistent, and the same every time."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk import paths
from kiosk.core.domain.ids import parse_gtin
from kiosk.demo.invented_shop import feed, source_files
from recommender.inputs.stylist_looks import read_stylist_looks

LANGUAGES = {"en", "de", "fr", "es", "it", "ja", "zh", "ar"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("feed")
    feed.write(directory, 7)
    return directory


def rows(files: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (files / name).read_text(encoding="utf-8").splitlines()]


def test_every_style_has_words_sizes_and_two_to_five_colours(files: Path) -> None:
    styles = rows(files, "styles.jsonl")
    assert len(styles) >= 60
    assert len({style["category"] for style in styles}) >= 6
    for style in styles:
        assert set(style["name"]) >= LANGUAGES
        for part in ("story", "material", "care", "origin"):
            assert set(style[part]) >= LANGUAGES, (style["style_id"], part)
        told = [style["story"][language].strip() for language in LANGUAGES]
        assert all(told), style["style_id"]
        assert len(set(told)) == len(told), style["style_id"]
        assert 2 <= len(style["colours"]) <= 5
        assert style["price"]["minor"] > 0
        assert style["sizes"]


def test_gtins_are_valid_unique_and_reserved_for_demonstrations(files: Path) -> None:
    numbers = [row["gtin"] for row in rows(files, "items.jsonl")]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert parse_gtin(number) == number
        assert number.startswith("09521234")


def test_every_colour_and_size_of_a_style_is_an_item(files: Path) -> None:
    made = {(row["style_id"], row["colour"], row["size"]) for row in rows(files, "items.jsonl")}
    offered = {
        (style["style_id"], colour["code"], size)
        for style in rows(files, "styles.jsonl")
        for colour in style["colours"]
        for size in style["sizes"]
    }
    assert made == offered


def test_stock_lies_in_all_kinds_of_place_and_some_sizes_are_out(files: Path) -> None:
    known = {row["gtin"] for row in rows(files, "items.jsonl")}
    here: dict[str, set[str]] = {number: set() for number in known}
    for row in rows(files, "stock.jsonl"):
        assert row["gtin"] in known
        assert row["count"] > 0
        here[row["gtin"]].add(row["place"].partition(":")[0])
    places = list(here.values())
    assert set() in places
    assert {"stockroom"} in places
    assert {"other"} in places
    on_the_floor = sum("floor" in place for place in places) / len(places)
    assert on_the_floor > 0.4


def test_histories_and_looks_name_pieces_that_exist(files: Path) -> None:
    items = {f"{row['style_id']}-{row['colour']}" for row in rows(files, "items.jsonl")}
    for shopper in rows(files, "shoppers.jsonl"):
        assert set(shopper["history"]) <= items
        if "sizes" not in shopper["consents"]:
            assert shopper["sizes"] == {}
    for look in json.loads((files / "looks.json").read_text(encoding="utf-8")):
        assert set(look["items"]) <= items
    written = read_stylist_looks(paths.assets() / "demo" / "stylist.yaml")
    assert {piece for look in written for piece in look.pieces} <= items
    assert all(look.by and look.name for look in written)


def test_no_two_people_share_a_card(files: Path) -> None:
    uids = [c["uid"] for shopper in rows(files, "shoppers.jsonl") for c in shopper["credentials"]]
    assert len(set(uids)) == len(uids)
    assert all(len(bytes.fromhex(uid)) == 7 for uid in uids)


def test_the_same_seed_gives_the_same_bytes(files: Path, tmp_path: Path) -> None:
    feed.write(tmp_path, 7)
    for path in sorted(files.iterdir()):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_missing_file_is_named() -> None:
    with pytest.raises(source_files.MissingFileError, match=r"no-such\.json"):
        source_files.read_json("no-such.json")
