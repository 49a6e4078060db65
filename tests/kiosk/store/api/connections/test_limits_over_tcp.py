"""Limits of connections and requests over real TCP and TLS; strangers have 127.0.0.2, good callers 127.0.0.1."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from threading import Event

import pytest
import requests

from hardware.sim.radio.certificate import self_signed
from kiosk.config.limits import Limits, RequestLimits
from kiosk.store.api.server import RECEIVE_BUFFER
from tests.kiosk.store.api.connections.limited_shop import LONG, QUICK, Shop, answer_of, is_closed, shop

HEAD = b"POST /count HTTP/1.1\r\nHost: a\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


BEGUN = (b"", b"POST /co", HEAD, HEAD + b"Content-Length: 9\r\n\r\n123", HEAD + CHUNKED + b"1\r\nx\r\n")
"""Nothing, half a line, half a head, half a body, some of the chunks."""


@pytest.fixture(scope="module")
def lasting() -> Iterator[Shop]:
    """A server for the tests of single requests."""
    with shop() as opened:
        yield opened


def test_a_request_that_does_not_arrive_is_given_up() -> None:
    with shop() as opened, ExitStack() as stack:
        links = [stack.enter_context(opened.connect(sent=begun)) for begun in BEGUN]
        assert [is_closed(link) for link in links] == [True] * len(BEGUN)
        assert opened.seen == [], "no route was asked"
        assert opened.good()


def test_a_request_in_drips_has_no_more_time_than_one_that_stops() -> None:
    with shop() as opened, opened.connect(sent=HEAD) as link:
        link.settimeout(0.05)
        for _ in range(400):  # a byte each 50 ms: far longer than the request may take
            try:
                link.send(b"X")
                if link.recv(1) == b"":
                    break
            except TimeoutError:
                continue
            except ConnectionError:
                break
        else:
            pytest.fail("still open")


def test_planted_without_a_limit_of_time_half_a_request_stays_open() -> None:
    slow = QUICK.model_copy(update={"requests": RequestLimits(arrive_s=120)})
    with shop(slow) as opened, opened.connect(sent=HEAD) as link:
        link.settimeout(1.5)
        assert not is_closed(link)


def test_hundreds_of_silent_connections_keep_nobody_out(caplog: pytest.LogCaptureFixture) -> None:
    with shop() as opened, ExitStack() as stack, requests.Session() as mirror:
        assert mirror.get(f"{opened.server.url}/known", timeout=20).status_code == 200
        for number in range(400):
            stack.enter_context(opened.connect(f"127.0.{number % 200 + 1}.2"))
        assert opened.good()
        assert mirror.get(f"{opened.server.url}/known", timeout=20).status_code == 200
        assert len(opened.server._server._registry) <= 24 + 3
    assert len([r for r in caplog.records if r.name == "kiosk.store.connections"]) <= 3


def test_a_known_caller_keeps_its_stream_while_strangers_take_every_place() -> None:
    with shop() as opened, ExitStack() as stack:
        stream = stack.enter_context(requests.get(f"{opened.server.url}/stream", stream=True, timeout=20))
        lines = stream.iter_lines()
        assert next(lines) == b": hello"
        for number in range(200):
            stack.enter_context(opened.connect(f"127.0.{number % 100 + 1}.2"))
        assert opened.good()
        assert b": still" in {next(lines) for _ in range(4)}
        assert not opened.gone.is_set()


def phone_beside_requests_that_wait(opened: Shop, stack: ExitStack) -> socket.socket:
    """A stranger's request behind eight that wait for something."""
    for _ in range(8):
        stack.enter_context(opened.connect(sent=b"GET /wait HTTP/1.1\r\nHost: a\r\n\r\n"))
    while len(opened.seen) < QUICK.connections.unknown_at_once:
        assert not opened.gone.wait(0.01)
    return stack.enter_context(opened.connect("127.0.0.3", b"GET /known HTTP/1.1\r\nHost: a\r\n\r\n"))


def test_requests_that_wait_for_long_keep_no_other_waiting() -> None:
    with shop() as opened, ExitStack() as stack:
        assert answer_of(phone_beside_requests_that_wait(opened, stack)) == 200


