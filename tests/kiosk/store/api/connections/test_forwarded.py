"""For whom a reverse proxy on this computer asks: its own word alone, and nobody else's."""

from __future__ import annotations

import pytest

from kiosk.store.api.connections.forwarded import forwarded_for


@pytest.mark.parametrize(
    ("address", "values", "origin"),
    [
        ("127.0.0.1", (), ""),
        ("127.0.0.1", (b"203.0.113.7",), "203.0.113.7"),
        ("::1", (b"203.0.113.7",), "203.0.113.7"),
        ("127.0.0.1", (b"127.0.0.1, 203.0.113.7",), "203.0.113.7"),  # what its caller claims comes first
        ("127.0.0.1", (b"198.51.100.1", b"203.0.113.7"), "203.0.113.7"),
        ("127.0.0.1", (b"2001:db8::9",), "2001:db8::/64"),
        ("127.0.0.1", (b"::ffff:203.0.113.7",), "203.0.113.7"),
        ("127.0.0.1", (b"",), "proxy"),
        ("127.0.0.1", (b"unknown",), "proxy"),
        ("127.0.0.1", (b"\xff" * 5000,), "proxy"),
        ("203.0.113.9", (b"127.0.0.1",), ""),  # another computer's word is not taken
    ],
)
def test_the_origin_of_a_request(address: str, values: tuple[bytes, ...], origin: str) -> None:
    headers = [(b"host", b"store"), *((b"x-forwarded-for", value) for value in values)]
    assert forwarded_for(address, headers) == origin
