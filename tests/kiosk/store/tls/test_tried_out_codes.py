"""A pairing code that strangers have tried out: the manager is told, and a new one works at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.store.errors import NotFoundError
from kiosk.store.staff.pairing_codes import ASSOCIATES, MAX_TRIES_OF_STRANGERS
from tests.kiosk.store.tls.test_page_devices import MANAGER_PIN, Page
from tests.kiosk.store.tls.tls_shop import TlsShop, tls_shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[TlsShop]:
    with tls_shop(tmp_path) as opened:
        yield opened


def strangers_try(shop: TlsShop) -> None:
    """From many addresses, until all of them are refused."""
    for number in range(MAX_TRIES_OF_STRANGERS):
        with suppress(NotFoundError):
            shop.store.access.pairing.codes.take_try(ASSOCIATES, shop.clock.now_us, f"10.9.0.{number}")


def test_a_manager_is_told_and_a_new_code_works_at_once(shop: TlsShop) -> None:
    mei, tablet = Page(shop, "127.0.0.1"), Page(shop, "127.0.0.1")

    def tried_out(query: str = "") -> bool:
        return bool(mei.ask("GET", f"/devices/codes{query}").json()["tried_out"])

    def new_code() -> str:
        return str(mei.ask("POST", "/devices/codes", {"name": "tablet"}).json()["code"])

    code = shop.store.access.pairing.begin_code(ASSOCIATES, "x").code
    strangers_try(shop)
    assert tablet.ask("POST", "/devices/join", {"code": code}).status_code == 404, "nobody is known here yet"
    mei.sign_in("m-mei", MANAGER_PIN)
    assert tried_out()
    assert not tried_out("?room=1")
    code = new_code()
    assert not tried_out()
    assert tablet.ask("POST", "/devices/join", {"code": code}).status_code == 200
    new_code()
    strangers_try(shop)
    assert tried_out()
    wrong = tablet.ask("POST", "/devices/join", {"code": "00000000"})
    assert wrong.status_code == 403, "addresses with a session have tries of their own"
    assert tablet.ask("GET", "/devices/codes").status_code == 401
    mei.close()
    tablet.close()
