"""Web hooks: signed, checked, limited in time, and not to be turned against the shop's own network."""

from __future__ import annotations

import hmac
import ssl
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from socket import create_server
from urllib.parse import urlsplit

import pytest

from kiosk.connectors.web_hooks.checked_call import CheckedConnection
from kiosk.connectors.web_hooks.host_rule import Network, connected_to, is_allowed
from kiosk.connectors.web_hooks.https_hook import (
    MESSAGE_ID,
    SIGNATURE,
    HookLostError,
    HookPlace,
    HookRefusedError,
    HookRejectedError,
    HttpsHook,
    NoHookDriverError,
    signed,
)
from tests.kiosk.connectors.web_hooks.receiver import KEY, receiver


@pytest.mark.parametrize(
    ("address", "networks"),
    [
        ("8.8.8.8", "public private"),
        ("2606:4700::1111", "public private"),
        ("10.0.0.5", "private"),
        ("192.168.1.9", "private"),
        ("172.16.4.4", "private"),
        ("fd00::5", "private"),
        ("fec0::5", "private"),
        ("127.0.0.1", "this-computer"),
        ("127.9.9.9", "this-computer"),
        ("::1", "this-computer"),
        ("::ffff:127.0.0.1", "this-computer"),
        ("::ffff:10.0.0.5", "private"),
        ("64:ff9b::a00:5", "private"),
        ("64:ff9b::7f00:1", "this-computer"),
        ("2002:7f00:1::", "this-computer"),
        ("169.254.169.254", ""),
        ("::ffff:169.254.169.254", ""),
        ("fe80::1%eth0", ""),
        ("0.0.0.0", ""),
        ("::", ""),
        ("224.0.0.1", ""),
        ("255.255.255.255", ""),
        ("240.0.0.1", ""),
        ("not an address", ""),
    ],
)
def test_where_a_receiver_may_be(address: str, networks: str) -> None:
    assert [n.value for n in Network if is_allowed(address, n)] == networks.split()


def test_a_message_arrives_signed(tmp_path: Path) -> None:
    with receiver(tmp_path) as at:
        HttpsHook(at.place(), lambda: 1_790_000_000.9).send(b'{"a":1}', "m-1")
        ((headers, body),) = at.calls
    assert (body, headers[MESSAGE_ID], headers["Content-Type"]) == (b'{"a":1}', "m-1", "application/json")
    stamp, mac = (part.partition("=")[2] for part in headers[SIGNATURE].split(","))
    assert stamp == "1790000000"
    expected = hmac.new(KEY.encode(), f"{stamp}.".encode() + body, "sha256").hexdigest()
    assert hmac.compare_digest(mac, expected)
    assert signed([KEY.encode()], 1, b"x") != signed([KEY.encode()], 2, b"x"), (
        "an old message cannot be sent again"
    )


@pytest.mark.parametrize("status", [302, 400, 404, 429, 500])
def test_another_answer_is_no_delivery_and_no_redirect_is_followed(tmp_path: Path, status: int) -> None:
    with receiver(tmp_path) as at:
        at.status = status
        with pytest.raises(HookLostError, match=str(status)):
            HttpsHook(at.place()).send(b"{}", "m-1")
        assert len(at.calls) == 1


def test_a_silent_receiver_ends_in_time(tmp_path: Path) -> None:
    with receiver(tmp_path) as at:
        at.silent = True
        with pytest.raises(HookLostError):
            HttpsHook(at.place(timeout_s=0.3)).send(b"{}", "m-1")


def test_a_handshake_is_ended_with_the_call(tmp_path: Path) -> None:
    context = ssl.create_default_context()
    with create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as thread:
        url = urlsplit(f"https://127.0.0.1:{server.getsockname()[1]}/")
        call = CheckedConnection(url, Network.THIS_COMPUTER, 600, context)
        connecting = thread.submit(call.connect)
        client, _ = server.accept()
        with client:
            assert client.recv(1), "the handshake has begun; it gets no answer"
            call.cut()
            with pytest.raises(OSError, match=r"EOF|closed|reset"):
                connecting.result(60)
        call.close()


def test_a_call_that_has_no_time_left_connects_to_nothing(tmp_path: Path) -> None:
    with create_server(("127.0.0.1", 0)) as server:
        url = urlsplit(f"https://127.0.0.1:{server.getsockname()[1]}/")
        with pytest.raises(TimeoutError):
            CheckedConnection(url, Network.THIS_COMPUTER, 0, ssl.create_default_context()).connect()


