"""HTTP exchange with a reader: valid responses cut at every byte, and responses that must be refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import ConnectionLostError
from hardware.network.http.exchange import MAX_LINE_BYTES, HttpExchange, basic, bearer

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def exchange(method: str = "GET", *, keep_alive: bool = True) -> HttpExchange:
    return HttpExchange(method, "/api/v1/x", "reader:443", basic("root", "impinj"), keep_alive=keep_alive)


def chunked(*chunks: bytes) -> bytes:
    """A response without its last chunk."""
    return CHUNKED + b"".join(b"%x;note=1\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)


RESPONSES = [
    # response, lines, unfinished line, complete
    (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}\n{}", [b"{}"], b"{}", True),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}{}xMORE", [], b"{}{}x", True),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}", [], b"{}", False),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", [], b"", True),
    (b"HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n", [], b"", True),
    (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}", [], b"{}", True),
    (b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}", [], b"{}", True),
    (b"HTTP/1.0 200 OK\r\n\r\na\nbc", [b"a"], b"bc", False),
    (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{", [], b"{", True),
    (chunked(b"a\r\n\r\nb", b"c\n"), [b"a", b"", b"bc"], b"", False),
    (chunked(b"ab", b"c") + b"0\r\n\r\n", [], b"abc", True),
    (chunked(b"ab\n") + b"0\r\nTrailer: x\r\n\r\n", [b"ab"], b"", True),
]


@pytest.mark.parametrize(("raw", "lines", "rest", "complete"), RESPONSES)
def test_a_response_cut_at_any_byte_gives_the_same_lines(
    raw: bytes, lines: list[bytes], rest: bytes, complete: bool
) -> None:
    for at in range(1, len(raw) + 1):
        got = exchange()
        assert got.feed(raw[:at]) + got.feed(raw[at:]) == lines
        assert (got.unfinished_line, got.complete) == (rest, complete)


@pytest.mark.parametrize(("raw", "lines", "rest", "complete"), RESPONSES)
def test_a_response_byte_by_byte_gives_the_same_lines(
    raw: bytes, lines: list[bytes], rest: bytes, complete: bool
) -> None:
    got = exchange()
    assert [line for at in range(len(raw)) for line in got.feed(raw[at : at + 1])] == lines
    assert (got.unfinished_line, got.complete) == (rest, complete)


@given(
    st.lists(st.binary(min_size=1, max_size=30).filter(lambda line: b"\n" not in line), max_size=8), st.data()
)
def test_chunks_need_not_end_with_lines(lines: list[bytes], data: st.DataObject) -> None:
    body = b"".join(line + b"\n" for line in lines)
    stream, got, found = chunked(*(body[at : at + 7] for at in range(0, len(body), 7))), exchange(), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        found += got.feed(stream[:size])
        stream = stream[size:]
    assert found == [line.strip() for line in lines]
    assert (got.status, got.complete) == (200, False)


@given(st.binary(max_size=200), st.integers(1, 50))
def test_hostile_bytes_raise_nothing_but_lost_link(raw: bytes, size: int) -> None:
    for head in (b"", b"HTTP/1.1 ", CHUNKED, b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"):
        got = exchange()
        with suppress(ConnectionLostError):
            for at in range(0, len(head + raw), size):
                got.feed((head + raw)[at : at + size])
            got.connection_closed()


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0\r\n\r\n",
        b"HTTP/1.1 20x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 6000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        CHUNKED + b"zz\r\n",
        CHUNKED + b"-5\r\n",
        CHUNKED + b"2\r\nabcd\r\n",
        CHUNKED + b"f" * 30 + b"\r\n",
    ],
)
def test_an_invalid_response_is_refused(raw: bytes) -> None:
    with pytest.raises(ConnectionLostError, match="not a valid HTTP response"):
        exchange().feed(raw)


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nX: ", CHUNKED, b"HTTP/1.0 200 OK\r\n\r\n"])
def test_a_line_without_end_is_refused(head: bytes) -> None:
    got, part = exchange(), b"x" * 1000 if head != CHUNKED else b"3e8\r\n" + b"x" * 1000 + b"\r\n"
    got.feed(head + part)
    with pytest.raises(ConnectionLostError):
        feed_often(got, part, 1 + MAX_LINE_BYTES // 1000)


def feed_often(got: HttpExchange, part: bytes, times: int) -> None:
    for _ in range(times):
        got.feed(part)


def test_a_line_of_the_greatest_length_is_taken() -> None:
    line, got = b"x" * MAX_LINE_BYTES, exchange()
    assert got.feed(chunked(line)) == []
    assert got.feed(b"1\r\n\n\r\n") == [line]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "closed"),
        (b"HTTP/1.1 200 OK\r\nContent-", "closed"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}", "without sending complete message body"),
        (chunked(b"ab"), "without sending complete message body"),
    ],
)
def test_a_connection_that_closes_in_the_middle_is_lost(raw: bytes, why: str) -> None:
    got = exchange()
    got.feed(raw)
    with pytest.raises(ConnectionLostError, match=why):
        got.connection_closed()


def test_a_response_without_a_length_ends_with_the_connection() -> None:
    got = exchange()
    got.feed(b"HTTP/1.1 200 OK\r\n\r\n{}")
    assert not got.complete
    got.connection_closed()
    got.connection_closed()
    assert (got.complete, got.unfinished_line) == (True, b"{}")
    assert got.feed(b"more") == []


def test_a_request_is_authorised_and_keeps_the_connection_only_where_asked() -> None:
    raw = exchange("POST", keep_alive=False).request
    assert raw.startswith(b"POST /api/v1/x HTTP/1.1\r\nHost: reader:443\r\n")
    assert b"Authorization: Basic cm9vdDppbXBpbmo=\r\n" in raw
    assert b"Connection: close\r\n" in raw
    assert raw.endswith(b"Content-Length: 0\r\n\r\n")
    assert b"Connection: keep-alive\r\n\r\n" in exchange().request


@pytest.mark.parametrize("host", ["a host", "höst", "a\r\nX: y"])
def test_a_host_that_is_no_header_value_is_refused(host: str) -> None:
    with pytest.raises(ConnectionLostError):
        HttpExchange("GET", "/ x", host, basic("root", ""))


def test_a_json_body_is_sent_with_its_type_and_length() -> None:
    raw = HttpExchange("PUT", "/cloud/mode", "reader", bearer("abc"), body=b'{"a":1}').request
    assert b"Authorization: Bearer abc\r\n" in raw
    assert b"Content-Type: application/json\r\nContent-Length: 7\r\n" in raw
    assert raw.endswith(b'\r\n\r\n{"a":1}')


def test_the_date_of_a_response_is_kept() -> None:
    got = exchange()
    assert got.date is None
    got.feed(b"HTTP/1.1 200 OK\r\nDate: Sun, 29 Nov 2026 05:00:00 GMT\r\nContent-Length: 0\r\n\r\n")
    assert got.date == "Sun, 29 Nov 2026 05:00:00 GMT"


@pytest.mark.parametrize("token", ["a\r\nX: y", "t\u00f6ken", "a\nb"])
def test_a_token_that_is_no_header_value_is_refused(token: str) -> None:
    with pytest.raises(ConnectionLostError):
        HttpExchange("GET", "/x", "reader", bearer(token))
