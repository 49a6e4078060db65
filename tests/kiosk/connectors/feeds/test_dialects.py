"""The same feed in the dialects of other systems: read alike where the file proves it, else named with what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.core.domain.money import Money
from tests.kiosk.connectors.feeds.feed_files import ean, read, stock_key, told

HEADER = ("gtin", "style_id", "colour", "size", "price")


def table(delimiter: str, *rows: tuple[str, ...], end: str = "\n") -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in f'{delimiter}"') else text

    return "".join(delimiter.join(map(cell, row)) + end for row in rows)


def items(*prices: str) -> list[tuple[str, ...]]:
    return [HEADER, *((ean(n), "C1", "NVY", "38", price) for n, price in enumerate(prices))]


def prices(folder: Path, content: str | bytes, **how: Any) -> list[int | str]:
    """The price of each line in minor units, or what is wrong with it."""
    (folder / "items.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    found = read(folder, "items", **how)
    said: dict[int, int | str] = {mistake.line: mistake.what for mistake in found.mistakes}
    for key, line in found.changed.items():
        assert isinstance(line.price, Money)
        said[found.lines[key]] = line.price.minor
    return [said[line] for line in sorted(said)]


GERMAN, ENGLISH = ["1.490,00", "1.490", "12,5"], ["1,490.00", "1,490", "12.5"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("written", [GERMAN, ENGLISH], ids=["decimal comma", "decimal point"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_dialect_gives_the_same_prices(
    tmp_path: Path, delimiter: str, written: list[str], encoding: str
) -> None:
    content = table(delimiter, *items(*written), end="\r\n").encode(encoding)
    assert prices(tmp_path, content) == [149000, 149000, 1250]


def test_thousands_that_the_file_does_not_prove_are_a_mistake(tmp_path: Path) -> None:
    (said,) = prices(tmp_path, table(";", *items("1.490")))
    assert "can mean 1490 or 1.490; write it without a separator of thousands" in str(said)


def test_one_proof_anywhere_in_the_file_is_enough(tmp_path: Path) -> None:
    content = table(";", *items(*["1.490"] * 3000, "99,95 EUR"))
    assert prices(tmp_path, content) == [149000] * 3000 + [9995]


def test_a_file_that_contradicts_itself_proves_nothing(tmp_path: Path) -> None:
    said = prices(tmp_path, table(";", *items("1.490", "12,50", "12.50")))
    assert "can mean" in str(said[0])
    assert said[1:] == [1250, 1250]


def test_three_digits_of_a_dinar_are_decimals_only_if_the_file_proves_it(tmp_path: Path) -> None:
    assert prices(tmp_path, table(";", *items("1.250", "0.500")), currency="KWD") == [1250, 500]
    assert "can mean" in str(prices(tmp_path, table(";", *items("1.250", "500")), currency="KWD")[0])


def test_yen_have_no_decimals(tmp_path: Path) -> None:
    assert prices(tmp_path, table(",", *items("12800", "12,800", "1,234,567", "12800.00")), currency="JPY") == [
        12800, 12800, 1234567, 12800,
    ]  # fmt: skip


def test_a_stock_list_of_a_spreadsheet(tmp_path: Path) -> None:
    codes = [
        f"'{ean(1)}",
        f'="{ean(2)}"',
        f"{ean(3)[:4]} {ean(3)[4:]}",
        f"{ean(4)}.0",
        "12340000015",
        "9.52123E+12",
        "SEM GTIN",
    ]
    counts = ["3,00", "2.0", "1", "-2", " 4 ", "1", "1"]
    rows = [(code, "Floor", count, "") for code, count in zip(codes, counts, strict=True)]
    content = "sep=;\r\n" + table(
        ";", ("GTIN", "Place", "Count", "Größe"), *rows, ("", "", "", ""), end="\r\n"
    )
    (tmp_path / "stock.csv").write_bytes(content.encode("cp1252"))
    found = read(tmp_path, "stock")
    assert {key: line.count for key, line in found.changed.items()} == {
        stock_key(1): 3, stock_key(2): 2, stock_key(3): 1, stock_key(4): 0, "00012340000015 floor": 4,
    }  # fmt: skip
    assert [said.split(": ", 1)[1][:60] for said in told(found)] == [
        "gtin: '9.52123E+12' has lost its digits to scientific notati",
        "gtin: 'SEM GTIN' is not a GTIN; leave it empty and give a sk",
    ]
    assert [note.line for note in found.notes] == [0, 6]


def test_names_keep_their_accents_in_every_encoding(tmp_path: Path) -> None:
    rows = [("style_id", "name.fr", "category", "price", "colours.0.code", "colours.0.name"),
            ("C1", "Écharpe d’été – 100 % « laine »", "scarves", "1 490,00 €", "R", "Éc’ru")]  # fmt: skip
    found = []
    for encoding in ("utf-8", "utf-16", "cp1252"):
        (tmp_path / "styles.csv").write_bytes(table(";", *rows).encode(encoding))
        found.append(read(tmp_path, "styles").changed)
    assert found[0] == found[1] == found[2]
    assert found[0]["C1"].name.in_language("fr") == rows[1][1]
    assert found[0]["C1"].price == Money(149000, "EUR")


YES = ("true", "TRUE", "yes", "1", "ja", "Oui", "sí", "verdadero", "はい", "是", "نعم", "wahr")


@pytest.mark.parametrize("word", YES)
def test_yes_in_the_languages_of_the_mirror(tmp_path: Path, word: str) -> None:
    (tmp_path / "shoppers.csv").write_text(f"shopper_id;member\ns1;{word}\n", encoding="utf-8")
    assert read(tmp_path, "shoppers").changed["s1"].member


def test_a_word_that_is_neither_yes_nor_no_is_a_mistake_without_its_value(tmp_path: Path) -> None:
    (tmp_path / "shoppers.csv").write_text("shopper_id;member\ns1;maybe\n", encoding="utf-8")
    assert told(read(tmp_path, "shoppers")) == ["shoppers.csv:2: member: is not true, false, yes, no, 1 or 0"]
