"""JSON requests over real sockets: answers, refusals in the reader's own words, and answers that are none."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from hardware.errors import ConnectionLostError, ReaderRefusedError
from hardware.network.connection import WakeUp
from hardware.network.http.exchange import basic
from hardware.network.http.rest_client import RestClient


@contextmanager
def server(answer: bytes, *, hold: bool = False) -> Iterator[tuple[tuple[str, int], list[bytes]]]:
    """Answers one request with these bytes, then closes or holds the connection."""
    received: list[bytes] = []
    end = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            try:
                link, _ = listener.accept()
            except OSError:
                return
            with link, suppress(OSError):
                received.append(link.recv(100_000))
                link.sendall(answer)
                if hold:
                    end.wait(20)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname(), received
        end.set()
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.fixture
def wake_up() -> Iterator[WakeUp]:
    made = WakeUp()
    yield made
    made.close()


@pytest.fixture
def client(wake_up: WakeUp) -> Callable[[tuple[str, int]], RestClient]:
    return lambda address: RestClient(address, None, wake_up, lambda: basic("root", "s3cret"), answer_s=0.5)


Client = Callable[[tuple[str, int]], RestClient]


def response(status: str, body: object = None, headers: str = "") -> bytes:
    raw = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(raw)}\r\n{headers}\r\n".encode() + raw


def test_a_request_with_json_and_its_answer(client: Client) -> None:
    with server(response("200 OK", {"a": [1, "ü"]}, "Connection: close\r\n")) as (address, received):
        assert client(address).request("PUT", "/api/x", {"b": None}) == {"a": [1, "ü"]}
    (raw,) = received
    assert raw.startswith(b"PUT /api/x HTTP/1.1\r\n")
    assert b"Authorization: Basic cm9vdDpzM2NyZXQ=\r\n" in raw
    assert raw.endswith(b'\r\n\r\n{"b":null}')


def test_a_document_of_some_hundred_kilobytes_on_one_line(client: Client) -> None:
    schema = {"properties": ["x" * 100] * 5_000}
    with server(response("200 OK", schema)) as (address, _):
        assert client(address).request("GET", "/schema") == schema


def test_an_answer_without_a_body_is_an_empty_object(client: Client) -> None:
    with server(response("204 No Content")) as (address, _):
        assert client(address).request("POST", "/api/start") == {}


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (response("401 No"), "user and password"),
        (response("403 No"), "user and password"),
        (response("401 No", headers="WWW-Authenticate: Digest realm=r\r\n"), "digest authentication"),
        (response("500 Oh"), "refused GET /api/x: HTTP 500$"),
        (
            response(
                "400 Bad", {"message": "bad\r\npower", "invalidPropertyId": "#/antennaConfigs/0", "detail": 7}
            ),
            "HTTP 400, bad power: #/antennaConfigs/0$",
        ),
        (response("403 No", {"message": "the preset is the reader's own"}), "HTTP 403, the preset is"),
        (response("400 Bad", b"\x1b[31m"), "HTTP 400$"),
        (response("400 Bad", {"message": "x" * 9999}), "HTTP 400, x{199}…$"),
    ],
)
def test_a_refusal_says_why(client: Client, answer: bytes, why: str) -> None:
    with server(answer) as (address, _), pytest.raises(ReaderRefusedError, match=why) as refused:
        client(address).request("GET", "/api/x")
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (response("200 OK", b"<html>"), "not JSON"),
        (response("200 OK", []), "not JSON: not a JSON object"),
        (response("200 OK", b'{"a":NaN}'), "not JSON: NaN"),
        (b"SSH-2.0\r\n\r\n", "not a valid HTTP response"),
        (b"", "without a response"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", "complete message body"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + (b"x" * 1000 + b"\n") * 1100, "a response of more than"),
    ],
)
def test_an_answer_that_is_none_is_a_lost_connection(client: Client, answer: bytes, why: str) -> None:
    with server(answer) as (address, _), pytest.raises(ConnectionLostError, match=why):
        client(address).request("GET", "/api/x")


def test_a_silent_reader_and_closing_meanwhile(client: Client, wake_up: WakeUp) -> None:
    with server(b"HTTP/1.1 200 OK\r\n", hold=True) as (address, _):
        with pytest.raises(ConnectionLostError, match=r"no answer for 0\.5 s"):
            client(address).request("GET", "/api/x")
        wake_up.wake()
        assert client(address).send("GET", "/api/x").status == 0
