"""Vendure by a double of its Admin API: sessions, faults that come with status 200, and values that cannot be true.

The same connector against a real server: `tests/contracts/commerce -k vendure --full`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from kiosk.connectors.commerce.drivers import open_system
from kiosk.connectors.commerce.errors import AnswerError, CredentialsError, NoConnectorError
from kiosk.connectors.commerce.place import SystemPlace
from kiosk.connectors.commerce.pulling import Pulled, pull
from kiosk.connectors.feeds import open_folder
from kiosk.connectors.mapping import Shop
from kiosk.connectors.web_hooks.host_rule import Network
from tests.kiosk.connectors.commerce.shop_system import SIZES, Request, ShopSystem, serve
from tests.kiosk.connectors.commerce.vendure_server import DESCRIPTION, key_file
from tests.kiosk.connectors.mapping.exports import ean
from tests.optional_values import present

SHOP = Shop("EUR", now_us=1_790_000_000_000_000)


def of_vendure(number: int) -> dict[str, Any]:
    """A product as the Admin API gives it."""
    return {
        "id": str(number), "name": f"Shirt {number}", "slug": f"shirt-{number}", "description": "<p>Soft</p>",
        "featuredAsset": {"preview": f"p{number}.jpg"}, "collections": [{"name": "Shirts"}],
        "facetValues": [{"name": "Tops", "facet": {"code": "category", "name": "Category"}}],
        "variants": [
            {
                "id": f"{number}-{size}", "sku": f"SKU-{number}-{size}", "enabled": True, "currencyCode": "EUR",
                "price": 4992, "priceWithTax": 5990, "customFields": {"gtin": ean(number * len(SIZES) + at)},
                "featuredAsset": None,
                "options": [
                    {"name": size, "group": {"code": f"shirt-{number}-size", "name": "Size"}},
                    {"name": "Sand", "group": {"code": "color", "name": "Tint"}},
                ],
                "stockLevels": [
                    {"stockOnHand": 6, "stockAllocated": 2, "stockLocation": {"name": "Default Stock Location"}},
                    {"stockOnHand": 9, "stockAllocated": 0, "stockLocation": {"name": "Depot"}},
                ],
            }
            for at, size in enumerate(SIZES)
        ],
    }  # fmt: skip


@dataclass
class AdminApi(ShopSystem):
    """`sessions`: those that are valid. `error`: a code with which queries are refused."""

    sessions: list[str] = field(default_factory=list)
    logins: int = 0
    password: str = "secret"
    token_in: str = "vendure_auth_token"
    error: str = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        asked = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        request = Request(handler, handler.path, {})
        self.asked.append((handler.path, {"query": asked["query"]}, dict(handler.headers.items())))
        if "mutation Login" in asked["query"]:
            self._log_in(request, asked["variables"])
            return
        session = handler.headers.get("Authorization", "").removeprefix("Bearer ")
        code = "FORBIDDEN" if session not in self.sessions else self.error
        if code:
            _send(
                request,
                {"errors": [{"message": "no word of it", "extensions": {"code": code}}], "data": None},
            )
            return
        options = asked["variables"]["options"]
        items = self.products[options["skip"] : options["skip"] + options["take"]]
        _send(request, {"data": {"products": {"totalItems": len(self.products), "items": items}}})

    def _log_in(self, request: Request, given: dict[str, str]) -> None:
        self.logins += 1
        if given != {"username": "cheval", "password": self.password}:
            _send(request, {"data": {"login": {"__typename": "InvalidCredentialsError"}}})
            return
        self.sessions.append(f"session-{self.logins}")
        _send(
            request, {"data": {"login": {"__typename": "CurrentUser"}}}, **{self.token_in: self.sessions[-1]}
        )


def _send(request: Request, value: object, **headers: str) -> None:
    request.send(json.dumps(value).encode(), **headers)


@pytest.fixture
def api() -> Iterator[AdminApi]:
    found = AdminApi()
    found.products = [of_vendure(number) for number in range(4)]
    with serve(found):
        yield found


@pytest.fixture
def place(api: AdminApi, tmp_path: Path) -> SystemPlace:
    described = tmp_path / "vendure.yaml"
    described.write_text(DESCRIPTION, "utf-8")
    return SystemPlace(
        f"vendure+http://127.0.0.1:{api.port}", described, key_file(tmp_path), Network.THIS_COMPUTER
    )


def read(place: SystemPlace, folder: Path) -> Pulled:
    work = folder / f"work-{len(list(folder.glob('work-*')))}"
    work.mkdir()
    with closing(open_system(place)) as system:
        return pull(system, work, SHOP, lambda *_: None)


def test_styles_articles_and_stock_of_each_location(place: SystemPlace, tmp_path: Path) -> None:
    pulled = read(place, tmp_path)
    assert (pulled.entries, pulled.refused) == ({"catalogue": 4, "stock": 4}, 0)
    feed = open_folder(tmp_path / "work-0", currency="EUR")
    styles, items, stock = feed.read("styles", {}), feed.read("items", {}), feed.read("stock", {})
    assert styles is not None
    assert items is not None
    assert stock is not None
    assert {(line.category, line.colours[0].code) for line in styles.changed.values()} == {("Tops", "Sand")}
    assert sorted({(line.size, present(line.price).minor) for line in items.changed.values()}) == [
        (size, 5990) for size in sorted(SIZES)
    ]
    assert {(line.place, line.count) for line in stock.changed.values()} == {("floor", 4), ("other:Depot", 9)}


def test_one_session_serves_all_and_one_that_has_ended_is_made_anew(
    api: AdminApi, place: SystemPlace, tmp_path: Path
) -> None:
    read(place, tmp_path)
    assert api.logins == 1
    calls = iter(range(100))
    before = api.answer

    def forgetful(handler: BaseHTTPRequestHandler) -> None:
        if next(calls) == 2:
            api.sessions.clear()
        before(handler)

    api.answer = forgetful  # type: ignore[method-assign]
    assert read(place, tmp_path).entries == {"catalogue": 4, "stock": 4}
    assert api.logins == 3


@pytest.mark.parametrize("what", ["password", "rights"])
def test_who_may_not_read(api: AdminApi, place: SystemPlace, tmp_path: Path, what: str) -> None:
    if what == "password":
        api.password = "another"
    else:
        api.error = "FORBIDDEN"
    with pytest.raises(CredentialsError) as error:
        read(place, tmp_path)
    assert api.logins <= 2, "a wrong password is not tried again and again"
    assert "secret" not in str(error.value)


def test_faults_of_the_set_up_are_named_without_the_words_of_the_server(
    api: AdminApi, place: SystemPlace, tmp_path: Path
) -> None:
    api.error = "GRAPHQL_VALIDATION_FAILED"
    with pytest.raises(AnswerError, match="GRAPHQL_VALIDATION_FAILED") as error:
        read(place, tmp_path)
    assert "no word of it" not in str(error.value)
    api.error = "<script>"
    with pytest.raises(AnswerError) as error:
        read(place, tmp_path)
    assert "script" not in str(error.value)
    api.token_in = "set_cookie"
    with pytest.raises(AnswerError, match="tokenMethod"):
        read(place, tmp_path)


HOSTILE: tuple[dict[str, Any], ...] = (
    {"priceWithTax": "59.90"}, {"priceWithTax": 59.9}, {"priceWithTax": None}, {"priceWithTax": -1},
    {"priceWithTax": 0}, {"priceWithTax": True}, {"currencyCode": "USD"}, {"options": None},
    {"customFields": {"gtin": "4006381333932"}}, {"customFields": None}, {"stockLevels": [{"stockOnHand": "9"}]},
    {"stockLevels": 7}, {"sku": {"a": 1}},
)  # fmt: skip


@pytest.mark.parametrize("change", HOSTILE, ids=str)
def test_a_value_that_cannot_be_true_costs_its_row_alone(
    api: AdminApi, place: SystemPlace, tmp_path: Path, change: dict[str, Any]
) -> None:
    api.products[1]["variants"][1] |= change
    read(place, tmp_path)
    items = open_folder(tmp_path / "work-0", currency="EUR").read("items", {})
    assert items is not None
    assert len(items.changed) in (11, 12)
    assert {line.price.minor for line in items.changed.values() if line.price} <= {5990}


def test_what_is_not_sold_is_not_shown(api: AdminApi, place: SystemPlace, tmp_path: Path) -> None:
    api.products[0]["variants"][2]["enabled"] = False
    pulled = read(place, tmp_path)
    assert (pulled.lines("items"), pulled.lines("stock"), pulled.refused) == (11, 22, 0)


def test_the_description_is_optional_and_its_mistakes_are_named(
    api: AdminApi, place: SystemPlace, tmp_path: Path
) -> None:
    for one in api.products:
        for variant in one["variants"]:
            variant.pop("customFields")
    assert read(replace(place, description=None), tmp_path).lines("items") == 12
    assert "customFields" not in api.asked[-1][1]["query"]
    described = tmp_path / "wrong.yaml"
    for text, what in (
        ("gtin: a } b", "custom field"), ("item: {colr: x}", "colour"), ("page_size: 0", "page_size"), ("x: 1", "x"),
    ):  # fmt: skip
        described.write_text(text, "utf-8")
        with pytest.raises(NoConnectorError, match=what):
            open_system(replace(place, description=described))


def test_language_and_channel(api: AdminApi, place: SystemPlace, tmp_path: Path) -> None:
    (tmp_path / "vendure.yaml").write_text(f"{DESCRIPTION}language: de\n", "utf-8")
    (tmp_path / "vendure.key").write_text("user: cheval\npassword: secret\nchannel: paris\n", "utf-8")
    read(place, tmp_path)
    path, _, headers = api.asked[-1]
    assert (path, headers["vendure-token"]) == ("/admin-api?languageCode=de", "paris")
