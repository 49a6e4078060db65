"""Addresses of terminals and their key files: secrets are refused in an address, and never shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.place import MAX_KEY_FILE_BYTES, TerminalPlace
from kiosk.connectors.payments.port import NoTerminalDriverError

SECRET = "sk_live_0123456789"


def key_file(folder: Path, content: bytes, mode: int = 0o600) -> TerminalPlace:
    file = folder / "terminal.key"
    file.write_bytes(content)
    file.chmod(mode)
    return TerminalPlace("sim://127.0.0.1:1", file)


def test_keys_are_lines_of_name_and_value(tmp_path: Path) -> None:
    place = key_file(tmp_path, b"# the shop's\n\nsecret_key: sk_1\nphrase = 'a : b = c'\r\n")
    assert place.keys("secret_key", optional=("phrase", "version")) == {
        "secret_key": "sk_1",
        "phrase": "a : b = c",
    }


@pytest.mark.parametrize(
    ("content", "mode", "why"),
    [
        (f"secret_key: {SECRET}", 0o644, "chmod 600"),
        (f"secret_key: {SECRET}", 0o620, "chmod 600"),
        ("", 0o600, "`secret_key` is missing"),
        (SECRET, 0o600, "line 1 is not"),
        (f"secret_key: {SECRET}\nsecret_key: {SECRET}", 0o600, "line 2"),
        (f"secret_key: {SECRET}\nother: {SECRET}", 0o600, "`other` is unknown"),
        (f"secret_key: {SECRET}\n\xff", 0o600, "is no text"),
        (SECRET * MAX_KEY_FILE_BYTES, 0o600, "has more than"),
    ],
)
def test_a_key_file_that_cannot_be_used_says_why_without_its_content(
    tmp_path: Path, content: str, mode: int, why: str
) -> None:
    place = key_file(tmp_path, content.encode("latin-1"), mode)
    with pytest.raises(NoTerminalDriverError, match=why) as refused:
        place.keys("secret_key")
    assert SECRET not in str(refused.value)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name in ("pipe", "none", ""):
        with pytest.raises(NoTerminalDriverError):
            TerminalPlace("sim://127.0.0.1:1", tmp_path / name).keys("secret_key")
    with pytest.raises(NoTerminalDriverError, match="`key_file` is missing"):
        TerminalPlace("sim://127.0.0.1:1").keys("secret_key")


def test_options_of_an_address_are_known_and_given_once() -> None:
    assert TerminalPlace("sim://h:1?a=1&b=2").options("a", "b") == {"a": "1", "b": "2"}
    for query in ("c=1", "a=1&a=2", "a=", "a"):
        with pytest.raises(NoTerminalDriverError, match="known: a"):
            TerminalPlace(f"sim://h:1?{query}").options("a")


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "sim",
        "bank://x:1",
        "sim://h",
        "sim://h:0",
        "sim://h:99999",
        "sim://h:x",
        "sim://h:1/path",
        "sim://h:1?x=1",
        "sim://h:1#x",
        f"sim://{SECRET}@h:1",
        f"sim://u:{SECRET}@h:1",
        "sim://[::1",
    ],
)
def test_a_wrong_address_is_refused_without_showing_a_secret(uri: str) -> None:
    with pytest.raises(NoTerminalDriverError) as refused:
        open_terminal(uri)
    assert SECRET not in str(refused.value)
