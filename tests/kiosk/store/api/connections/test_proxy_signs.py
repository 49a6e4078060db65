"""Signs of a reverse proxy that hides who asks: from requests over TCP, and what is none."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from threading import Event

import pytest

from kiosk.store.api.connections import proxy_signs
from kiosk.store.api.connections.proxy_signs import MAX_KEPT, ProxySign, ProxySigns, SeenProxy
from kiosk.store.api.server import HttpServer
from tests.kiosk.store.api.connections.limited_shop import QUICK, answer_of, application

HERE, TILL = "127.0.0.1", "10.0.0.9"
PUBLIC = "https://receipts.shop.example"
Headers = tuple[tuple[str, str], ...]


def signs(*requests: tuple[str, str, Headers], public_url: str = PUBLIC) -> list[tuple[ProxySign, str, int]]:
    found = ProxySigns(public_url, 8075)
    for address, path, headers in requests:
        raw = [(b"host", b"127.0.0.1:8075"), *((n.encode(), v.encode()) for n, v in headers)]
        found.request(address, path, raw)
    return [(one.sign, one.address, one.count) for one in found.seen()]


def stated(*values: str) -> list[tuple[str, str, Headers]]:
    return [(HERE, "/r/x", (("x-forwarded-for", value),)) for value in values]


@pytest.mark.parametrize(
    "headers",
    [
        (("x-forwarded-proto", "https"),),
        (("x-real-ip", "203.0.113.7"),),
        (("forwarded", "for=203.0.113.7"),),
        (("via", "1.1 front"),),
        (("x-forwarded-for", ""),),
    ],
    ids=str,
)
def test_a_proxy_of_this_computer_that_does_not_say_for_whom_it_asks(headers: Headers) -> None:
    assert signs((HERE, "/console", headers), (HERE, "/r/1", headers)) == [(ProxySign.UNNAMED, HERE, 2)]


def test_a_proxy_without_any_header_is_known_by_what_it_asks_for() -> None:
    """nginx sends none unless it is told to."""
    assert signs((HERE, "/r/abc", ())) == [(ProxySign.UNNAMED, HERE, 1)]
    by_name = ProxySigns(PUBLIC, 8075)
    by_name.request(HERE, "/console", [(b"host", b"Receipts.shop.example")])
    assert by_name.seen() == (SeenProxy(ProxySign.UNNAMED, HERE, 1),)


@pytest.mark.parametrize("public_url", ["", "http://127.0.0.1:9000", "https://store.lan:8075"])
def test_a_store_without_a_proxy_shows_its_pages_to_this_computer(public_url: str) -> None:
    assert signs((HERE, "/r/abc", ()), (HERE, "/console", ()), public_url=public_url) == []


def test_what_a_proxy_states_is_no_sign() -> None:
    assert signs(*stated("203.0.113.7", "1.1.1.1, 203.0.113.8"), (HERE, "/api/v1/health", ())) == []


def test_an_address_that_is_none() -> None:
    assert signs(*stated("unknown", "_hidden")) == [(ProxySign.NO_ADDRESS, HERE, 2)]


def test_another_proxy_before_that_of_this_computer() -> None:
    behind = [f"198.51.100.{n}, 10.0.0.2" for n in range(3)]
    assert signs(*stated(*behind)) == [(ProxySign.ANOTHER_BEFORE, "10.0.0.2", 3)]
    assert signs(*stated(*behind[:2])) == []
    assert signs(*stated(*behind, "203.0.113.7")) == [], "callers are told apart"


def test_a_proxy_on_another_computer_is_named_by_its_address() -> None:
    found = signs((TILL, "/r/1", (("x-forwarded-for", "203.0.113.7"),)), (TILL, "/r/1", (("via", "1.1 x"),)))
    assert found == [(ProxySign.ELSEWHERE, TILL, 2)]


def test_mirrors_that_share_an_address() -> None:
    found = ProxySigns()
    for room in "12":
        found.caller(TILL, f"room/{room}")
    found.caller(TILL, "session/x")
    assert found.seen() == (), "a mirror's computer may have a stand"
    found.caller(TILL, "room/3")
    assert found.seen() == (SeenProxy(ProxySign.ONE_ADDRESS, TILL, 3),)
    found.caller("10.0.0.10", "room/3")
    assert found.seen() == (), "the last address of each counts"
    for room in "123":
        found.caller(HERE, f"room/{room}")
    assert found.seen() == (), "several mirrors of this computer are a trial"


def test_strangers_fill_no_memory() -> None:
    found = ProxySigns()
    for number in range(1000):
        found.request(f"10.0.{number // 256}.{number % 256}", "/", [(b"via", b"x")])
        found.request(HERE, "/", [(b"x-forwarded-for", f"198.51.{number}.1, {number % 200}.0.0.1".encode())])
    assert len(found.seen()) == MAX_KEPT
    assert max(len(found._last), len(found._before)) == MAX_KEPT


def asked(port: int, head: bytes, source: str) -> int:
    with socket.create_connection((HERE, port), 20, (source, 0)) as link:
        link.sendall(b"GET /known?who=room/1 HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n")
        return answer_of(link)


def over_tcp(make: Callable[[], ProxySigns]) -> tuple[SeenProxy, ...]:
    """Requests of a proxy of this computer, of one of another computer, and of a mirror."""
    found = make()
    server = HttpServer(application([], Event()), HERE, 0, QUICK, proxies=found)
    server.open()
    assert server.wait_until_open()
    try:
        for head, source in (
            (b"X-Real-IP: 9.9.9.9\r\n", HERE),
            (b"Via: 1.1 x\r\n", "127.0.0.9"),
            (b"", "127.0.0.3"),
        ):
            assert asked(found.port, head, source) == 200
    finally:
        server.close(5)
    return found.seen()


def test_signs_of_requests_over_tcp(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, proxy_signs.__name__)
    assert over_tcp(ProxySigns) == (
        SeenProxy(ProxySign.UNNAMED, HERE, 1), SeenProxy(ProxySign.ELSEWHERE, "127.0.0.9", 1),
    )  # fmt: skip
    (line,) = [record.getMessage() for record in caplog.records if record.name == proxy_signs.__name__]
    assert line.startswith("a reverse proxy on this computer sends no X-Forwarded-For")


def test_planted_a_server_that_looks_at_the_first_header_alone_misses_the_proxy() -> None:
    class FirstAlone(ProxySigns):
        def request(self, address: str, path: str, headers: proxy_signs.Headers) -> None:
            super().request(address, path, list(headers)[:1])

    assert over_tcp(FirstAlone) == ()
