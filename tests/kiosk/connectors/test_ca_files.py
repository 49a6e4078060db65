"""Every connector that takes a `ca_file` refuses one that it cannot use with its own error, which names the file."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.connectors.fiscal.drivers import open_register
from kiosk.connectors.fiscal.port import NoRegisterDriverError
from kiosk.connectors.messages.port import NoMailDriverError
from kiosk.connectors.messages.smtp import MailAccount, SmtpSender
from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import PaymentError

POI = "V400m-324688179"
Open = Callable[[Path, Path], object]
"""Opens a connector with a folder for its key file, and a `ca_file`."""


def _keys(folder: Path, text: str) -> Path:
    file = folder / "keys"
    file.write_text(text, "utf-8")
    file.chmod(0o600)
    return file


def _stripe(folder: Path, ca_file: Path) -> object:
    return open_terminal(
        TerminalPlace("stripe://tmr_abc123", _keys(folder, f"secret_key: rk_test_{'a' * 24}\n"), ca_file)
    )


def _nexo(folder: Path, ca_file: Path) -> object:
    keys = _keys(folder, "key_identifier: k\nkey_version: 1\npassphrase: secret\n")
    return open_terminal(TerminalPlace(f"nexo://192.0.2.7/{POI}", keys, ca_file))


def _adyen(folder: Path, ca_file: Path) -> object:
    keys = _keys(folder, "api_key: secret\n")
    return open_terminal(TerminalPlace(f"adyen+https://Shop/{POI}", keys, ca_file))


def _register(folder: Path, ca_file: Path) -> object:
    return open_register("https://127.0.0.1:9/r", ca_file=ca_file)


def _mail(folder: Path, ca_file: Path) -> object:
    return SmtpSender(MailAccount("smtps://h", "a@b.example", ca_file=ca_file))


OPENERS: dict[str, Open] = {
    "stripe": _stripe, "nexo": _nexo, "adyen": _adyen, "register": _register, "mail": _mail,
}  # fmt: skip


def files(folder: Path) -> Iterator[Path]:
    """Files that are no certificates: missing, a folder, empty, text, bytes, a pipe, a broken certificate."""
    yield folder / "missing.pem"
    yield folder
    for name, content in (
        ("empty.pem", b""),
        ("text.pem", b"no certificate\n"),
        ("bytes.pem", bytes(range(256))),
        ("broken.pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
    ):
        (folder / name).write_bytes(content)
        yield folder / name
    os.mkfifo(folder / "pipe.pem")
    yield folder / "pipe.pem"


def not_refused(folder: Path, opener: Open) -> list[str]:
    """Names of the files that were taken, or refused with another error or without their path."""
    found = []
    for file in files(folder):
        try:
            opener(folder, file)
        except (PaymentError, NoRegisterDriverError, NoMailDriverError) as error:
            if str(file) in str(error):
                continue
        except OSError:
            pass
        found.append(file.name)
    return found


@pytest.mark.parametrize("name", OPENERS)
def test_a_ca_file_that_cannot_be_used_is_refused(tmp_path: Path, name: str) -> None:
    assert not_refused(tmp_path, OPENERS[name]) == []


def test_a_connector_that_lets_the_error_of_the_file_through_is_found(tmp_path: Path) -> None:
    """A planted fault: the file is read where it is first used."""

    def opened(folder: Path, ca_file: Path) -> object:
        return ssl.create_default_context(cafile=str(ca_file)) if ca_file.name != "pipe.pem" else None

    assert len(not_refused(tmp_path, opened)) == 7
