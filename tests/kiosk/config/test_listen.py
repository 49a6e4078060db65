"""Where the store listens: encrypted, except on loopback or in words."""

from __future__ import annotations

import pytest

from kiosk.config import ConfigError, parse_store

CERTIFICATE = "certificate: a.pem, certificate_key: a.key"


@pytest.mark.parametrize(
    ("listen", "scheme"),
    [
        ("{}", "http"),
        ("{host: 127.0.0.1}", "http"),
        ("{host: '::1'}", "http"),
        ("{host: localhost}", "http"),
        ("{host: 127.0.0.1, tls: true}", "https"),
        ("{host: 127.0.0.1, tls: false}", "http"),
        (f"{{host: 127.0.0.1, {CERTIFICATE}}}", "https"),
        ("{host: 0.0.0.0}", "https"),
        ("{host: '::'}", "https"),
        ("{host: 10.0.0.5}", "https"),
        ("{host: 0.0.0.0, names: [Store.Lan, 10.0.0.5, 'fd00::0005']}", "https"),
        ("{host: 0.0.0.0, plain_http: nobody else is on this network}", "http"),
    ],
)
def test_what_is_encrypted(listen: str, scheme: str) -> None:
    assert parse_store(f"listen: {listen}\n").listen.scheme == scheme


@pytest.mark.parametrize(
    ("listen", "words"),
    [
        ("{host: 0.0.0.0, tls: false}", "write `plain_http: nobody else is on this network`"),
        ("{host: 0.0.0.0, plain_http: yes}", "nobody else is on this network"),
        ("{host: 0.0.0.0, plain_http: true}", "nobody else is on this network"),
        ("{certificate: a.pem}", "belong together"),
        ("{certificate_key: a.pem}", "belong together"),
        (f"{{plain_http: nobody else is on this network, {CERTIFICATE}}}", "contradicts"),
        ("{plain_http: nobody else is on this network, tls: true}", "contradicts"),
        ("{names: ['https://shop.lan']}", "neither a host name nor an address"),
        ("{names: ['*.lan']}", "neither a host name nor an address"),
        ("{names: ['10.0.0.300']}", "neither a host name nor an address"),
        ("{names: ['']}", "is empty"),
    ],
)
def test_what_is_a_mistake_and_what_to_write(listen: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        parse_store(f"listen: {listen}\n")


def test_names_are_written_in_one_way() -> None:
    names = parse_store("listen: {names: [Store.Lan, 10.0.0.5, 'fd00::0005']}\n").listen.names
    assert names == ("store.lan", "10.0.0.5", "fd00::5")