def test_a_receiver_that_is_gone_for_good_is_told_apart(tmp_path: Path) -> None:
    with receiver(tmp_path) as at:
        for status, error in ((404, HookLostError), (503, HookLostError), (410, HookRefusedError)):
            at.status = status
            with pytest.raises(error, match=str(status)):
                HttpsHook(at.place()).send(b"{}", "m-1")


def test_a_name_with_several_addresses_leads_to_the_one_that_takes_a_connection() -> None:
    with create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(ConnectionRefusedError):
            connected_to(["127.0.0.3", "127.0.0.2"], port, 10)
        with connected_to(["127.0.0.2", "127.0.0.1"], port, 10) as found:
            assert found.getpeername() == ("127.0.0.1", port)
        with pytest.raises(TimeoutError):
            connected_to(["127.0.0.2", "127.0.0.1"], port, 0)


@pytest.mark.parametrize("network", [Network.PUBLIC, Network.PRIVATE])
def test_an_address_that_is_not_allowed_gets_nothing(tmp_path: Path, network: Network) -> None:
    with receiver(tmp_path) as at:
        with pytest.raises(HookLostError, match="does not allow"):
            HttpsHook(at.place(network)).send(b"{}", "m-1")
        assert at.calls == []


def test_an_untrusted_certificate_gets_nothing(tmp_path: Path) -> None:
    with receiver(tmp_path) as at:
        with pytest.raises(HookLostError, match="not trusted"):
            HttpsHook(replace(at.place(), ca_file=None)).send(b"{}", "m-1")
        assert at.calls == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"url": "ftp://host/"}, "no address"),
        ({"url": "https://user:word@host/"}, "neither user name"),
        ({"url": "http://host/"}, "without TLS"),
        ({"url": "https://[::1/"}, "no address"),
        ({"key": "short"}, "too short"),
        ({"key_file": Path("/nowhere/hook.key")}, "hook.key"),
    ],
    ids=["scheme", "user", "plain", "host", "key", "file"],
)
def test_a_configuration_that_cannot_be_used(tmp_path: Path, change: dict[str, object], said: str) -> None:
    file = tmp_path / "hook.key"
    file.touch(mode=0o600)
    file.write_text(f"key: {change.pop('key', KEY)}\n")
    place = replace(HookPlace("https://host/", file), **change)  # type: ignore[arg-type]
    with pytest.raises(NoHookDriverError, match=said):
        HttpsHook(place)


def signatures(header: str) -> tuple[str, list[str]]:
    """The time and the signatures of a message, as a receiver reads them."""
    parts = [part.partition("=") for part in header.split(",")]
    return next(v for k, _, v in parts if k == "t"), [v for k, _, v in parts if k == "v1"]


def test_a_key_is_replaced_while_messages_are_sent(tmp_path: Path) -> None:
    """First the receiver knows the old key, then both, then the new one: it can check each message."""
    new = "another key of 16 characters"
    with receiver(tmp_path) as at:
        hook = HttpsHook(at.place())
        for content in (f"key: {KEY}\n", f"key: {new}\nformer: {KEY}\n", f"key: {new}\n"):
            at.key_file.write_text(content)
            hook.send(b"{}", "m")
        found = [signatures(headers[SIGNATURE]) for headers, _ in at.calls]
    valid = [
        [
            key
            for key in (KEY, new)
            if hmac.new(key.encode(), f"{t}.{{}}".encode(), "sha256").hexdigest() in macs
        ]
        for t, macs in found
    ]
    assert valid == [[KEY], [KEY, new], [new]]


@pytest.mark.parametrize(
    "content", ["", "key: short\n", f"key: {KEY}\nformer: short\n", "former: only\n", "key\n"]
)
def test_without_a_key_nothing_is_sent_and_the_message_waits(tmp_path: Path, content: str) -> None:
    with receiver(tmp_path) as at:
        hook = HttpsHook(at.place())
        at.key_file.write_text(content)
        with pytest.raises(HookLostError) as caught:
            hook.send(b"{}", "m-1")
        assert at.calls == []
        assert "short\n" not in str(caught.value)


@pytest.mark.parametrize("status", [400, 413, 415, 422])
def test_a_message_that_the_receiver_rejects_is_told_apart(tmp_path: Path, status: int) -> None:
    with receiver(tmp_path) as at:
        at.status = status
        with pytest.raises(HookRejectedError, match=str(status)):
            HttpsHook(at.place()).send(b"{}", "m-1")
