"""Routes without sign-in: the shop and its health."""

from __future__ import annotations

import pytest
import requests

from kiosk.store.lifecycle import Store


def test_the_shop_describes_itself_and_its_health(url: str) -> None:
    shop = requests.get(f"{url}/api/v1/shop", timeout=10).json()
    assert shop == {
        "name": "Ostrevane", "language": "en", "currency": "EUR", "languages": ["en", "de"],
        "time_zone": "Europe/Vienna", "tax_permille": 200,
    }  # fmt: skip
    health = requests.get(f"{url}/api/v1/health", timeout=10).json()
    assert (health["ok"], health["payments_parked"], health["payments_closed"]) == (True, 0, False)


def test_a_store_without_its_database_says_so_with_503(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(store.resources.database), "reachable", lambda _self: False)
    answer = requests.get(f"{url}/api/v1/health", timeout=10)
    assert (answer.status_code, answer.json()["ok"]) == (503, False)


def test_the_files_of_the_associates_page_have_their_types(url: str) -> None:
    for path, kind in (("", "text/html"), ("/main.js", "text/javascript"), ("/console.css", "text/css")):
        answer = requests.get(f"{url}/associate{path}", timeout=10)
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, kind)
        assert answer.headers["cache-control"] == "no-cache"
