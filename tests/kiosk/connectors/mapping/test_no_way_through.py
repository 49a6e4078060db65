"""What would end a conversion with a fault of the program, or put variants below a wrong product, is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.config import ConfigError
from kiosk.connectors.feeds.limits import COLOURS
from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.mapping import load_mapping
from tests.kiosk.connectors.mapping.exports import ean, imported, json_lines, written

RSS = (
    '<?xml version="1.0" encoding="{}"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>1</g:id>'
    "<title>Coat</title><g:price>129.00 EUR</g:price></item></channel></rss>"
)


@pytest.mark.parametrize("encoding", ["foo", "hex", "gb2312", "shift_jis", "utf-7", "idna", "undefined"])
def test_xml_in_an_encoding_that_is_not_read(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(UnreadableError, match="export it as UTF-8"):
        imported(tmp_path, written(tmp_path, "p.xml", RSS.format(encoding)), "google-merchant")
    readable = written(tmp_path, "q.xml", RSS.format("iso-8859-15"))
    assert len(imported(tmp_path, readable, "google-merchant").articles) == 1


def test_two_items_of_one_number_in_one_line_of_xml(tmp_path: Path) -> None:
    head, item, end = (
        RSS.format("utf-8").partition("<channel>")[0] + "<channel>",
        RSS[RSS.index("<item>") :],
        "",
    )
    item, _, end = item.partition("</item>")
    text = f"{head}{item}</item>{item}</item>{end}"
    found = imported(tmp_path, written(tmp_path, "p.xml", text), "google-merchant")
    # planted fault: rows were told apart by their line, so the second was counted as taken, and lost in the feed
    assert (found.conversion.lines["items"], found.reasons) == (1, [(1, "repeats line 1")])


def product(number: int, **more: Any) -> dict[str, Any]:
    article = {"Variant Price": 5, "Variant SKU": f"S{number}", "Variant Barcode": ean(number)}
    return {"Handle": f"h{number}", "Title": "Shirt", **article, **more}


@pytest.mark.parametrize("odd", [[{"\x00decimal": "x"}], [[[{"\x00decimal": "1"}]]], {"a": [{"\x00": 1}]}])
def test_an_odd_value_in_a_column_that_is_inherited(tmp_path: Path, odd: object) -> None:
    """It is written to the temporary file and read again when another 256 products are between."""
    lines = [product(0, Title=odd), *map(product, range(1, 300)), product(300, Handle="h0", Title="")]
    found = imported(tmp_path, written(tmp_path, "p.jsonl", json_lines(lines)), "shopify")
    assert (len(found.articles), found.conversion.refused) == (299, 2)


@pytest.mark.parametrize(
    "section",
    [
        "attributes: [{column: A, between: ''}]",
        "attributes: [{column: A, sign: ''}]",
        "attributes: [{names: A, value: B, between: ''}]",
        "parents: {when: {column: A}, ids: []}",
        "parents: {when: {column: A}, ids: [A], children: {column: A, records: ''}}",
        "parents: {when: {column: A}, ids: [A], children: {column: A, between: ''}}",
    ],
)
def test_a_mapping_without_a_separator_is_a_mistake(tmp_path: Path, section: str) -> None:
    with pytest.raises(ConfigError):
        load_mapping(str(written(tmp_path, "m.yaml", f"extends: shopify\n{section}\n")))


VENDURE = (
    "name,slug,description,optionGroups,optionValues,sku,price,stockOnHand\n"
    "Skirt,skirt,,size,S,SK-S,99.00,1\n"
    "{}\n"
    ",,,,M,SC-M,10.00,1\n"
    ",,,,L,SC-L,10.00,1\n"
    "Coat,coat,,size,S,CO-S,200.00,1\n"
    ",,,,M,CO-M,200.00,1\n"
)


@pytest.mark.parametrize(
    "row", ['Scarf,scarf,"bad"x,size,S,SC-S,10.00,1', "Scarf,scarf,,size,S,SC-S,10.00", "x" * 1_000_001]
)
def test_variants_below_a_row_that_cannot_be_read_belong_to_no_other_product(
    tmp_path: Path, row: str
) -> None:
    found = imported(tmp_path, written(tmp_path, "p.csv", VENDURE.format(row)), "vendure")
    assert [line.style_id for line in found.articles.values()] == ["skirt", "coat", "coat"]
    assert [what for _, what in found.reasons[1:]] == ["an earlier row of its product cannot be read"] * 2
    whole = VENDURE.format("Scarf,scarf,,size,S,SC-S,10.00,1")
    found = imported(tmp_path, written(tmp_path, "q.csv", whole), "vendure")
    planted = [line.style_id for line in found.articles.values()]
    assert planted == ["skirt", "scarf", "scarf", "scarf", "coat", "coat"]


def test_a_colour_that_the_feed_refuses_costs_no_other_article_of_its_style(tmp_path: Path) -> None:
    """A style is one line of the feed: with such a colour it was lost, and all its articles counted as taken."""
    good = product(1, Handle="h", **{"Option1 Name": "Color", "Option1 Value": "Blue"})
    many = [f"{n}.png" for n in range(99)]
    bad = product(2, Handle="h", **{"Option1 Name": "Color", "Option1 Value": "Red", "Variant Image": many})
    found = imported(tmp_path, written(tmp_path, "p.jsonl", json_lines([good, bad])), "shopify")
    assert [line.colour for line in found.articles.values()] == ["Blue"]
    ((line, what),) = found.reasons
    assert (line, "more than 50" in what) == (2, True)
    assert found.styles is not None
    assert list(found.styles.changed) == ["h"]


def test_a_style_has_as_many_colours_as_the_feed_allows(tmp_path: Path) -> None:
    lines = [
        product(number, Handle="h", **{"Option1 Name": "Color", "Option1 Value": f"Colour {number}"})
        for number in range(COLOURS + 20)
    ]
    found = imported(tmp_path, written(tmp_path, "p.jsonl", json_lines(lines)), "shopify")
    assert (len(found.articles), found.conversion.refused) == (COLOURS, 20)
    assert found.reasons[0] == (COLOURS + 1, f"colours: more than {COLOURS} in its style")
