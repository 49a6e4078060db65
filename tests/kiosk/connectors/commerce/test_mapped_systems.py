"""Descriptions of systems: mistakes in them, keys, lists inside entries, units of money, and where a system may be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

import pytest

from hardware.sim.radio.certificate import new_certificate
from kiosk.connectors.commerce.drivers import open_system
from kiosk.connectors.commerce.errors import AnswerError, NoConnectorError, UnavailableError
from kiosk.connectors.commerce.mapped.entries import count_at, value_at
from kiosk.connectors.commerce.place import SystemPlace
from kiosk.connectors.commerce.pulling import Pulled, pull
from kiosk.connectors.feeds import open_folder
from kiosk.connectors.mapping import Shop
from kiosk.connectors.web_hooks.host_rule import Network
from tests.kiosk.connectors.commerce.faults import status
from tests.kiosk.connectors.commerce.shop_system import (
    ShopSystem,
    description,
    key_file,
    place_of,
    shop_system,
)
from tests.kiosk.connectors.tls_receiver import served_over_tls
from tests.optional_values import present

SHOP = Shop("EUR", now_us=1_790_000_000_000_000)


@pytest.fixture
def shop() -> Iterator[ShopSystem]:
    with shop_system() as found:
        found.sell(2)
        yield found


def read(place: SystemPlace, folder: Path) -> Pulled:
    work = folder / "work"
    work.mkdir()
    with closing(open_system(place)) as system:
        return pull(system, work, SHOP, lambda *_: None)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("title: nothing", "has neither catalogue nor stock"),
        ("catalogue: {path: /a}", "mapping"),
        ("catalogue: {path: 'https://elsewhere/a', mapping: {extends: stocklist}}", "path below the address"),
        ("catalogue: {path: '/a?b=c', mapping: {extends: shopify}}", "write the query into `query`"),
        ("catalogue: {path: /a, mapping: {stock: {sku: a, count: b}}}", "has no section item"),
        ("stock: {path: /a, mapping: {extends: shopify}}", "must have the section stock alone"),
        ("stock: {path: /a, mapping: {stock: {sku: a, coumt: b}}}", "did you mean `count`"),
        ("stock: {path: /a, mapping: {extends: shopfy}}", "is no preset"),
        ("stock: {path: /a, pages: {kind: cursor}, mapping: {extends: stocklist}}", "path in the answer to the next"),
        ("stock: {path: /a, total: n, mapping: {extends: stocklist}}", "does not belong to pages of the kind one"),
        ("stock: {path: /a, pages: {kind: pages}, mapping: {extends: stocklist}}", "pages"),
        ("auth: {kind: bearer, header: 'a b'}", "header"),
        (description("page", stock="list").replace("price: price}", "price: price}\n    stock: {sku: sku, count: n}"),
         "both state counts"),
    ],
)  # fmt: skip
def test_mistakes_of_a_description_are_named(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(NoConnectorError) as error:
        open_system(place_of(tmp_path, 1, text))
    assert what in str(error.value)
    assert "\n" not in str(error.value)


def test_stock_by_location_is_a_list_of_its_own(shop: ShopSystem, tmp_path: Path) -> None:
    pulled = read(place_of(tmp_path, shop.port, description("offset", stock="list")), tmp_path)
    assert (pulled.entries, pulled.refused) == ({"catalogue": 2, "stock": 6}, 0)
    stock = open_folder(tmp_path / "work", currency="EUR").read("stock", {})
    assert stock is not None
    assert sorted((line.place, line.count) for line in stock.changed.values()) == [
        *[("floor", 4)] * 6, *[("stockroom", 9)] * 6,
    ]  # fmt: skip


def test_prices_in_cents(shop: ShopSystem, tmp_path: Path) -> None:
    shop.products[0]["variants"][0]["price"] = 12_345
    shop.products[0]["variants"][1]["price"] = 123.45
    text = description("one").replace("    style:", "    prices: minor\n    style:")
    for one in (*shop.products[0]["variants"][2:], *shop.products[1]["variants"]):
        one["price"] = 5990
    read(place_of(tmp_path, shop.port, text), tmp_path)
    items = open_folder(tmp_path / "work", currency="EUR").read("items", {})
    assert items is not None
    assert sorted(present(line.price).minor for line in items.changed.values()) == [5990] * 4 + [12_345]
    assert len(items.mistakes) == 1, "parts of a cent are a mistake, not rounded"


@pytest.mark.parametrize(
    ("auth", "keys", "header"),
    [
        ("bearer", "token: abc", ("Authorization", "Bearer abc")),
        ("basic", "user: cheval\npassword: secret", ("Authorization", "Basic Y2hldmFsOnNlY3JldA==")),
        ("header", "token: abc", ("X-Api-Key", "abc")),
    ],
)  # fmt: skip
def test_keys(shop: ShopSystem, tmp_path: Path, auth: str, keys: str, header: tuple[str, str]) -> None:
    place = place_of(tmp_path, shop.port, description("one", auth=auth))
    key_file(tmp_path, keys + "\n")
    shop.always = status(404)
    with pytest.raises(AnswerError):
        read(place, tmp_path)
    assert shop.asked[0][2][header[0]] == header[1]


def test_a_key_file_that_others_can_read_or_that_is_missing(tmp_path: Path) -> None:
    place = place_of(tmp_path, 1, description())
    key_file(tmp_path).chmod(0o644)
    with pytest.raises(NoConnectorError, match="chmod 600"):
        open_system(place)
    with pytest.raises(NoConnectorError, match="key_file"):
        open_system(replace(place, key_file=None))


@pytest.mark.parametrize(
    "uri",
    ["mapped+http://shop.example/api", "mapped+https://user@shop.example", "mapped+https://", "mapped+https://h?a=b",
     "mapped+ftp://shop.example", "mapped://shop.example", "other+https://shop.example"],
)  # fmt: skip
def test_addresses_that_are_not_asked(tmp_path: Path, uri: str) -> None:
    place = replace(place_of(tmp_path, 1, description()), uri=uri, network=Network.PUBLIC)
    with pytest.raises(NoConnectorError):
        open_system(place)


class Answers(BaseHTTPRequestHandler):
    """The first page names a next one on another computer."""

    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        self.send_response(200)
        self.send_header("Link", '<https://elsewhere.example/api/link/products>; rel="next"')
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    def log_message(self, *_: object) -> None:
        return


def test_no_address_inside_the_shops_network_is_asked_unless_it_is_named(tmp_path: Path) -> None:
    certificate, key = new_certificate(["127.0.0.1"])
    (tmp_path / "ca.pem").write_bytes(certificate)
    both = tmp_path / "both.pem"
    both.touch(mode=0o600)
    both.write_bytes(certificate + key)
    with served_over_tls(Answers, both, Event()) as port:
        place = replace(
            place_of(tmp_path, 1, description("link")), uri=f"mapped+https://127.0.0.1:{port}/api",
            ca_file=tmp_path / "ca.pem",
        )  # fmt: skip
        for network in (Network.PUBLIC, Network.PRIVATE):
            elsewhere = open_system(replace(place, network=network))
            with closing(elsewhere), pytest.raises(AnswerError, match="`network` does not allow"):
                list(elsewhere.listings["catalogue"].pages())
        assert Answers.asked == 0, "planted: without the check of the address it were asked"
        with closing(open_system(place)) as system, pytest.raises(AnswerError, match="another computer"):
            list(system.listings["catalogue"].pages())
        assert Answers.asked == 1
        strange = open_system(replace(place, ca_file=None))
        with closing(strange), pytest.raises(UnavailableError, match="certificate"):
            list(strange.listings["catalogue"].pages())


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", (120, 120)), ("99999999", (3600, 3600)), ("soon", (0, 0)), ("", (0, 0)), ("-5", (0, 0)),
     (300, (1, 300)), (-300, (0, 0))],
)  # fmt: skip
def test_how_long_a_system_asks_to_wait(
    shop: ShopSystem, tmp_path: Path, text: str | int, seconds: tuple[int, int]
) -> None:
    """A number is that many seconds from now, as a date."""
    if isinstance(text, int):
        text = format_datetime(datetime.now(UTC) + timedelta(seconds=text))
    shop.always = status(503, Retry_After=text)
    with pytest.raises(UnavailableError) as error:
        read(place_of(tmp_path, shop.port, description()), tmp_path)
    assert seconds[0] <= error.value.retry_after_s <= seconds[1]


def test_pages_that_repeat_without_end(shop: ShopSystem, tmp_path: Path) -> None:
    """A system that does not know the parameter of the page gives the first one each time."""
    text = (
        description("page").replace("total: meta.total", "").replace("kind: page,", "kind: page, first: 1,")
    )
    shop.before = lambda request: request.query.update(page="1")
    with pytest.raises(AnswerError, match="again and again"):
        read(place_of(tmp_path, shop.port, text), tmp_path)
    text = description("cursor")
    shop.sell(9, 10)
    shop.before = lambda request: request.query.update(after="P0001")
    (tmp_path / "work").rename(tmp_path / "first")
    with pytest.raises(AnswerError, match="same next page"):
        read(place_of(tmp_path, shop.port, text), tmp_path)


def test_values_by_their_paths() -> None:
    found = {"a": {"b": [1], "c.d": {"e": "7"}}, "n": 3}
    assert value_at(found, "") is found
    assert (value_at(found, "a.b"), value_at(found, "a.c.d.e"), value_at(found, "n.x")) == ([1], None, None)
    assert (value_at({"c.d": 1}, "c.d"), count_at(found, "n"), count_at(found, "a"), count_at({"n": "12"}, "n")) == (
        1, 3, None, 12,
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "requests"), [("page", 1), ("offset", 2), ("link", 1), ("cursor", 1)])
def test_one_page_cannot_move_and_is_read_once(
    shop: ShopSystem, tmp_path: Path, kind: str, requests: int
) -> None:
    assert read(place_of(tmp_path, shop.port, description(kind)), tmp_path).entries == {"catalogue": 2}
    assert len(shop.asked) == requests
