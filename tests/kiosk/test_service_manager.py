"""Messages to systemd, received by a real datagram socket: what is sent, and what a loop that hangs does not send."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.service_manager import ALIVE, READY, ProgressReport, ServiceManager


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(str(tmp_path / "notify"))
        receiver.setblocking(False)
        yield receiver


def received(receiver: socket.socket) -> list[bytes]:
    found = []
    while True:
        try:
            found.append(receiver.recv(4096))
        except BlockingIOError:
            return found


def test_the_environment_names_socket_and_limit(systemd: socket.socket) -> None:
    manager = ServiceManager.of_environment(
        {"NOTIFY_SOCKET": str(systemd.getsockname()), "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}
    )
    manager.notify(READY)
    assert received(systemd) == [b"READY=1"]
    assert (manager.watchdog_s, manager.report_every_s) == (30.0, 7.5)


def test_an_abstract_socket_is_reached() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(b"")  # the kernel chooses an abstract name
        name = receiver.getsockname()
        ServiceManager("@" + name[1:].decode("ascii")).notify(READY)
        assert receiver.recv(100) == b"READY=1"


@pytest.mark.parametrize("limit", ["", "abc", "-1", "²"])
def test_without_systemd_nothing_is_sent_and_nothing_fails(limit: str, tmp_path: Path) -> None:
    manager = ServiceManager.of_environment({"WATCHDOG_USEC": limit})
    manager.notify(READY)
    assert manager.report_every_s == 0
    ServiceManager(str(tmp_path / "nobody")).notify(ALIVE)


def test_progress_is_reported_once_for_each_look(systemd: socket.socket) -> None:
    rounds = iter([1, 2, 9])
    report = ProgressReport(ServiceManager(systemd.getsockname()), lambda: next(rounds))
    for _ in range(3):
        report.look()
    assert received(systemd) == [b"WATCHDOG=1"] * 3


def test_a_loop_that_hangs_is_not_reported(systemd: socket.socket) -> None:
    report = ProgressReport(ServiceManager(systemd.getsockname()), lambda: 7)
    for _ in range(5):
        report.look()
    assert received(systemd) == [b"WATCHDOG=1"]