def test_planted_a_place_that_is_never_given_up_is_caught() -> None:
    with shop() as opened, ExitStack() as stack:
        opened.server._server._turns._hold_s = 1e6
        phone = phone_beside_requests_that_wait(opened, stack)
        phone.settimeout(0.5)
        with pytest.raises(TimeoutError):
            answer_of(phone)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_large_body_is_refused_before_it_is_read(chunked: bool) -> None:
    size = 200_000_000
    how = CHUNKED if chunked else b"Content-Length: %d\r\n\r\n" % size
    part = b"10000\r\n" + b"x" * 65536 + b"\r\n" if chunked else b"x" * 65536
    with shop() as opened, opened.connect(sent=HEAD + how) as link:
        sent = 0
        try:
            while sent < size:
                link.sendall(part)
                sent += len(part)
        except (ConnectionError, TimeoutError):
            pass
        assert sent < size / 4
        assert opened.seen == []
    with shop() as opened, opened.connect(sent=HEAD + how + part * 2) as link:
        assert answer_of(link) == 413


def test_little_is_taken_of_a_body_that_is_too_large() -> None:
    with shop() as opened, opened.connect() as link:
        kept = opened.server._socket.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
        assert kept <= 2 * RECEIVE_BUFFER, "by the kernel, before anything is read"
        link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)
        link.sendall(HEAD + b"Content-Length: 200000000\r\n\r\n")
        sent = 0
        with suppress(ConnectionError):
            while sent < 3_000_000:
                sent += link.send(b"x" * 65_536)
        assert sent < 1_000_000


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"GET /?" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\nA: " + b"b" * 20_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"A: b\r\n" * 3000 + b"\r\n", 431),
        (b"GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /%1b%5b2J HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /%ED%A0%80 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /?a=%ED%A0%80 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /?a=%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /?a=%1D HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 2\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
    ],
    ids=range(15),
)
def test_a_head_that_is_too_large_or_no_text_is_refused(lasting: Shop, head: bytes, status: int) -> None:
    with lasting.connect(sent=head) as link:
        assert answer_of(link) == status
        assert lasting.good()


def test_a_caller_that_takes_no_answer_is_disconnected_and_costs_one_part_of_it() -> None:
    with shop() as opened, opened.connect(sent=b"GET /long HTTP/1.1\r\nHost: a\r\n\r\n") as link:
        link.settimeout(20)
        first = link.recv(1000)
        assert first.startswith(b"HTTP/1.1 200")
        # nothing is read until the server has given up: then the rest is not there
        registry = opened.server._server._registry
        ended = Event()
        while len(registry):
            ended.wait(0.05)
        read = 0
        try:
            while part := link.recv(1 << 20):
                read += len(part)
        except ConnectionError:
            pass
        assert read < len(LONG)


def test_whole_answers_arrive_however_large(lasting: Shop) -> None:
    assert requests.get(f"{lasting.server.url}/long", timeout=20).content == LONG
    for size in (0, 1, 65535, 65536):
        assert requests.post(f"{lasting.server.url}/count", data=b"x" * size, timeout=20).json() == size


def test_an_unknown_caller_that_has_its_answer_is_not_kept_and_a_known_one_is(lasting: Shop) -> None:
    get = b"GET /%s HTTP/1.1\r\nHost: a\r\n\r\n"
    with lasting.connect(sent=get % b"nothing") as unknown, lasting.connect(sent=get % b"known") as known:
        assert answer_of(unknown) == 404
        assert answer_of(known) == 200
        assert is_closed(unknown)
        known.sendall(get % b"known")
        assert answer_of(known) == 200


def test_requests_sent_at_once_are_answered_in_turn() -> None:
    one = HEAD + b"Content-Length: 3\r\n\r\nabc"
    with shop() as opened, opened.connect(sent=one * 3 + HEAD) as link:
        found = b""
        while found.count(b"HTTP/1.1 200") < 3:
            found += link.recv(4096)
        assert is_closed(link), "the fourth one never arrives as a whole"


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_half_handshakes_are_given_up_and_keep_nobody_out() -> None:
    with shop(tls=self_signed("127.0.0.1")[0]) as opened, ExitStack() as stack:
        half = [
            stack.enter_context(
                opened.connect(f"127.0.{n % 50 + 1}.2", sent=(b"", b"\x16\x03\x01\x02\x00\x01")[n % 2])
            )
            for n in range(100)
        ]
        garbage = stack.enter_context(opened.connect(sent=b"GET / HTTP/1.1\r\n\r\n"))
        assert opened.server.url.startswith("https://")
        assert opened.good()
        assert all(is_closed(link) for link in [*half, garbage])
        assert opened.good()
        assert requests.get(f"{opened.server.url}/long", timeout=20, verify=False).content == LONG


def test_a_server_ends_while_strangers_hold_connections_open() -> None:
    opened = Shop(Limits())
    with (
        opened.connect(),
        opened.connect(sent=HEAD),
        opened.connect(sent=HEAD + b"Content-Length: 9\r\n\r\n1"),
    ):
        assert opened.good()
        opened.server.close(5)
    assert opened.server.closed
