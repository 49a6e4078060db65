"""Bodies in the form of another system: values keep their types, lists become lists, mistakes are named."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from kiosk.connectors.sales_out.https import HttpsDestination
from kiosk.connectors.sales_out.port import Document, NoDestinationError
from kiosk.connectors.sales_out.template import Template
from tests.kiosk.connectors.sales_out.erp import Erp, erp

LINE = {"line": 1, "article": "04012345678901", "gtin": "04012345678901", "piece": "04012345678901.1", "name": "Shirt",
        "size": "M", "rate_ppm": 88_750, "gross": 12_900, "tax": 1_050, "net": 11_850}  # fmt: skip
SALE = {
    "version": 1, "id": "sale.o1.000001", "kind": "sale", "at": "2026-11-30T11:00:00.000000Z", "order": "o1",
    "receipt": "000001", "room": "1", "means": "terminal", "currency": "EUR", "gross": 12_900, "tax": 1_050,
    "net": 11_850, "taxes": [], "lines": [LINE, {**LINE, "line": 2, "name": 'A "quote" {gross}'}], "movements": [],
}  # fmt: skip
FORM = {
    "sale": {
        "number": "{receipt}", "title": "Receipt {receipt} of {order}", "total": "{gross|decimal}", "cents": "{gross}",
        "source": "cheval", "test": False, "nothing": None,
        "rows": {"each": "lines", "item": {"ean": "{gtin}", "sku": "{sku}", "vat": "{rate_ppm|percent}",
                                           "text": "{name} / {size} / {sku}", "of": "{receipt}"}},
    },
}  # fmt: skip


def document(**changes: Any) -> Document:
    body = SALE | changes
    return Document(str(body["id"]), str(body["kind"]), 1, json.dumps(body).encode())


def template(folder: Path, form: object) -> Template:
    file = folder / "form.json"
    file.write_text(form if isinstance(form, str) else json.dumps(form), encoding="utf-8")
    return Template(file)


def test_a_sale_is_written_as_the_file_says(tmp_path: Path) -> None:
    body = template(tmp_path, FORM).body(document())
    assert body is not None
    row = {"ean": "04012345678901", "sku": None, "vat": "8.875", "text": "Shirt / M / ", "of": "000001"}
    assert json.loads(body) == {
        "number": "000001", "title": "Receipt 000001 of o1", "total": "129.00", "cents": 12_900, "source": "cheval",
        "test": False, "nothing": None, "rows": [row, {**row, "text": 'A "quote" {gross} / M / '}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("currency", "minor", "said"),
    [("EUR", -5, "-0.05"), ("JPY", 500, "500"), ("KWD", 12_500, "12.500"), ("", 0, "0")],
)
def test_amounts_have_the_digits_of_their_currency(
    tmp_path: Path, currency: str, minor: int, said: str
) -> None:
    found = template(tmp_path, {"sale": "{gross|decimal}"}).body(document(currency=currency, gross=minor))
    assert found == json.dumps(said).encode()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("no json", "is not JSON"), ("[" * 60_000, "is not JSON"), ([], "write an object"), ({}, "write an object"),
        ({"order": {}}, "there is no kind `order`"), ({"sale": "{recipt}"}, "there is no `recipt` here"),
        ({"sale": ["{}"]}, "there is no `` here"), ({"sale": {"a": "{gross|dezimal}"}}, "cannot be written as"),
        ({"sale": "{receipt|decimal}"}, "`receipt` cannot be written as `decimal`"),
        ({"sale": {"each": "rows", "item": 1}}, "there is no list `rows`"),
        ({"sale": "{piece}"}, "there is no `piece` here"), ({"sale": "{lines}"}, "there is no `lines` here"),
        ({"sale": {"each": "taxes", "item": "{name}"}}, "there is no `name` here"),
        ('{"sale": ' + "[" * 20 + "]" * 20 + "}", "is too deep"), ("1" * 70_000, "is larger than"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_before_anything_is_sent(tmp_path: Path, form: object, said: str) -> None:
    with pytest.raises(NoDestinationError, match=said):
        template(tmp_path, form)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "none"):
        with pytest.raises(NoDestinationError, match=name):
            Template(tmp_path / name)


def test_bodies_are_given_signed_and_kinds_without_one_are_not(tmp_path: Path) -> None:
    form = tmp_path / "form.json"
    form.write_text(json.dumps({"sale": {"id": "{id}", "sum": "{gross|decimal}"}}))
    with erp(tmp_path / "erp") as at:
        gives(at, form)
        assert list(at.taken.values()) == [b'{"id":"sale.o1.000001","sum":"129.00"}']


def gives(at: Erp, form: Path) -> None:
    destination = HttpsDestination(at.place(), template=form)
    destination.take([document(), document(kind="stock", id="stock.1"), document()])
    destination.close()
