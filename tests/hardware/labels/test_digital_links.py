"""GS1 Digital Links: the last key that a GTIN follows, serials in path or query, and links that are refused."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from hardware.epc.gtin import Gtin
from hardware.errors import LabelError
from hardware.labels.label import Label, read_label

GTIN = Gtin("80614141123458")


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        (f"https://id.gs1.org/01/{GTIN}/21/6789", "6789"),
        (f"https://house.example/de/01/{GTIN}/22/X/10/01/21/A%2FB?17=261231", "A/B"),
        (f"https://house.example/01/sale/01/{GTIN}/21/6789", "6789"),
        (f"https://house.example/01/04006381333931/01/{GTIN}/21/6789", "6789"),
        (f"https://house.example/shop/01/{GTIN}/10/01/21/A", "A"),
        (f"HTTPS://ID.HOUSE.EXAMPLE/01/{GTIN}/21/AB", "AB"),
        (f"https://house.example/gtin/{GTIN}/ser/AB", "AB"),
        (f"https://house.example/01/{GTIN}/", None),
        (f"https://house.example/01/{GTIN}/21/", None),
        (f"https://house.example/p?01={GTIN}&21=A%26B", "A&B"),
        (f"https://house.example/p?gtin={GTIN}", None),
        (f"https://house.example/01/{GTIN}#21/A", None),
        (f"https://house.example/01/{GTIN}/10/L/21/A/", "A"),
        (f"https://house.example/01/{GTIN}/21/A?", "A"),
        (f"https://house.example/01/{GTIN}/21/A/21/B", None),
        (f"https://house.example/p?01={GTIN}&21=A&21=B", None),
        (f"https://house.example/01/{GTIN}/21/A/ser/A", "A"),
        (f"https://user@house.example:8443/01/{GTIN}/21/a+b", "a+b"),
    ],
)
def test_links(text: str, serial: str | None) -> None:
    assert read_label(text) == Label(GTIN, serial)


@pytest.mark.parametrize("serial", ["A/B", "A/B/C", "A/10", "A/21", "A?B", "A%", "A%2", "A%2G", "100%"])
def test_a_serial_that_is_not_encoded_is_not_cut_to_another_one(serial: str) -> None:
    assert read_label(f"https://house.example/p/01/{GTIN}/21/{serial}") == Label(GTIN, None)
    encoded = f"https://house.example/p/01/{GTIN}/21/{quote(serial, safe='')}?a=b"
    assert read_label(encoded) == Label(GTIN, serial)
    if "%" in serial:
        assert read_label(f"https://house.example/p?01={GTIN}&21={serial}") == Label(GTIN, None)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("https://id.gs1.org/ARFKk4XB0CDKWcnpq", "compressed"),
        ("https://house.example/sale", "no article"),
        ("https://house.example/01", "no article"),
        ("https://[broken", "broken"),
        (f"https://id.gs1.org/01/{GTIN}/21/A\nB", "line ends"),
        (f"https://id.gs1.org/01/{GTIN}/21/A\tB", "blanks"),
        (f"https://house.example/p?01={GTIN}&01=04006381333931", "more than one article"),
        ("https://house.example/01/4006381333932", "check digit"),
        ("https://house.example/01/00000000000000/21/7", "zeros"),
        (f"https://house.example/01/{GTIN}/21/two%20words", "serial"),
        (f"https://house.example/01/{GTIN}/21/{'A' * 21}", "serial"),
    ],
)
def test_links_that_are_refused(text: str, why: str) -> None:
    with pytest.raises(LabelError, match=why):
        read_label(text)
