"""The HTTP server: its address, its start, and its end with requests in progress."""

from __future__ import annotations

import socket
from threading import Event, Thread

import pytest
import requests
from fastapi import FastAPI, WebSocket

from kiosk.store.api.server import HttpServer


def application(started: Event, go_on: Event) -> FastAPI:
    app = FastAPI()

    @app.get("/")
    def slow() -> str:
        started.set()
        go_on.wait(10)
        return "done"

    return app


def test_a_server_answers_on_its_assigned_port_and_stops() -> None:
    server = HttpServer(FastAPI(), "127.0.0.1", 0)
    assert server.closed, "nothing runs before it is opened"
    server.open()
    assert server.wait_until_open()
    assert requests.get(f"{server.url}/nothing", timeout=10).status_code == 404
    server.close(5)
    assert server.closed
    with pytest.raises(requests.ConnectionError):
        requests.get(server.url, timeout=2)


def test_an_address_in_use_is_an_error_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(OSError, match="in use"):
        HttpServer(FastAPI(), "127.0.0.1", other.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "shown"),
    [("0.0.0.0", "http://127.0.0.1:"), ("::1", "http://[::1]:"), ("::", "http://127.0.0.1:")],
)
def test_the_url_is_one_that_can_be_opened(host: str, shown: str) -> None:
    try:
        server = HttpServer(FastAPI(), host, 0)
    except OSError:
        pytest.skip("no IPv6 here")
    assert server.url.startswith(shown)
    server.close(0)


def test_a_request_in_progress_is_answered_before_it_ends() -> None:
    started, go_on = Event(), Event()
    server = HttpServer(application(started, go_on), "127.0.0.1", 0)
    server.open()
    assert server.wait_until_open()
    answers: list[str] = []
    asking = Thread(target=lambda: answers.append(requests.get(server.url, timeout=10).json()))
    asking.start()
    assert started.wait(10)
    closing = Thread(target=server.close, args=(5,))
    closing.start()
    go_on.set()
    asking.join(10)
    closing.join(10)
    assert answers == ["done"]
    assert server.closed


def test_a_web_socket_is_never_opened_although_a_library_for_it_is_installed() -> None:
    app = FastAPI()

    @app.websocket("/ws")
    async def accept(link: WebSocket) -> None:
        await link.accept()

    server = HttpServer(app, "127.0.0.1", 0)
    server.open()
    assert server.wait_until_open()
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    assert requests.get(f"{server.url}/ws", headers=headers, timeout=10).status_code == 404
    server.close(5)
