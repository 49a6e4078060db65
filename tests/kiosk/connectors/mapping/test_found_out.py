"""Numbers, encodings and delimiters are found out, for any content (hypothesis)."""

from __future__ import annotations

import codecs
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from babel.numbers import format_decimal
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.mapping import MappingFile
from tests.kiosk.connectors.mapping.exports import Imported, imported, table, written

PATIENT = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
MAPPING = MappingFile.model_validate(
    {
        "needs": ["Model"], "style": {"style_id": "Model", "name": "Name", "category": {"value": "coats"}},
        "item": {"sku": "Number", "colour": "Colour", "price": "Price"},
        "stock": {"sku": "Number", "place": {"value": "floor"}, "count": "Pieces"},
    }
)  # fmt: skip
HEAD = ["Model", "Name", "Number", "Colour", "Price", "Pieces"]
amounts = st.integers(1, 10**9).map(lambda minor: Decimal(minor).scaleb(-2))
# letters of Windows-1252 beside ASCII, and what CSV has to quote
names = st.text("abcXYZ 019,;|\t\"'éüßñÅœ€–", min_size=1, max_size=30).filter(
    lambda text: bool(text.strip(" \t'\""))
)


def read(content: bytes | str, mapping: MappingFile = MAPPING) -> Imported:
    with TemporaryDirectory() as folder:
        return imported(Path(folder), written(Path(folder), "list.csv", content), mapping)


def is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def rows_of(texts: list[str], name: str = "Coat") -> list[list[str]]:
    return [HEAD, *([f"M{n}", name, f"N{n}", "Blue", text, "1"] for n, text in enumerate(texts))]


def prices(found: Imported) -> list[Decimal]:
    return [Decimal(line.price.minor).scaleb(-2) for line in found.articles.values()]


@PATIENT
@given(
    st.lists(amounts, min_size=1, max_size=8), st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(".,")
)
def test_prices_with_any_delimiter_and_mark(given_prices: list[Decimal], delimiter: str, mark: str) -> None:
    texts = [f"{price:.2f}".replace(".", mark) for price in given_prices]
    found = read(table(rows_of(texts), delimiter))
    assert (found.reasons, prices(found)) == ([], given_prices)


@PATIENT
@given(
    st.lists(amounts, min_size=1, max_size=8),
    st.sampled_from(["de_DE", "de_CH", "en_IN", "fr_FR", "pt_BR", "en_US"]),
)
def test_prices_as_a_locale_writes_them(given_prices: list[Decimal], locale: str) -> None:
    texts = [format_decimal(price, "#,##0.00", locale=locale) for price in given_prices]
    stated = read(table(rows_of(texts), ";"), MAPPING.model_copy(update={"locale": locale}))
    assert (stated.reasons, prices(stated)) == ([], given_prices)


@PATIENT
@given(st.lists(st.integers(1_000, 999_999), min_size=1, max_size=8), st.sampled_from(".,"))
def test_thousands_are_read_where_the_file_proves_the_mark_else_refused(whole: list[int], mark: str) -> None:
    other = "," if mark == "." else "."
    texts = [f"{number:,}".replace(",", other) for number in whole]
    proved = read(table(rows_of([*texts, f"7{mark}50"]), ";"))
    assert (proved.reasons, prices(proved)[:-1]) == ([], [Decimal(number) for number in whole])
    alone = read(table(rows_of(texts), ";"))
    # planted fault: to take 1.490 for 1.49, or for 1490, by a habit
    assert (alone.articles, alone.conversion.refused) == ({}, len(whole))
    stated = read(table(rows_of(texts), ";"), MAPPING.model_copy(update={"decimals": mark}))
    assert prices(stated) == [Decimal(number) for number in whole]


@PATIENT
@example("Åœ", "cp1252", ",", "\n")
@given(
    names,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"]),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_encoding_by_rule(name: str, encoding: str, delimiter: str, end: str) -> None:
    text = table(rows_of(["12.50", "13.50"], name), delimiter).replace("\r\n", end)
    # by the rule, what happens to be UTF-8 is read as UTF-8
    assume(encoding != "cp1252" or name.isascii() or not is_utf_8(text.encode(encoding)))
    found = read(text.encode(encoding), MAPPING.model_copy(update={"encoding": "cp1252"}))
    assert found.reasons == []
    assert found.styles is not None
    assert {line.name.in_language("en") for line in found.styles.changed.values()} == {name.strip()}
    beyond_ascii = encoding == "cp1252" and not name.isascii()
    assert bool(found.conversion.notes) == beyond_ascii


@pytest.mark.parametrize("stated", ["", "utf-8"])
def test_nothing_is_guessed(stated: str) -> None:
    text = table(rows_of(["12.50"], "Écharpe été"), ";").encode("cp1252")
    with pytest.raises(UnreadableError, match=r"not UTF-8|neither UTF-8"):
        read(text, MAPPING.model_copy(update={"encoding": stated}))


def test_utf_16_without_its_mark_is_read_where_it_is_stated() -> None:
    content = table(rows_of(["12.50"])).encode("utf-16-le")
    assert not content.startswith(codecs.BOM_UTF16_LE)
    with pytest.raises(UnreadableError, match="not UTF-8"):
        read(content)
    assert read(content, MAPPING.model_copy(update={"encoding": "utf-16-le"})).reasons == []
