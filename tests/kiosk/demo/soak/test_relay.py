"""The relay passes bytes on, ends connections when it is cut, and takes new ones when it is joined again."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.demo.control_client import ControlClient, ControlError
from kiosk.demo.processes import Child

HOST = "127.0.0.1"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with closing(socket.create_server((HOST, 0))) as found:
        found.settimeout(30)
        yield found


def opened(port: int, listener: socket.socket) -> tuple[socket.socket, socket.socket]:
    near = socket.create_connection((HOST, port), 30)
    return near, listener.accept()[0]


def ends(link: socket.socket) -> bool:
    try:
        return link.recv(1) == b""
    except ConnectionError:
        return True


def test_a_network_is_cut_and_joined(tmp_path: Path, listener: socket.socket) -> None:
    relay = Child("kiosk.demo.soak.relay", HOST, str(listener.getsockname()[1]), log=tmp_path / "relay.log")
    try:
        ready = relay.ready()
        with closing(ControlClient(HOST, ready["control"])) as control:
            near, far = opened(ready["port"], listener)
            with near, far:
                near.sendall(b"question")
                assert far.recv(8, socket.MSG_WAITALL) == b"question"
                far.sendall(b"answer")
                assert near.recv(6, socket.MSG_WAITALL) == b"answer"
                control.do("cut")
                assert ends(near)
                assert ends(far)
            with socket.create_connection((HOST, ready["port"]), 30) as refused:
                assert ends(refused), "no connection while it is cut"
            control.do("join")
            near, far = opened(ready["port"], listener)
            with near, far:
                near.sendall(b".")
                assert far.recv(1) == b"."
                near.close()
                assert ends(far), "an end is passed on"
            with pytest.raises(ControlError):
                control.do("dance")
    finally:
        relay.end()
    assert (tmp_path / "relay.log").read_text() == ""
