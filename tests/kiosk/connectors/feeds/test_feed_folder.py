"""Which file is read, under which name, and that every other one is named once with what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.connectors.feeds import FEED_KINDS, FeedKind
from tests.kiosk.connectors.feeds.feed_files import (
    STYLE,
    ean,
    item,
    jsonl,
    opened,
    read,
    set_time,
    stock,
    told,
)


def notes(folder: Path) -> list[str]:
    return [str(note) for note in opened(folder).notes]


@pytest.mark.parametrize("name", ["Stock.JSONL", "STOCK.ndjson", "stock.Jsonl"])
def test_names_are_read_in_any_case(tmp_path: Path, name: str) -> None:
    jsonl(tmp_path / name, [stock(1)])
    assert len(read(tmp_path, "stock").changed) == 1
    assert notes(tmp_path) == []


def test_tabs_are_read_from_tsv_and_csv(tmp_path: Path) -> None:
    for name in ("stock.tsv", "stock.csv"):
        (tmp_path / name).write_text(f"gtin\tplace\tcount\n{ean(1)}\tfloor\t2\n")
        assert len(read(tmp_path, "stock").changed) == 1
        (tmp_path / name).unlink()


def test_of_two_files_of_a_kind_the_newer_is_read_and_the_older_named(tmp_path: Path) -> None:
    old, new = jsonl(tmp_path / "stock.jsonl", [stock(1)]), tmp_path / "stock.csv"
    new.write_text(f"gtin,place,count\n{ean(2)},floor,2\n")
    set_time(old, 1_000_000)
    set_time(new, 2_000_000)
    assert read(tmp_path, "stock").name == "stock.csv"
    assert notes(tmp_path) == [
        "stock.jsonl: is not read, because stock.csv is; delete the one that is not used"
    ]
    set_time(old, 3_000_000)
    assert read(tmp_path, "stock").name == "stock.jsonl"


NOTED = {
    "styles.xlsx": "is a workbook and is not read; save it as CSV",
    "style.csv": "is styles.csv meant?",
    "prices.csv": "the files of a feed are called styles, items, stock",
    "stock.txt": "a feed file ends with .jsonl, .ndjson, .json, .csv, .tsv",
    "stock.csv.gz": "is packed and is not read; unpack it",
    "stock.csv.part": "is not read (name ends with .part)",
    "stock": "a feed file ends with",
}


@pytest.mark.parametrize(("name", "told"), NOTED.items())
def test_a_file_that_may_be_meant_is_named_once(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / name).write_text("gtin\n")
    (note,) = notes(tmp_path)
    assert note.startswith(f"{name}: ")
    assert told in note


@pytest.mark.parametrize(
    "name", [".stock.csv.swp", "~$styles.xlsx", "c1-navy.jpg", "README.md", "feed-report.txt", "pictures"]
)
def test_a_file_that_nobody_expects_to_be_read_is_not_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    assert notes(tmp_path) == []


def test_a_synonym_is_read_only_if_its_columns_prove_it(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "products.jsonl", [STYLE])
    assert notes(tmp_path) == ["products.jsonl: is read as styles"]
    assert len(read(tmp_path, "styles").changed) == 1
    jsonl(path, [{"sku": "1", "title": "Coat"}])
    assert "has not the columns of styles" in notes(tmp_path)[0]
    assert opened(tmp_path).read("styles", {}) is None
    (tmp_path / "inventory.csv").write_text("sku,on hand\n1,2\n")
    assert "inventory.csv: has no column place, count" in " ".join(notes(tmp_path))


def test_a_name_of_its_own_goes_before_a_synonym(tmp_path: Path) -> None:
    own, other = jsonl(tmp_path / "styles.jsonl", [STYLE]), jsonl(tmp_path / "products.jsonl", [STYLE])
    set_time(own, 1_000_000)
    set_time(other, 2_000_000)
    assert read(tmp_path, "styles").name == "styles.jsonl"


def test_what_cannot_be_read_is_told_and_what_is_known_stays(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "stock.csv")
    (tmp_path / "items.csv").mkdir()
    (tmp_path / "styles.csv").symlink_to("styles.csv")
    (tmp_path / "looks.csv").symlink_to("/dev/zero")
    (tmp_path / "shoppers.csv").write_bytes("shopper_id;first_name\n1;Иван Петров\n".encode("cp1251"))
    (tmp_path / "associates.csv").write_text("a1,Ines Moreau,4711\n")
    (tmp_path / "promotions.csv").mkdir()
    for kind in FEED_KINDS:
        found = read(tmp_path, kind, {"x": b"known"})
        assert found.failed
        assert told(found) == [f"{kind}.csv: {found.failed}"]
        assert not found.empty
    assert (
        read(tmp_path, "associates").failed
        == "has no column associate_id, name; its first line must be the header"
    )


def test_a_kind_without_file_is_none(tmp_path: Path) -> None:
    assert all(opened(tmp_path).read(kind, {}) is None for kind in FEED_KINDS)
    assert opened(tmp_path).stamps("stock") == ()


def test_a_stamp_changes_with_the_file(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "items.jsonl", [item(1)])
    before = opened(tmp_path).stamps("items")
    assert before == opened(tmp_path).stamps("items")
    set_time(path, 5_000_000)
    assert before != opened(tmp_path).stamps("items")


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        opened(tmp_path / "missing")


@pytest.mark.parametrize(
    ("kind", "header", "told"),
    [
        (
            "items",
            "ean,style,color,size",
            "no column gtin or sku, style_id, colour; rename columns: ean may be gtin, style may be style_id",
        ),
        ("stock", "gtin,place,count,GTIN", "has the column gtin 2 times"),
        ("styles", "style_id,name,category,price", "has no column colours"),
        ("styles", "style_id,name,category,colours.0.code", "has no column price or price_minor"),
    ],
)
def test_a_header_without_its_columns_is_one_mistake(
    tmp_path: Path, kind: FeedKind, header: str, told: str
) -> None:
    (tmp_path / f"{kind}.csv").write_text(f"{header}\n1,2,3,4\n1,2,3,4\n")
    assert told in read(tmp_path, kind).failed


def test_a_name_that_is_no_text_can_be_written_into_a_report(tmp_path: Path) -> None:
    (tmp_path / "styles\x1b[2J\n.csv").write_text("x")
    (tmp_path / os.fsdecode(b"style\xff.csv")).write_text("x")
    said = notes(tmp_path)
    assert len(said) == 2
    assert all(note.isprintable() and note.encode() for note in said)


@pytest.mark.parametrize("name", ["stock.csv", "stock.jsonl", "stock.json"])
def test_a_link_to_a_file_of_secrets_tells_nothing_of_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "keys").write_text("c0ffee00c0ffee00c0ffee00c0ffee00\nsecret,token\n")
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / name).symlink_to(tmp_path / "keys")
    found = read(tmp_path / "feed", "stock")
    said = f"{found.failed} {told(found)} {found.notes}"
    assert said.strip("[]() ")
    assert "c0ffee" not in said
    assert "secret" not in said
