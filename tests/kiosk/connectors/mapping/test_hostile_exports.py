"""Hostile and damaged exports: the row is refused with its reason and the rest goes in, or the file is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from kiosk.config import ConfigError
from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.mapping import load_mapping
from kiosk.connectors.mapping.html_text import html_text
from tests.kiosk.connectors.mapping.exports import (
    SHOPIFY,
    ean,
    imported,
    json_lines,
    shopify_rows,
    table,
    written,
)

AT = {name: at for at, name in enumerate(SHOPIFY)}
RIGHT_TO_LEFT, ZERO_WIDTH = "\u202e", "\u200b"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("Variant SKU", "=HYPERLINK(1)", "sku: is a formula"),
        ("Variant SKU", "@SUM(A1)", "sku: is a formula"),
        ("Title", "=cmd|' /C calc'!A0", "name: is a formula"),
        ("Title", f"Coat {RIGHT_TO_LEFT}gnp.exe", "reorders the text (U+202E)"),
        ("Title", f"Co{ZERO_WIDTH}at", "is not seen (U+200B)"),
        ("Title", "C" + "\u0301" * 40, "cannot be read"),
        ("Title", "\u3164\u3164", "is not seen"),
        ("Title", "x" * 900_000, "name: longer than 500 characters"),
        ("Body (HTML)", "y" * 30_000, "story: longer than 20000 characters"),
        ("Variant SKU", f"A{ZERO_WIDTH}B", "sku: "),
        ("Option2 Value", "S\u202c", "reorders"),
        ("Variant Price", "1e308", "price"),
        ("Variant Price", "NaN", "price"),
        ("Variant Price", "Infinity", "price"),
        ("Variant Price", "0", "price: is 0"),
        ("Variant Price", "-5.00", "price"),
        ("Variant Price", "10.00 USD", "price: is in USD, but the shop's currency is EUR"),
        ("Variant Price", "9" * 300, "price"),
        ("Variant Compare At Price", "10.00", "price_before: is lower than price"),
        ("Variant Barcode", "9521230000018", "gtin"),
        ("Variant Barcode", "\x00", "NUL"),
        ("Variant SKU", "A\x07B", "control character"),
    ],
)
def test_a_hostile_cell_concerns_its_product_alone(
    tmp_path: Path, column: str, value: str, said: str
) -> None:
    rows = shopify_rows(2, ("S",), 1)
    rows[1][AT[column]] = value
    if value == "\x00":
        # NUL is no text in any encoding
        with pytest.raises(UnreadableError, match="neither UTF-8 nor cp1252"):
            imported(tmp_path, written(tmp_path, "p.csv", table(rows).replace("'\x00", "\x00")), "shopify")
        return
    found = imported(tmp_path, written(tmp_path, "p.csv", table(rows)), "shopify")
    assert [line.style_id for line in found.articles.values()] == ["style-1"]
    ((line, what), *_) = found.reasons
    assert (line, said in what) == (2, True), what


def test_pictures_never_lead_out_of_their_folder(tmp_path: Path) -> None:
    rows = shopify_rows(1, ("S",), 1)
    rows[1][AT["Image Src"]] = "../../etc/passwd"
    found = imported(tmp_path, written(tmp_path, "p.csv", table(rows)), "shopify")
    assert found.styles is not None
    (style,) = found.styles.changed.values()
    assert style.colours[0].pictures == ()
    assert any("not a path below the folder" in str(note) for note in found.styles.notes)


@pytest.mark.parametrize(
    "line",
    [
        '{"Handle": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"Handle": "x", "Variant Price": NaN}',
        '{"Handle": "x", "Variant Price": 1e308}',
        '{"Handle": "x", "Variant Price": ' + "9" * 5_000 + "}",
        '{"Handle": "x", "Title": "\\ud800", "Variant Price": 5}',
        '{"Handle": {"\\u0000decimal": "x"}, "Variant Price": {"\\u0000decimal": "x"}, "Title": "t"}',
        '{"Handle": "x", "Variant Price": true, "Title": "t"}',
        "[1, 2]",
        '{"Handle": "x", ',
        "{}",
    ],
)
def test_hostile_json(tmp_path: Path, line: str) -> None:
    good = {
        "Handle": "ok",
        "Title": "Good",
        "Variant Price": 12.5,
        "Variant SKU": "G",
        "Variant Barcode": ean(9),
    }
    found = imported(tmp_path, written(tmp_path, "p.jsonl", line + "\n" + json_lines([good])), "shopify")
    assert [line.style_id for line in found.articles.values()] == ["ok"]
    assert found.conversion.refused + found.conversion.left_out == 1


@pytest.mark.parametrize(
    "text",
    [
        "title: !!python/object/apply:os.system [id]",
        "a: &a [x, x]\nb: &b [*a, *a]\ntitle: *b",
        "style: {style_id: A, style_id: B}",
        "extends: ../../etc/passwd",
        "extends: shopify\nitem: {prise: A}",
        "encoding: hex\nextends: shopify",
        "locale: nowhere\nextends: shopify",
        "- 1",
        "",
        "title: " + "[" * 5_000,
    ],
)
def test_a_hostile_mapping_is_a_mistake(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError):
        load_mapping(str(written(tmp_path, "m.yaml", text)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"Handle,Title,Variant Price\n", "has no rows"),
        (table(shopify_rows(1)).encode()[:-20], "is incomplete"),
        (b"\xff\xfe\x00\xd8a\x00", "is not in it"),
        (b"Handle,Title,Title,Variant Price\na,b,c,1\n", "has the column title 2 times"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "neither UTF-8 nor cp1252"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        imported(tmp_path, written(tmp_path, "p.csv", content), "shopify")


def workbook(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Our stock"],
        [],
        ["SKU", "EAN", "Stock"],
        ["A", int(ean(1)), 3],
        ["B", float(ean(2)), 2.0],
        ["C", ean(3), "=1+1"],
        ["=A1", ean(4), 1],
        ["D", None, 1.5],
    ]
    found = imported(tmp_path, written(tmp_path, "stock.xlsx", workbook(rows)), "stocklist")
    assert found.counts == {f"0{ean(1)} floor": 3, f"0{ean(2)} floor": 2}
    assert [line for line, _ in found.reasons] == [6, 7, 8]
    assert "is a formula" in found.reasons[1][1]


def repacked(change: dict[str, bytes]) -> bytes:
    """A workbook with some parts replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["SKU", "Stock"], ["A", 1]]))) as book,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in book.namelist():
            if part not in change:
                made.writestr(part, book.read(part))
        for name, content in change.items():
            made.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
