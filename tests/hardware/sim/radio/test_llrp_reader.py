"""Simulated LLRP reader: as a process with a control port, and against a plain LLRP client."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from hardware.llrp.encoding.codec import decode, encode
from hardware.llrp.encoding.constants import ConnectionStatus, MessageType, StatusCode
from hardware.llrp.encoding.frames import Framer
from hardware.llrp.encoding.messages import (
    AddRospec,
    Message,
    ReaderEventNotification,
    Rospec,
    StatusResponse,
    UnsupportedMessage,
)
from hardware.llrp.reader import LlrpReader
from hardware.ports import ReaderDown, ReaderUp, TagReads
from hardware.sim.radio.llrp_model import ReaderModel
from hardware.sim.radio.llrp_reader import SimLlrpReader
from tests.hardware.fact_log import FactLog

EPC = "3074257BF7194E4000001A85"


class ControlClient:
    """Client of the control port, one command at a time."""

    def __init__(self, port: int) -> None:
        self._link = socket.create_connection(("127.0.0.1", port), timeout=5)
        self._lines = self._link.makefile("rwb")

    def __call__(self, **order: Any) -> dict[str, Any]:
        return self.raw(json.dumps(order).encode())

    def raw(self, line: bytes) -> dict[str, Any]:
        self._lines.write(line + b"\n")
        self._lines.flush()
        answer: dict[str, Any] = json.loads(self._lines.readline())
        return answer

    def close(self) -> None:
        self._lines.close()
        self._link.close()


class LlrpClient:
    """An LLRP client that sends single messages."""

    def __init__(self, port: int) -> None:
        self._link = socket.create_connection(("127.0.0.1", port), timeout=5)
        self._framer = Framer()
        self._waiting: list[Message] = []

    def ask(self, message: Message) -> Message:
        self._link.sendall(encode(message, 1))
        return self.next()

    def next(self) -> Message:
        while not self._waiting:
            chunk = self._link.recv(4096)
            assert chunk, "the reader hung up"
            self._waiting += map(decode, self._framer.feed(chunk))
        return self._waiting.pop(0)

    def close(self) -> None:
        self._link.close()


@pytest.fixture
def process() -> Iterator[tuple[int, ControlClient]]:
    with subprocess.Popen(
        [sys.executable, "-m", "hardware.sim.radio", "--port", "0", "--control-port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        ready = json.loads(child.stdout.readline())
        assert ready["ready"] is True
        control = ControlClient(ready["control_port"])
        yield ready["port"], control
        assert control(do="quit") == {"ok": True}
        control.close()
        assert child.wait(5) == 0


@pytest.fixture
def sim() -> Iterator[SimLlrpReader]:
    with SimLlrpReader(ReaderModel(max_rospecs=2)) as reader:
        yield reader


def test_tags_are_controlled_through_the_control_port(process: tuple[int, ControlClient]) -> None:
    port, control = process
    assert control(do="place", epc=EPC.lower(), antenna=2, rssi_dbm=-48.5) == {
        "ok": True,
        "epc": EPC,
        "antenna": 2,
    }
    facts = FactLog()
    reader = LlrpReader("rooms", "127.0.0.1", port)
    reader.start(facts)
    facts.wait_count(TagReads, 3)
    assert control(do="list")["tags"] == [{"epc": EPC, "antenna": 2, "rssi_dbm": -48.5}]
    assert control(do="remove", epc=EPC) == {"ok": True, "removed": 1}
    assert control(do="list")["tags"] == []
    assert control(do="pull") == {"ok": True}
    facts.wait_count(ReaderDown)
    assert control(do="plug") == {"ok": True}
    facts.wait_count(ReaderUp, 2)
    reader.close()


@pytest.mark.parametrize(
    "line",
    [b"", b"nonsense", b"[]", b"{}", b'{"do":"dance"}', b'{"do":"place"}', b'{"do":"place","epc":"xx"}',
     b'{"do":"place","epc":""}', b'{"do":"place","epc":"30","antenna":0}', b'{"do":"place","epc":"30","rate_hz":-1}',
     b'{"do":"antenna"}', b'{"do":"fault"}',
     b'{"do":"antenna","antenna":0,"connected":true}', b'{"do":"antenna","antenna":1,"connected":1}',
     b'{"do":"remove","epc":7}', b'{"do":"place","epc":"30","antenna":1e999}', b"[" * 60_000],
)  # fmt: skip
def test_a_wrong_command_is_answered_with_an_error(line: bytes) -> None:
    with SimLlrpReader(control_port=0) as sim:
        assert sim.control_port is not None
        control = ControlClient(sim.control_port)
        answer = control.raw(line or b"\xff\xfe")
        control.close()
    assert answer["ok"] is False
    assert answer["error"]


def test_a_second_client_is_refused(sim: SimLlrpReader) -> None:
    first, second = LlrpClient(sim.port), LlrpClient(sim.port)
    assert isinstance(connection_event := first.next(), ReaderEventNotification)
    assert connection_event.connection is ConnectionStatus.SUCCESS
    assert isinstance(refusal := second.next(), ReaderEventNotification)
    assert refusal.connection is ConnectionStatus.CLIENT_CONNECTION_EXISTS
    first.close()
    second.close()


@pytest.mark.parametrize(
    ("rospec", "code"),
    [
        (Rospec(5), StatusCode.SUCCESS),
        (Rospec(0), StatusCode.PARAMETER_ERROR),
        (Rospec(5, antennas=(9,)), StatusCode.PARAMETER_ERROR),
    ],
)
def test_invalid_rospecs_are_refused(sim: SimLlrpReader, rospec: Rospec, code: StatusCode) -> None:
    client = LlrpClient(sim.port)
    client.next()
    answer = client.ask(AddRospec(rospec))
    client.close()
    assert isinstance(answer, StatusResponse)
    assert answer.message_type is MessageType.ADD_ROSPEC_RESPONSE
    assert answer.status.code == code


def test_an_unknown_message_is_answered_with_an_error(sim: SimLlrpReader) -> None:
    client = LlrpClient(sim.port)
    client.next()
    answer = client.ask(UnsupportedMessage(1000, b"?"))
    client.close()
    assert isinstance(answer, StatusResponse)
    assert (answer.message_type, answer.status.code) == (
        MessageType.ERROR_MESSAGE,
        StatusCode.UNSUPPORTED_MESSAGE,
    )


def test_the_same_seed_gives_the_same_reads() -> None:
    from hardware.sim.radio.field import Tag, TagField

    def reads(seed: int) -> list[object]:
        field = TagField(seed)
        for number in range(5):
            field.place(Tag(f"30{number:022X}", 1 + number % 2), 0.0)
        return [field.read(0.1 * step, 1_000_000 * step) for step in range(1, 30)]

    assert reads(4) == reads(4) != reads(5)
    assert 3 * 5 * 3 < sum(map(len, reads(4))) < 3 * 5 * 26  # type: ignore[arg-type]
