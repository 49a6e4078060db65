"""`--check` says how receipts reach shoppers: no QR code of an address that no phone opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.commands.check.store import store_mistakes
from kiosk.config import Severity, read_store

PAYS = "payments: {terminals: [{name: a, uri: 'sim://h:1'}]}\n"


def said(folder: Path, text: str) -> dict[str, Severity]:
    """What is said about a configuration, with its severity."""
    file = folder / "store.yaml"
    file.write_text(
        f"{'' if 'rooms:' in text else 'rooms: {1: {}}'}\nstate: {folder}/state\n{text}", encoding="utf-8"
    )
    return {str(mistake): mistake.severity for mistake in store_mistakes(read_store(file))}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (PAYS, "no QR code of receipts: 127.0.0.1 is this computer alone"),
        ("listen: {public_url: 'http://localhost:8075'}\n" + PAYS, "no QR code of receipts: localhost is"),
        ("listen: {public_url: 'http://shop.example'}\n" + PAYS, "no QR code of receipts: shop.example is"),
        ("listen: {public_url: 'http://10.0.0.5:8075'}\n" + PAYS, "a QR code of the receipt: only phones"),
    ],
)  # fmt: skip
def test_an_address_that_not_every_phone_opens_is_a_note(tmp_path: Path, text: str, words: str) -> None:
    found = said(tmp_path, text)
    assert [severity for line, severity in found.items() if words in line] == [Severity.NOTE], found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{uri: 'imap://h', sender: 'a@b.example'}", "unknown scheme `imap`"),
        ("{uri: 'smtp://h', sender: 'nobody'}", "`sender` is no e-mail address"),
        ("{uri: 'smtp://u:p@h', sender: 'a@b.example'}", "only host and port"),
        ("{uri: 'smtp://h', sender: 'a@b.example', user: u}", "belong together"),
        ("{uri: 'smtp://h', sender: 'a@b.example', user: u, key_file: none}", "no such file"),
        ("{uri: 'smtps://10.0.0.300', sender: 'a@b.example'}", "is not an IPv4 address"),
    ],
)
def test_a_wrong_mail_server_is_refused_with_its_reason(tmp_path: Path, text: str, words: str) -> None:
    found = said(tmp_path, f"receipts: {{mail: {text}}}\n")
    assert [severity for line, severity in found.items() if words in line] == [Severity.REFUSED], found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[{name: a, uri: 'lp://h'}]", "unknown scheme `lp`"),
        ("[{name: a, uri: 'escpos+tcp://h?width=70'}]", "width=70 is none of 80, 58"),
        ("[{name: a, uri: 'escpos+tcp://h?width=80&width=58'}]", "width is given twice"),
        ("[{name: a, uri: 'escpos+tcp://10.0.0.300'}]", "is not an IPv4 address"),
        ("[{name: a, uri: 'escpos+file://dev/usb/lp0'}]", "three slashes"),
        ("[{name: a, uri: 'escpos+tcp://h'}, {name: a, uri: 'escpos+tcp://i'}]", "written twice"),
        ("[{name: a, uri: 'escpos+tcp://h'}, {name: b, uri: 'escpos+tcp://H:9100'}]", "`a` already"),
        ("[{name: a, uri: 'escpos+tcp://h'}]}\nrooms: {1: {printer: c}", "unknown printer `c`"),
    ],
)  # fmt: skip
def test_a_wrong_printer_is_refused_with_its_reason(tmp_path: Path, text: str, words: str) -> None:
    found = said(tmp_path, f"receipts: {{printers: {text}}}\n")
    assert [severity for line, severity in found.items() if words in line] == [Severity.REFUSED], found


@pytest.mark.parametrize(
    "text", ["listen: {public_url: 'https://shop.example'}\n" + PAYS, "shop: {name: A}\n"]
)
def test_nothing_is_said_where_it_is_right_or_nobody_pays(tmp_path: Path, text: str) -> None:
    assert not any("QR" in line for line in said(tmp_path, text))
