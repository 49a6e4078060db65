"""Routes without sign-in: the shop, its health, the files of the page."""

from __future__ import annotations

import requests

from kiosk.store.api.health.health_routes import health_router
from kiosk.store.api.http import build_http_app
from kiosk.store.api.server import HttpServer
from kiosk.store.lifecycle import Store


def test_the_shop_describes_itself(url: str) -> None:
    shop = requests.get(f"{url}/api/v1/shop", timeout=10).json()
    assert [service["key"] for service in shop.pop("services")] == ["help", "alteration", "drink"]
    assert shop == {
        "name": "Ostrevane", "language": "en", "currency": "EUR", "languages": ["en", "de"],
        "time_zone": "Europe/Vienna", "tax_percent": "20", "tax_included": True,
    }  # fmt: skip


def test_a_store_without_its_database_answers_503(store: Store) -> None:
    health = store.health().model_copy(update={"ok": False})
    router = health_router(lambda: health, lambda _: True)
    server = HttpServer(build_http_app([router], "0"), "127.0.0.1", 0)
    server.open()
    assert server.wait_until_open()
    answer = requests.get(f"{server.url}/api/v1/health", timeout=10)
    server.close(5)
    assert (answer.status_code, answer.json()) == (503, health.model_dump(mode="json"))


def test_the_files_of_the_associates_page_have_their_types(url: str) -> None:
    for path, kind in (("", "text/html"), ("/main.js", "text/javascript"), ("/console.css", "text/css")):
        answer = requests.get(f"{url}/associate{path}", timeout=10)
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, kind)
        assert answer.headers["cache-control"] == "no-cache"


def test_the_page_is_installed_under_the_shops_name_and_its_icons_exist(url: str) -> None:
    answer = requests.get(f"{url}/associate/app.webmanifest", timeout=10)
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["name"], manifest["start_url"], manifest["scope"]) == (
        "Ostrevane",
        "/associate",
        "/associate",
    )
    for icon in manifest["icons"]:
        picture = requests.get(f"{url}{icon['src']}", timeout=10)
        assert (picture.status_code, picture.headers["content-type"]) == (200, icon["type"])
        side = int.from_bytes(picture.content[16:20], "big")  # width in the header of a PNG
        assert icon["sizes"] == f"{side}x{side}"
    worker = requests.get(f"{url}/associate/worker.js", timeout=10)
    assert worker.headers["service-worker-allowed"] == manifest["scope"]
