"""The doctor at the network: real sockets, and strangers who answer in a store's place."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from hardware.network.host_names import host_and_port
from kiosk.commands.doctor import State, network
from kiosk.config.stands import Stand
from tests.kiosk.store.http_clients import mirror_token_file
from tests.kiosk.store.sample_shop import sample_store, served, settings_in


@contextmanager
def web(body: bytes, *, code: int = 200, date: str | None = None, host: str = "127.0.0.1") -> Iterator[str]:
    """A web server with one answer; gives its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(code)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def date_time_string(self, timestamp: float | None = None) -> str:
            return date or super().date_time_string(timestamp)

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

    with Server((host, 0), Answer) as server:
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        running.start()
        yield f"http://{host_and_port(host, server.server_port)}"
        server.shutdown()
        running.join()


def test_a_store_answers() -> None:
    with web(json.dumps({"ok": True}).encode()) as url:
        assert network.store(url).state is State.GOOD


@pytest.mark.parametrize(
    ("body", "code", "date", "found"),
    [
        (b"<html>", 200, None, "Expecting value"),
        (b"{}", 200, None, "not a Cheval store"),
        (b"{}", 404, None, "answers 404"),
        (b'{"ok": true}', 200, "Thu, 01 Jan 2026 00:00:00 GMT", "clock"),
    ],
)
def test_another_program_at_the_address_is_reported(
    body: bytes, code: int, date: str | None, found: str
) -> None:
    with web(body, code=code, date=date) as url:
        finding = network.store(url)
    assert finding.state is State.BAD
    assert found in finding.found


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
def test_a_store_at_an_ipv6_address() -> None:
    with web(b'{"ok": true, "radio": {"left": true}}', host="::1") as url:
        port = int(url.rpartition(":")[2])
        assert network.own_port("::1", port).found == f"[::1]:{port}: a store runs there"
        assert network.running_radio("::1", port) == {"left": True}


def test_a_store_that_is_away(free_port: Callable[[], int]) -> None:
    assert "refused" in str(network.store(f"http://127.0.0.1:{free_port()}").found)


def test_the_stores_port_is_free_or_ours_or_taken(free_port: Callable[[], int]) -> None:
    assert network.own_port("127.0.0.1", free_port()).found.endswith("is free")
    with web(b'{"ok": true}') as url:
        assert network.own_port("127.0.0.1", int(url.rpartition(":")[2])).found.endswith("a store runs there")
    with web(b"{}") as url:
        finding = network.own_port("127.0.0.1", int(url.rpartition(":")[2]))
    assert finding.state is State.BAD
    assert "in use" in finding.found


@pytest.mark.parametrize(
    ("code", "state", "found"),
    [
        (401, State.BAD, "refuses the token"),
        (403, State.BAD, "another room than 3"),
        (422, State.GOOD, "accepts the token for room 3"),
    ],
)
def test_the_mirrors_token_is_presented_to_the_store(
    code: int, state: State, found: str, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text("secret\n", "ascii")
    with web(b"{}", code=code) as url:
        seen = network.token(url, "3", file)
        of_stand = network.token(url, "3", file, "stand")
    assert of_stand.advice == seen.advice.replace("cheval mirror", "cheval stand")
    assert seen.state is state
    assert found in seen.found
    assert "secret" not in seen.found + seen.advice


def test_a_token_is_presented_where_the_store_takes_it(tmp_path: Path) -> None:
    """A mirror's at the routes of rooms, a stand's at those of stands; a stand that the store has no more is told."""
    settings = settings_in(tmp_path, stands={"coat": Stand(article="04006381333931", title="Coats")})
    with sample_store(settings) as store, served(store) as url:
        files = {name: mirror_token_file(settings.state, name) for name in ("1", "coat", "gone")}
        found = {
            (name, part): network.token(url, name, file, part)
            for name, file in files.items()
            for part in ("mirror", "stand")
        }
    good = {key for key, finding in found.items() if finding.state is State.GOOD}
    assert good == {("1", "mirror"), ("coat", "stand"), ("gone", "mirror")}
    assert "no stand gone in its configuration" in found["gone", "stand"].found
