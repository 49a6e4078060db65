"""Impinj driver against a server that answers each request with written bytes, valid or not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from hardware.impinj.reader import ImpinjReader
from hardware.impinj.settings import ImpinjSettings
from hardware.ports import ReaderDown, ReaderUp, TagReads
from hardware.supervision.supervise import Backoff
from tests.hardware.fact_log import FactLog

EPC = "3074257BF7194E4000001A85"
EVENT = b'{"tagInventoryEvent":{"epcHex":"%s","antennaPort":2}}\r\n' % EPC.encode()
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
RUNNING = (
    b'HTTP/1.1 200 OK\r\nContent-Length: 54\r\n\r\n{"status":"running","activePreset":{"id":"default"}}  '
)
IDLE = b'HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{"status":"idle"}'
STARTED = b"HTTP/1.1 204 No Content\r\n\r\n"
PRESET = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
STREAM = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (len(EVENT), EVENT)
QUICK = ImpinjSettings(
    password="impinj", preset="default", probe_s=0.2, answer_s=0.3, connect_s=0.5, backoff=Backoff(0.02, 0.1)
)


class WrittenServer:
    """Answers by the path of the request; keeps connections open, or closes those whose path is in `closes`."""

    def __init__(self) -> None:
        self.status, self.start, self.stream, self.default = RUNNING, STARTED, STREAM, PRESET
        self.interface = MISSING
        self.closes: set[str] = set()
        self.asked: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(link)
            # a client that is slow, or gone meanwhile, ends its own link alone
            with suppress(OSError):
                self._answer(link)

    def _answer(self, link: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head and (part := link.recv(4096)):
            head += part
        name = head.split(b" ")[1].decode().rpartition("/")[2] if head else ""
        self.asked.append(name)
        link.sendall(getattr(self, name, b""))
        if name != "stream" or name in self.closes:
            link.close()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        for link in self._open:
            link.close()


@pytest.fixture
def server() -> Iterator[WrittenServer]:
    made = WrittenServer()
    yield made
    made.close()


@pytest.fixture
def reader(server: WrittenServer) -> Iterator[ImpinjReader]:
    made = ImpinjReader("r", "127.0.0.1", server.port, None, QUICK)
    yield made
    made.close()


def test_a_running_reader_is_followed_without_a_start(server: WrittenServer, reader: ImpinjReader) -> None:
    facts = FactLog()
    reader.start(facts)
    facts.wait_count(TagReads)
    assert isinstance(facts.facts[0], ReaderUp)
    assert [(read.epc, read.antenna) for read in facts.reads()] == [(EPC, 2)]
    assert server.asked[:3] == ["status", "default", "stream"]


def test_an_idle_reader_is_started(server: WrittenServer, reader: ImpinjReader) -> None:
    server.status = IDLE
    facts = FactLog()
    reader.start(facts)
    facts.wait_count(TagReads)
    assert server.asked[:4] == ["status", "start", "default", "stream"]


def test_a_stream_without_data_is_kept_while_the_status_is_running(
    server: WrittenServer, reader: ImpinjReader
) -> None:
    facts = FactLog()
    reader.start(facts)
    facts.wait_count(TagReads)
    assert not threading.Event().wait(0.7)
    assert facts.count(ReaderDown) == 0
    assert server.asked.count("stream") == 1
    server.status = IDLE
    facts.wait_count(ReaderDown)
    assert "stopped its inventory" in next(f.why for f in facts.facts if isinstance(f, ReaderDown))


@pytest.mark.parametrize(
    ("place", "answer", "why"),
    [
        ("status", b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}", "user and password"),
        (
            "status",
            b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            "refused GET /api/v1/status: HTTP 404",
        ),
        ("status", b"SSH-2.0-OpenSSH\r\n\r\n", "not a valid HTTP response"),
        ("status", b"", "without a response"),
        ("status", b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{", "complete message body"),
        ("status", b"HTTP/1.1 200 OK\r\n\r\n" + (b"x" * 1000 + b"\n") * 1100, "a response of more than"),
        ("stream", b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "user and password"),
        ("stream", b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", "refused to send events: HTTP 500"),
        ("stream", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "ended its event stream"),
        ("stream", b"", "does not start its event stream"),
        ("stream", STREAM + b"zz\r\n", "not a valid HTTP response"),
        ("stream", STREAM + b"11170\r\n" + b"x" * 70_000 + b"\r\n", "a line of more than"),
    ],
)
def test_a_wrong_answer_is_one_loss_with_a_reason(
    server: WrittenServer, reader: ImpinjReader, place: str, answer: bytes, why: str
) -> None:
    setattr(server, place, answer)
    facts = FactLog()
    reader.start(facts)
    down = facts.wait_count(ReaderDown)[-1]
    assert why in down.why


def test_a_missing_preset_is_named(server: WrittenServer, reader: ImpinjReader) -> None:
    server.status, server.start = IDLE, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    facts = FactLog()
    reader.start(facts)
    (down,) = facts.wait_count(ReaderDown)
    assert "it has no preset default; create it" in down.why


@pytest.mark.parametrize("status", [b"[" * 60_000, b"[]", b"nonsense", b"\xff", b'{"status":NaN}'])
def test_a_status_that_is_no_object_is_said(
    server: WrittenServer, reader: ImpinjReader, status: bytes
) -> None:
    server.status = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(status), status)
    facts = FactLog()
    reader.start(facts)
    (down,) = facts.wait_count(ReaderDown)
    assert "the answer is not JSON" in down.why


def test_a_reader_that_is_set_to_llrp_is_named(server: WrittenServer, reader: ImpinjReader) -> None:
    server.status, said = MISSING, b'{"rfidInterface":"llrp"}'
    server.interface = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said)
    facts = FactLog()
    reader.start(facts)
    (down,) = facts.wait_count(ReaderDown)
    assert "set to LLRP" in down.why


def test_a_stream_that_closes_in_the_middle_is_followed_again(
    server: WrittenServer, reader: ImpinjReader
) -> None:
    server.closes.add("stream")
    facts = FactLog()
    reader.start(facts)
    facts.wait_count(ReaderUp, 3)
    facts.wait_count(ReaderDown, 2)
    assert len(facts.reads()) >= 2
