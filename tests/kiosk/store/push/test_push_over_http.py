"""Notifications over HTTP: who may switch them on, which addresses the store calls, and what ends them."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.config.alarms import Push
from kiosk.store.backup.contents import contents_of
from kiosk.store.errors import UnauthenticatedError
from kiosk.store.push.keys import KEY_FILE, push_key
from kiosk.store.push.subscriptions import Subscription
from kiosk.store.staff.token_hash import token_hash
from tests.kiosk.connectors.web_push.push_service import un64
from tests.kiosk.store.http_clients import HttpClient, associate
from tests.kiosk.store.push.pushed_shop import INES, PushedShop, pushed_shop
from tests.kiosk.store.sample_shop import MANAGER_PIN, PIN, sample_store, served, settings_in

OFF = {"key": "", "subscribed": False, "reach": "unknown"}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[PushedShop]:
    with pushed_shop(tmp_path) as opened:
        yield opened


def state(client: HttpClient, query: str = "") -> Any:
    status, answer = client.ask("GET", f"/api/v1/push{query}")
    assert status == 200, answer
    return answer


def test_on_notified_seen_off(shop: PushedShop) -> None:
    with served(shop.store) as url, associate(url, INES, PIN) as ines:
        key = state(ines)["key"]
        assert len(un64(key)) == 65
        assert state(ines) == {"key": key, "subscribed": False, "reach": "unknown"}
        browser = shop.service.browser()
        for _ in range(2):  # renewed at each load of the page
            assert ines.ask("PUT", "/api/v1/push", browser.body("de"))[0] == 204
            shop.round()
        assert [each["title"] for each in shop.service.of(browser)] == ["Benachrichtigungen sind an"]
        assert state(ines) == {"key": key, "subscribed": True, "reach": "reached"}
        assert shop.service.keys == {key}
        state(ines, "?seen=true")
        shop.ask()
        assert shop.titles(browser) == []
        state(ines, "?seen=false")
        shop.round()
        assert shop.titles(browser) == ["Ein Wunsch in Room 2"]
        assert ines.ask("DELETE", "/api/v1/push")[0] == 204
        assert state(ines)["subscribed"] is False
        shop.ask("r2")
        assert len(shop.titles(browser)) == 1


def test_what_ends_the_access_ends_the_notifications(shop: PushedShop) -> None:
    with served(shop.store) as url, associate(url, "m-mei", MANAGER_PIN) as mei:
        for end in (
            lambda of: of.ask("DELETE", "/api/v1/session"),
            lambda _: mei.ask("PUT", f"/api/v1/staff/{INES}/pin", {"pin": PIN}),
            lambda _: mei.ask("PUT", f"/api/v1/staff/{INES}/role", {"role": "back-of-house"}),
        ):
            with associate(url, INES, PIN) as ines:
                assert ines.ask("PUT", "/api/v1/push", shop.service.browser().body())[0] == 204
                shop.round()
                assert len(shop.store.notifications.book.on_floor(shop.clock())) == 1
                assert end(ines)[0] in (200, 204)
                assert shop.store.notifications.book.on_floor(shop.clock()) == ()


def subscription(shop: PushedShop) -> tuple[str, Subscription]:
    """Inès signs in on a phone: the token of her session, and what her page is about to send."""
    token, _ = shop.store.resources.associates.sign_in(INES, PIN, shop.clock(), "phone")
    return token, Subscription(shop.service.browser().address(), INES, token_hash(token))


def test_whoever_signs_out_while_the_page_subscribes_is_not_notified(shop: PushedShop) -> None:
    associates, book = shop.store.resources.associates, shop.store.notifications.book
    for _ in range(20):
        token, new = subscription(shop)
        with ThreadPoolExecutor(2) as threads:
            kept = threads.submit(book.keep, new)
            threads.submit(associates.sign_out, token).result()
        assert isinstance(kept.exception(), UnauthenticatedError | None)
        assert book.on_floor(shop.clock()) == ()


def test_planted_notifications_that_end_before_the_session_come_back(shop: PushedShop) -> None:
    associates, book = shop.store.resources.associates, shop.store.notifications.book
    token, new = subscription(shop)
    book.end_session(new.session)
    book.keep(new)
    associates.end_unused(token)
    assert [each.session for each in book.on_floor(shop.clock())] == [new.session]


def test_what_is_no_subscription_is_refused(shop: PushedShop) -> None:
    wrong = (
        {"endpoint": "http://push.example/a"}, {"endpoint": "https://10.0.0.7/a"}, {"endpoint": "https://[fe80::1]/a"},
        {"endpoint": "https://me@push.example/a"}, {"p256dh": "AAAA"}, {"auth": "AAAA"},
    )  # fmt: skip
    with served(shop.store) as url, associate(url, INES, PIN) as ines:
        for changed in wrong:
            status, said = ines.ask("PUT", "/api/v1/push", shop.service.browser().body() | changed)
            assert (status, said["code"]) == (409, "push"), changed
        assert state(ines)["subscribed"] is False


def test_without_a_contact_there_is_nothing(tmp_path: Path) -> None:
    with (
        sample_store(settings_in(tmp_path)) as store,
        served(store) as url,
        associate(url, INES, PIN) as ines,
    ):
        assert state(ines, "?seen=true") == OFF
        body = {"endpoint": "https://push.example/a", "p256dh": "A", "auth": "A"}
        assert ines.ask("PUT", "/api/v1/push", body)[0] == 409
        store.notifications.start()
        assert (store.notifications.thread_states(), (store.settings.state / KEY_FILE).exists()) == (
            (),
            False,
        )


def test_the_key_is_made_once_is_secret_and_backed_up(tmp_path: Path) -> None:
    settings = replace(settings_in(tmp_path), push=Push(contact="it@shop.example"))
    with sample_store(settings) as store:
        first = store.notifications.state("s").key
    file = settings.state / KEY_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with sample_store(settings) as store:
        assert store.notifications.state("s").key == first == push_key(settings.state).public
    found = contents_of(file, Push(), settings.state, frozenset())
    assert f"state/{KEY_FILE}" in {source.name for source in found.sources}


@pytest.mark.parametrize("spoil", ["nonsense", "readable"])
def test_a_key_that_cannot_be_used_keeps_no_store_closed(
    tmp_path: Path, spoil: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings = replace(settings_in(tmp_path), push=Push(contact="it@shop.example"))
    with sample_store(settings):
        pass
    file = settings.state / KEY_FILE
    if spoil == "nonsense":
        file.write_bytes(b"no key")
    else:
        file.chmod(0o644)
    with sample_store(settings) as store:
        assert store.notifications.state("s").key == ""
    assert "no notifications: " in caplog.text
