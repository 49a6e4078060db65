"""The doctor at the public address: reached over real TLS connections, each fault with its words and its advice."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hardware.threads.supervised import start_job
from kiosk.clock import US, now_us
from kiosk.commands.doctor import State
from kiosk.commands.doctor.certificates.public_address import look
from kiosk.commands.doctor.finding import Finding
from kiosk.store.tls.server_certificate import VALID_DAYS, renewed, server_file
from kiosk.store.tls.shop_root import shop_root

DAY_US = 24 * 3600 * US
PATIENCE_S = 30.0
"""Far longer than any answer here takes."""
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"


@contextmanager
def serving(
    folder: Path, days: int, names: tuple[str, ...], answer: bytes | None = NOT_FOUND
) -> Iterator[tuple[int, str]]:
    """A server on loopback whose certificate was made `days` ago: its port, and its root (PEM).

    `answer`: what it sends to a request; None for a server without TLS that never says anything.
    """
    root = shop_root(folder, names)
    renewed(folder, root, names, now_us() - days * DAY_US)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server_file(folder))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        job = start_job("a server of the test", lambda: _serve(listener, context, answer))
        yield listener.getsockname()[1], root.pem
        listener.shutdown(socket.SHUT_RDWR)
    job.join(PATIENCE_S)


def _serve(listener: socket.socket, context: ssl.SSLContext, answer: bytes | None) -> None:
    silent: list[socket.socket] = []
    while True:
        try:
            link, _ = listener.accept()
        except OSError:
            break
        if answer is None:
            silent.append(link)
            continue
        try:
            with closing(context.wrap_socket(link, server_side=True)) as secure:
                received = secure.recv(4096)
                if received:
                    assert received.startswith(b"GET /shop/r/0 HTTP/1.1\r\nHost: localhost:")
                    assert b"Authorization" not in received
                    secure.sendall(answer)
        except OSError:
            link.close()
    for link in silent:
        link.close()


def found(
    folder: Path,
    days: int,
    names: tuple[str, ...],
    answer: bytes | None = NOT_FOUND,
    limit_s: float = PATIENCE_S,
) -> Finding:
    with serving(folder, days, names, answer) as (port, root):
        return look(f"https://localhost:{port}/shop/", now_us(), root, limit_s)


@pytest.mark.parametrize(
    ("days", "names", "answer", "state", "words", "advice"),
    [
        (0, ("localhost",), NOT_FOUND, State.GOOD, f"({VALID_DAYS - 1} days), which phones trust", ""),
        (VALID_DAYS - 20, ("localhost",), NOT_FOUND, State.NOTE, "(19 days)", "renewed by a program"),
        (VALID_DAYS + 1, ("localhost",), NOT_FOUND, State.BAD, "ended on 2", "Renew it"),
        (-9, ("localhost",), NOT_FOUND, State.BAD, "begins on 2", "clock"),
        (0, ("till.lan",), NOT_FOUND, State.BAD, "for store.cheval.internal, till.lan, not for localhost", "this name"),
        (0, ("localhost",), BAD_GATEWAY, State.BAD, "answers 502; its certificate is good", "passes requests on"),
        (0, ("localhost",), b"SSH-2.0-x\r\n", State.BAD, "does not answer over HTTP", "passes requests on"),
    ],
    ids=["good", "ends soon", "ended", "not yet", "other name", "store away", "no HTTP"],
)  # fmt: skip
def test_what_a_phone_would_find(
    tmp_path: Path, days: int, names: tuple[str, ...], answer: bytes, state: State, words: str, advice: str
) -> None:
    finding = found(tmp_path, days, names, answer)
    assert (finding.about, finding.state) == ("public address", state), finding
    assert words in finding.found
    assert advice in finding.advice


def test_the_shops_own_root_is_not_one_that_phones_trust(tmp_path: Path) -> None:
    with serving(tmp_path, 0, ("localhost",)) as (port, _):
        finding = look(f"https://localhost:{port}", now_us())
    assert finding.state is State.BAD
    assert "its authority is not a public one" in finding.found
    assert "public authority" in finding.advice


def test_nothing_is_waited_for_longer_than_the_limit(tmp_path: Path) -> None:
    finding = found(tmp_path, 0, ("localhost",), None, limit_s=0.2)
    assert finding.state is State.BAD
    assert "no answer within the time" in finding.found


def test_no_server_and_no_name(tmp_path: Path) -> None:
    with serving(tmp_path, 0, ("localhost",)) as (port, _):
        pass
    closed = look(f"https://localhost:{port}", now_us())
    assert (closed.state, "connection refused" in closed.found) == (State.BAD, True)
    nowhere = look("https://receipts.invalid", now_us())
    assert (nowhere.state, "receipts.invalid: " in nowhere.found) == (State.BAD, True)
    assert "DNS" in nowhere.advice
