"""The event stream of an Impinj reader: cut anyhow, broken anyhow."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import ConnectionLostError
from hardware.impinj.events import tag_read
from hardware.impinj.http_stream import Response, request

EPC = "3074257BF7194E4000001A85"
HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunked(*chunks: bytes) -> bytes:
    return HEAD + b"".join(b"%x;note=1\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)


@given(
    st.lists(st.binary(min_size=1, max_size=30).filter(lambda line: b"\n" not in line), max_size=8), st.data()
)
def test_any_cut_gives_the_same_lines(lines: list[bytes], data: st.DataObject) -> None:
    body = b"".join(line + b"\n" for line in lines)
    pieces = [body[at : at + 7] for at in range(0, len(body), 7)]
    stream, response, got = chunked(*pieces), Response(), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        got += response.feed(stream[:size])
        stream = stream[size:]
    assert got == [line.strip() for line in lines]
    assert response.status == 200


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for head in (b"", HEAD, b"HTTP/1.1 200 OK\r\n\r\n"):
        with suppress(ConnectionLostError):
            Response().feed(head + raw)


@pytest.mark.parametrize(
    ("raw", "rest", "over"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}{}x", b"{}{}x", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}", b"{}", False),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b"", True),
        (b"HTTP/1.0 200 OK\r\n\r\nabc", b"abc", False),
        (chunked(b"ab", b"c") + b"0\r\n\r\n", b"abc", True),
    ],
)
def test_the_end_of_an_answer_is_known(raw: bytes, rest: bytes, over: bool) -> None:
    response = Response()
    response.feed(raw)
    assert (response.rest, response.over) == (rest, over)


@pytest.mark.parametrize(
    "raw", [b"SSH-2.0\r\n\r\n", b"HTTP/1.1 20x\r\n\r\n", HEAD + b"zz\r\n", HEAD + b"-5\r\n", b"x" * 70_000]
)
def test_nonsense_ends_the_stream(raw: bytes) -> None:
    with pytest.raises(ConnectionLostError):
        Response().feed(raw)


def test_a_request_is_authorised() -> None:
    raw = request("POST", "/api/v1/x", "reader:443", "root", "impinj")
    assert raw.startswith(b"POST /api/v1/x HTTP/1.1\r\nHost: reader:443\r\n")
    assert b"Authorization: Basic cm9vdDppbXBpbmo=\r\n" in raw
    assert raw.endswith(b"Content-Length: 0\r\n\r\n")


def event(**tag: object) -> bytes:
    return json.dumps({"eventType": "tagInventory", "tagInventoryEvent": tag}).encode()


@pytest.mark.parametrize(
    "tag",
    [
        {"epcHex": EPC.lower()},
        {"epc": b64encode(bytes.fromhex(EPC)).decode()},
        {"epc": urlsafe_b64encode(bytes.fromhex(EPC)).decode()},
        {"epcHex": EPC, "epc": "ignored", "frequency": 866_300, "phaseAngle": 1.5},
    ],
)
def test_an_event_is_a_read(tag: dict[str, object]) -> None:
    read = tag_read(event(antennaPort=3, peakRssiCdbm=-5234, **tag), 7)
    assert read is not None
    assert (read.epc, read.antenna, read.rssi_dbm, read.at_us) == (EPC, 3, -52.34, 7)


def test_what_the_reader_leaves_out_is_not_missed() -> None:
    read = tag_read(event(epcHex=EPC), 7)
    assert read is not None
    assert (read.antenna, read.rssi_dbm) == (1, -100.0)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"nonsense",
        b"[]",
        b"{}",
        b'{"eventType":"inventoryStatus","inventoryStatusEvent":{"inventoryStatus":"running"}}',
        event(),
        event(epcHex="zz"),
        event(epcHex=5),
        event(epc="!"),
        event(epcHex=EPC, antennaPort="x"),
        event(epcHex=EPC, antennaPort=0),
        event(epcHex=EPC, peakRssiCdbm=1e400),
        event(epcHex=EPC, peakRssiCdbm=None),
        b"[" * 60_000,
    ],
)
def test_what_is_no_read_is_passed_over(line: bytes) -> None:
    assert tag_read(line, 7) is None


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_any_line_is_a_read_or_none(line: bytes) -> None:
    assert tag_read(line, 7) is None