FAR_ROW = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>SKU</t></is></c><c r="B1" t="inlineStr"><is><t>Stock</t></is></c></row>'
    b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (repacked({SHEET: b"<x>" + b" " * (20 << 20)}), "packed more tightly"),
        (repacked({SHEET: b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "document type"),
        (repacked({SHEET: b"<not closed"}), "workbook"),
        (repacked({SHEET: FAR_ROW}), "a row with a number above"),
        (repacked({"xl/workbook.xml": b"<x/>"}), "workbook"),
        (b"PK\x03\x04 nothing", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 encrypted", "workbook"),
    ],
)
def test_a_hostile_workbook(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        imported(tmp_path, written(tmp_path, "stock.xlsx", content), "stocklist")


def test_a_path_inside_a_workbook_leads_nowhere(tmp_path: Path) -> None:
    content = repacked({"../../outside.txt": b"x", "/tmp/outside-of-a-workbook.txt": b"x"})
    found = imported(tmp_path, written(tmp_path, "stock.xlsx", content), "stocklist")
    assert list(found.counts.values()) == [1]
    assert not list(tmp_path.parent.rglob("outside*"))


ITEM = (
    "<item><g:id>{id}</g:id><title>Coat</title><description>&lt;p&gt;Long&lt;/p&gt;</description>"
    "<g:price>129.00 EUR</g:price><g:sale_price>99.00 EUR</g:sale_price><g:gtin>{gtin}</g:gtin>"
    "<g:item_group_id>C</g:item_group_id><g:color>Navy</g:color><g:size>{size}</g:size>"
    "<g:shipping><g:price>5.00 EUR</g:price></g:shipping><g:additional_image_link>a</g:additional_image_link>"
    "<g:additional_image_link>b</g:additional_image_link></item>"
)
START = '<?xml version="1.0"?>\n{}<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>'


def merchant(items: str, before: str = "", end: str = "</channel></rss>") -> str:
    return START.format(before) + items + end


def test_google_merchant_xml(tmp_path: Path) -> None:
    items = "\n".join(ITEM.format(id=n, gtin=ean(n), size=size) for n, size in enumerate("SML", 1))
    items += "<item><g:id>9</g:id><title>" + "x" * 2_000_000 + "</title></item>"
    found = imported(tmp_path, written(tmp_path, "p.xml", merchant(items)), "google-merchant")
    assert [(line.colour, line.size) for line in found.articles.values()] == [("Navy", s) for s in "SML"]
    # the price of the shipping is not that of the article
    assert {str(line.price.minor) for line in found.articles.values()} == {"9900"}
    assert found.reasons == [(4, "longer than 1000000 characters")]
    assert found.styles is not None
    assert found.styles.changed["C"].story.in_language("en") == "Long"


def test_an_atom_feed(tmp_path: Path) -> None:
    text = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title>'
    entry = ITEM.format(id=1, gtin=ean(1), size="S").replace("item>", "entry>")
    found = imported(tmp_path, written(tmp_path, "p.xml", f"{text}{entry}</feed>"), "google-merchant")
    assert len(found.articles) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (merchant("&b;", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'), "document type"),
        (merchant("", '<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "document type"),
        (merchant("<a>" * 5_000), "nested deeper"),
        (merchant("<item><g:id>1</g:id>", end=""), "is incomplete"),
        (merchant("<item></other>"), "is not XML"),
        ("Handle,Title\n", "is not XML"),
        (merchant(""), "has no rows"),
    ],
)
def test_hostile_xml(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        imported(tmp_path, written(tmp_path, "p.xml", text), "google-merchant")


def test_html_becomes_text() -> None:
    assert html_text("<p>100&nbsp;% <b>linen</b></p><ul><li>a</li><li>b</li></ul>") == "100 % linen\na\nb"
    assert html_text("<script>alert(1)</script>x<style>p{}</style> &lt;b&gt;") == "x <b>"
    assert html_text("soft\u00adhyphen") == "softhyphen"
    assert html_text("5 < 6 <!-- no --> <a href='x'>link</a><![CDATA[x]]>") == "5 < 6 link"


@pytest.mark.parametrize(
    "part", ["<", "<!--", "<a ", "&#", "<![", "</", "<script>", "<a b=", "&amp", "<p>", "<style></style>"]
)
def test_html_of_any_kind_is_read_once(part: str) -> None:
    # planted fault: html.parser needs a minute for `<a ` and raises for `<![`
    assert len(html_text(part * (100_000 // len(part)))) <= 100_000
