"""Files that connections never take, and a server that cannot open one for a moment."""

from __future__ import annotations

import os
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from kiosk.config.limits import ConnectionLimits
from kiosk.store.api.connections.acceptor import MIN_TOTAL, SILENT_MS, lose_silent, total_of
from kiosk.store.api.connections.notices import Limit
from tests.kiosk.store.api.connections.limited_shop import answer_of, shop


@contextmanager
def files(soft: int) -> Iterator[None]:
    """The process may open so many files."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def lowest_free() -> int:
    """The number that the next file would get."""
    number = os.open("/dev/null", os.O_RDONLY)
    os.close(number)
    return number


def test_a_device_without_power_is_noticed_within_half_a_minute() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        lose_silent(listener)
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == SILENT_MS < 30_000


def test_connections_leave_the_spare_files(caplog: pytest.LogCaptureFixture) -> None:
    limits = ConnectionLimits(total=700, spare_files=300)
    with files(1024):
        assert total_of(limits) == 700
    assert caplog.records == []
    with files(900):
        assert total_of(limits) == 600
    assert "at most 600 connections: the process may open 900 files" in caplog.text
    with files(310):
        assert total_of(limits) == MIN_TOTAL


def test_a_server_that_cannot_open_a_file_says_it_once_and_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    said = Limit.FILES.value
    with shop() as opened, socket.socket() as link:
        link.settimeout(20)
        with files(lowest_free()):
            link.connect(("127.0.0.1", opened.port))
            link.sendall(b"GET /known HTTP/1.1\r\nHost: a\r\n\r\n")
            waited = Event()
            while said not in caplog.text:
                waited.wait(0.02)
        assert answer_of(link) == 200, "it was not lost: the kernel held it"
        assert opened.good()
    assert sum(said in record.getMessage() for record in caplog.records) == 1
