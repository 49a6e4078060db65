"""What only a real Vendure server can show: rights, sessions, custom fields, stock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.connectors.commerce.errors import AnswerError, CredentialsError
from kiosk.connectors.feeds import open_folder
from tests.contracts.commerce.rigs import VendureRig, articles, numbers, read, vendure_rig
from tests.kiosk.connectors.commerce.vendure_server import DESCRIPTION, VendureShop

pytestmark = [pytest.mark.full, pytest.mark.timeout(600)]


@pytest.fixture
def shop(vendure: Callable[[], VendureShop], tmp_path: Path) -> Iterator[VendureRig]:
    with vendure_rig(vendure(), tmp_path) as found:
        yield found


def as_user(shop: VendureRig, name: str, *rights: str) -> None:
    """The connector signs in as a new user with these rights alone."""
    server = shop.server
    role = server.ask(
        "mutation ($i: CreateRoleInput!) { createRole(input: $i) { id } }",
        i={"code": name, "description": name, "permissions": list(rights)},
    )["createRole"]["id"]
    given = {
        "firstName": "A", "lastName": "B", "emailAddress": f"{name}@shop.example", "password": "of the test",
        "roleIds": [role],
    }  # fmt: skip
    server.ask("mutation ($i: CreateAdministratorInput!) { createAdministrator(input: $i) { id } }", i=given)
    key = shop.place.key_file
    assert key is not None
    key.write_text(f"user: {name}@shop.example\npassword: of the test\n", "utf-8")


def test_the_right_to_read_the_catalogue_is_enough(shop: VendureRig) -> None:
    as_user(shop, "reader", "ReadCatalog")
    pulled = read(shop)
    assert numbers(articles(shop, pulled)) == list(range(7))
    assert pulled.lines("stock") == 21


def test_without_that_right_it_is_the_credentials(shop: VendureRig) -> None:
    as_user(shop, "clerk", "ReadOrder")
    with pytest.raises(CredentialsError, match="may not read"):
        read(shop)


def test_a_custom_field_that_the_shop_has_not(shop: VendureRig) -> None:
    assert shop.place.description is not None
    shop.place.description.write_text(DESCRIPTION.replace("gtin: gtin", "gtin: barcode"), "utf-8")
    with pytest.raises(AnswerError, match="custom field"):
        read(shop)


def test_stock_follows_the_server(shop: VendureRig) -> None:
    shop.server.stock(2, 11)
    try:
        pulled = read(shop)
    finally:
        shop.server.stock(2, 4)
    stock = open_folder(pulled.paths[0].parent, currency="EUR").read("stock", {})
    assert stock is not None
    assert sorted(line.count for line in stock.changed.values()) == [4] * 18 + [11] * 3
    assert {line.place for line in stock.changed.values()} == {"floor"}


def test_a_session_that_the_server_has_ended(shop: VendureRig) -> None:
    with closing(shop.opened()) as system:
        assert len(list(system.listings["stock"].pages())) == 3
        token = next(h["Authorization"] for _, _, h in reversed(shop.shop.asked)).removeprefix("Bearer ")
        VendureShop(shop.server.port, token).ask("mutation { logout { success } }")
        assert len(list(system.listings["stock"].pages())) == 3
